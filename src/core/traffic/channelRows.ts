import { isoSeconds } from '../model/age.ts';
import { currencyCode } from '../model/currency.ts';
import { instantOf, type JsonObject, numberOf, objectOf, textOf } from '../model/json.ts';
import type { AccountSid } from '../model/sid.ts';
import type { TwilioRequest } from '../twilio/request.ts';
import { billedMinutes, isOutboundCall } from './callLog.ts';
import type { Channel } from './channel.ts';
import { type Message, readMessage } from './message.ts';
import type { Window } from './window.ts';

/** How a channel's rows are listed and counted. */
export interface ChannelRows {
  /** The rows of a window. Both ends belong to it, and what Twilio gives beyond them is held against it again. */
  request(window: Window, account: AccountSid): TwilioRequest;
  /** `undefined` for a row by which it could not be counted. */
  read(item: JsonObject): Message | undefined;
  /** Lists are cut at UTC midnights where their filter is by day. */
  readonly byDay: boolean;
}

export const channelRows: Readonly<Record<Channel, ChannelRows>> = {
  sms: {
    request: ({ from, to }, account) => ({
      operation: 'listMessages',
      account,
      query: { 'DateSent>': isoSeconds(from), 'DateSent<': isoSeconds(to) },
    }),
    read: readMessage,
    byDay: true,
  },
  voice: {
    request: ({ from, to }, account) => ({
      operation: 'listCalls',
      account,
      query: { 'StartTime>': isoSeconds(from), 'StartTime<': isoSeconds(to) },
    }),
    read: readCall,
    byDay: true,
  },
  verify: {
    request: ({ from, to }, account) => ({
      operation: 'listVerifyAttempts',
      account,
      query: { DateCreatedAfter: isoSeconds(from), DateCreatedBefore: isoSeconds(to) },
    }),
    read: readAttempt,
    byDay: false,
  },
};

/** https://www.twilio.com/docs/voice/api/call-resource#call-status-values */
const unanswered = new Set(['busy', 'failed', 'no-answer', 'canceled']);

/** A call in a message's columns: its minutes, as they are billed, are its segments. */
function readCall(item: JsonObject): Message | undefined {
  const sid = textOf(item, 'sid');
  const at = instantOf(item, 'start_time') ?? instantOf(item, 'date_created');
  const direction = textOf(item, 'direction');
  if (!sid || at === undefined || direction === undefined) return undefined;
  const status = textOf(item, 'status') ?? '';
  const seconds = Math.max(0, numberOf(item, 'duration') ?? 0);
  return {
    sid,
    at,
    to: textOf(item, 'to') ?? '',
    outbound: isOutboundCall(direction),
    status: status === 'completed' ? 'delivered' : unanswered.has(status) ? 'failed' : status,
    errorCode: undefined,
    segments: Math.max(1, billedMinutes(seconds)),
    ...priceOf(numberOf(item, 'price'), textOf(item, 'price_unit')),
    from: textOf(item, 'from'),
    body: status === 'completed' ? `Lasted ${lengthText(seconds)}.` : `Not answered: ${status}.`,
  };
}

/** An attempt in a message's columns: it counts as delivered when its code was entered. */
function readAttempt(item: JsonObject): Message | undefined {
  const sid = textOf(item, 'sid');
  const at = instantOf(item, 'date_created');
  if (!sid || at === undefined) return undefined;
  const data = objectOf(item, 'channel_data') ?? {};
  const price = objectOf(item, 'price') ?? {};
  const converted = textOf(item, 'conversion_status')?.toLowerCase() === 'converted';
  const sent = textOf(data, 'message_status')?.toLowerCase() ?? '';
  return {
    sid,
    at,
    to: textOf(data, 'to') ?? '',
    outbound: true,
    status: converted ? 'delivered' : ['failed', 'undelivered'].includes(sent) ? sent : 'unconverted',
    errorCode: numberOf(data, 'error_code'),
    segments: 1,
    ...priceOf(numberOf(price, 'value'), textOf(price, 'currency')),
    body: `Code by ${textOf(item, 'channel') ?? 'unknown'}: ${converted ? 'entered' : 'not entered'}.`,
  };
}

function priceOf(price: number | undefined, unit?: string): Pick<Message, 'price' | 'currency'> {
  return {
    price: price === undefined ? undefined : Math.abs(price),
    currency: currencyCode(unit),
  };
}

function lengthText(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return minutes === 0 ? `${seconds} s` : `${minutes} min ${seconds % 60} s`;
}
