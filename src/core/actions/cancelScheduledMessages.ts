import type { Action } from '../contain/action.ts';
import type { ScheduledMessagesTarget } from '../contain/target.ts';
import type { JsonObject } from '../model/json.ts';
import { textOf } from '../model/json.ts';
import { countryOf } from '../traffic/country.ts';

const field = 'Scheduled messages';
const pages = 10;
const inPart = ` in the newest ${pages * 1000}`;
/** Twilio says this of one that was sent meanwhile. https://www.twilio.com/docs/api/errors/30409 */
const alreadySent = 30409;

/**
 * Cancels what was scheduled through a Messaging Service; what is queued already cannot be cancelled. Twilio lists messages by no
 * status, so that they are looked for. https://www.twilio.com/docs/messaging/features/message-scheduling
 */
const cancelScheduledMessages: Action<ScheduledMessagesTarget> = {
  id: 'cancelScheduledMessages',
  title: 'Cancel Scheduled Messages…',
  icon: 'watch',
  on: 'scheduledMessages',
  reversibility: 'irreversible',
  several: 'cancel messages of # accounts',
  applicable: () => true,
  refuse: () => undefined,
  reads: ({ account }) => ({ messages: { operation: 'listMessages', account } }),
  pages,
  state: ({ messages }) => ({
    [field]: `${scheduled(messages?.items ?? []).length}${messages?.complete === false ? inPart : ''}`,
  }),
  volatile: [field],
  sweep: {
    of: 'scheduled message',
    prefix: 'SM',
    found: ({ messages }) => scheduled(messages?.items ?? []).flatMap((message) => textOf(message, 'sid') ?? []),
    one: ({ account }, sid) => ({
      operation: 'cancelMessage',
      account,
      path: { Sid: sid },
      form: { Status: 'canceled' },
    }),
  },
  harmless: ({ twilioCode }) => twilioCode === alreadySent,
  requests: () => [],
  // Nothing is claimed of what was not looked through.
  wanted: (before) => ({ [field]: before[field]?.endsWith(inPart) ? `0${inPart}` : '0' }),
  evidence: ({ account }) => ({ messages: { operation: 'listMessages', account } }),
  blastRadius({ messages }, _target, before) {
    const found = messages && scheduled(messages);
    const countries = new Set(found?.map((message) => countryOf(textOf(message, 'to') ?? '')));
    const senders = new Set(found?.map((message) => textOf(message, 'messaging_service_sid') ?? ''));
    return [
      { name: 'Never sent', value: `${before[field]} scheduled messages, wanted ones too` },
      {
        name: 'Among the newest 1000 messages',
        value: found
          ? `${found.length} scheduled, to ${countries.size} countries, through ${senders.size} services`
          : 'unknown: they could not be read',
      },
      { name: 'Not stopped', value: 'messages that are queued already: only suspending the account stops those' },
    ];
  },
};
export default cancelScheduledMessages;

function scheduled(messages: readonly JsonObject[]): readonly JsonObject[] {
  return messages.filter((message) => textOf(message, 'status') === 'scheduled');
}
