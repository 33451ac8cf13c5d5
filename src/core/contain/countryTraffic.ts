import type { Fact } from '../accounts/nodeKind.ts';
import { isoSeconds, span } from '../model/age.ts';
import { type JsonObject, textOf } from '../model/json.ts';
import type { AccountSid } from '../model/sid.ts';
import { countryOf } from '../traffic/country.ts';
import { dialPrefixes } from '../traffic/dialPrefixes.ts';
import type { TwilioRequest } from '../twilio/request.ts';
import type { Known } from './action.ts';
import { atLeast } from './facts.ts';

const days = 7;

/** What was sent to a country lately, and which recipients converted: the reads. */
export function smsTrafficReads(
  account: AccountSid,
  iso: string,
  now: number,
): Readonly<Record<string, TwilioRequest>> {
  const since = isoSeconds(now - days * span.day);
  return {
    messages: {
      operation: 'listMessages',
      account,
      query: { 'DateSent>': since.slice(0, 10), ...to(iso) },
    },
    attempts: { operation: 'listVerifyAttempts', account, query: { DateCreatedAfter: since, Country: iso } },
  };
}

/** What the reads above say, or captures in their place. */
export function smsTrafficFacts(
  { messages, attempts }: Readonly<Record<string, readonly JsonObject[] | undefined>>,
  iso: string,
  basis: Known['basis'] = {},
): readonly Fact[] {
  const sent = messages?.filter(
    (message) => textOf(message, 'direction')?.startsWith('outbound') && countryOf(textOf(message, 'to') ?? '') === iso,
  );
  const converted = attempts?.filter((attempt) => textOf(attempt, 'conversion_status') === 'converted');
  const people = new Set(converted?.map(recipientOf));
  const senders = new Set(sent?.map((message) => textOf(message, 'from') ?? ''));
  const recipients = new Set(sent?.map((message) => textOf(message, 'to') ?? ''));
  const full = isFull(messages, basis['messages']) ? ' among the newest 1000 that were read' : '';
  return [
    {
      name: `Messages${during(basis['messages'])}`,
      value: sent
        ? `${sent.length}${full}, from ${senders.size} senders to ${recipients.size} recipients`
        : 'unknown: they could not be read',
    },
    {
      name: `Verifications${during(basis['attempts'])}`,
      value:
        attempts && converted
          ? `${basis['attempts'] === undefined ? atLeast(attempts.length) : attempts.length}, ${share(attempts.length - converted.length, attempts.length)} unconverted; ${people.size} recipients converted and will be refused`
          : 'unknown: they could not be read',
    },
  ];
}

/** Calls to a country lately: the reads. */
export function callTrafficReads(
  account: AccountSid,
  iso: string,
  now: number,
): Readonly<Record<string, TwilioRequest>> {
  const since = isoSeconds(now - days * span.day).slice(0, 10);
  return { calls: { operation: 'listCalls', account, query: { 'StartTime>': since, ...to(iso) } } };
}

/** What the read above says, or captures in its place. */
export function callTrafficFacts(
  { calls }: Readonly<Record<string, readonly JsonObject[] | undefined>>,
  iso: string,
  basis: Known['basis'] = {},
): readonly Fact[] {
  const made = calls?.filter(
    (call) => textOf(call, 'direction')?.startsWith('outbound') && countryOf(textOf(call, 'to') ?? '') === iso,
  );
  const full = isFull(calls, basis['calls']) ? ' among the newest 1000 that were read' : '';
  const people = new Set(made?.map((call) => textOf(call, 'to') ?? ''));
  return [
    {
      name: `Calls${during(basis['calls'])}`,
      value: made ? `${made.length}${full}, to ${people.size} numbers` : 'unknown: they could not be read',
    },
  ];
}

/** A page of Twilio's that may go on; captures hold all there was. */
function isFull(rows: readonly JsonObject[] | undefined, basis: string | undefined): boolean {
  return basis === undefined && rows?.length === 1000;
}

function during(basis: string | undefined): string {
  return basis === undefined ? ` in the last ${days} days` : `, ${basis}`;
}

/** Digits of the shortest prefix Twilio is asked for; shorter ones are told apart in what comes back. */
const shortest = 3;

function to(iso: string): { readonly To?: string } {
  const prefix = sharedPrefix(iso);
  return prefix.length < shortest ? {} : { To: `+${prefix}*` };
}

/** The digits every number of the country begins with; Twilio filters by them, and what belongs to a neighbour is left out here. */
function sharedPrefix(iso: string): string {
  const line = dialPrefixes.split('\n').find((one) => one.startsWith(`${iso} `));
  const [first = '', ...others] = line?.split(' ').slice(1) ?? [];
  let length = first.length;
  for (const other of others) while (!other.startsWith(first.slice(0, length))) length -= 1;
  return first.slice(0, length);
}

function recipientOf(attempt: JsonObject): string {
  const data = attempt['channel_data'];
  return typeof data === 'object' && data !== null && !Array.isArray(data)
    ? (textOf(data as JsonObject, 'to') ?? '')
    : '';
}

function share(part: number, whole: number): string {
  return whole === 0 ? 'none' : `${Math.round((100 * part) / whole)} %`;
}
