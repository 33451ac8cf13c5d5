import { verifyGeoPermissions } from '../consoleSteps/verifyGeoPermissions.ts';
import type { Channel } from './channel.ts';
import type { CountryOrBucket } from './country.ts';

/** One thing that can be done against traffic to a country or range. All texts are ours. */
export type BlockWay = { readonly label: string; readonly detail: string } & (
  | { readonly kind: 'action'; readonly action: 'closeSmsCountry' | 'closeVoiceCountry' | 'createVerifyLimit' }
  | { readonly kind: 'command'; readonly command: 'createSupportPacket' }
  | { readonly kind: 'console'; readonly path: string }
  | { readonly kind: 'text'; readonly text: string }
);

export interface WantedBlock {
  readonly channel: Channel;
  readonly country: CountryOrBucket;
  /** The country's name. */
  readonly name: string;
  /** A block of 10,000 numbers, `+7958111xxxx`. */
  readonly range?: string;
}

/**
 * What Twilio has against it, what stops the most first. Countries are closed by API for messages and calls; Verify has rate limits by API and
 * countries in the Console only; ranges are closed by nobody but Support, and places that are no country by nothing.
 * https://www.twilio.com/docs/iam/api/messaging-geopermissions
 */
export function blockWays(wanted: WantedBlock): readonly BlockWay[] {
  const { country, range } = wanted;
  const own = /^[A-Z]{2}$/.test(country) ? countryWays(wanted) : [];
  return range === undefined && own.length > 0 ? own : [...own, ...supportWays(wanted)];
}

function countryWays({ channel, name, range }: WantedBlock): readonly BlockWay[] {
  const whole = range === undefined ? '' : `Twilio closes no range by API: this stops all of ${name}. `;
  const planned = `${whole}You see the plan first, with what would be stopped.`;
  if (channel === 'voice')
    return [{ kind: 'action', action: 'closeVoiceCountry', label: `Close ${name} for calls…`, detail: planned }];
  if (channel === 'sms')
    return [{ kind: 'action', action: 'closeSmsCountry', label: `Close ${name} for SMS…`, detail: planned }];
  return [
    {
      kind: 'action',
      action: 'createVerifyLimit',
      label: 'Create a Verify rate limit…',
      detail: 'Your application has to send the key it counts by; the code for it is shown when it is done.',
    },
    {
      kind: 'console',
      path: verifyGeoPermissions.page ?? '',
      label: `Close ${name} for Verify in the Console`,
      detail: 'Verify has countries of its own, and no API for them: choose “Block” beside the country, then save.',
    },
  ];
}

function supportWays({ name, range, channel }: WantedBlock): readonly BlockWay[] {
  const numbers = range ?? name;
  const kind = { sms: 'SMS', voice: 'calls', verify: 'Verify messages' }[channel];
  return [
    {
      kind: 'text',
      label: `Copy a request to Twilio Support to block ${numbers}`,
      detail: 'Support can block a prefix; nobody else can. Names the prefix, the country and the channel.',
      text: `Please block outbound ${kind} from our account to ${range ? `the number range ${range} (${name})` : name}: we see artificially inflated traffic there. The account SID, times (UTC) and message SIDs are in this ticket.\n`,
    },
    {
      kind: 'command',
      command: 'createSupportPacket',
      label: 'Create Support Packet',
      detail: 'The whole ticket of the open incident, ranges included.',
    },
  ];
}
