/** What Twilio lists and bills apart: messages, calls, and Verify's attempts to send a code. */
export type Channel = 'sms' | 'voice' | 'verify';
export type OtherChannel = Exclude<Channel, 'sms'>;

export const channels = ['sms', 'voice', 'verify'] as const satisfies readonly Channel[];

interface ChannelWords {
  /** In a list to choose from. */
  readonly title: string;
  readonly one: string;
  readonly many: string;
  /** What a success is called: a row that was `delivered` in the table. */
  readonly success: string;
  /** What is counted, in a line under the title. */
  readonly counted: string;
}

/** What is said of each channel's rows. */
export const channelWords: Readonly<Record<Channel, ChannelWords>> = {
  sms: { title: 'SMS', one: 'message', many: 'messages', success: 'Delivered', counted: 'outbound SMS and MMS' },
  voice: { title: 'Calls', one: 'call', many: 'calls', success: 'Answered', counted: 'outbound calls' },
  verify: {
    title: 'Verify',
    one: 'Verify attempt',
    many: 'Verify attempts',
    success: 'Converted',
    counted: 'Verify attempts (codes sent)',
  },
};

/** `Messages`: at the beginning of a line. */
export function titled(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}
