import { currencyCode } from '../model/currency.ts';
import { accountSid, shortSid } from '../model/sid.ts';

/** What is read of a message in a log, by the REST API's names. */
export const logFields = [
  'sid',
  'account_sid',
  'to',
  'direction',
  'status',
  'error_code',
  'price',
  'price_unit',
  'num_segments',
  'date_sent',
  'date_created',
  'date_updated',
] as const;
export type LogField = (typeof logFields)[number];

/** A message of an exported log: what it counts as, without its text, its sender and the end of its recipient's number. */
export interface LogRow {
  readonly sid: string;
  /** When it was sent, or created where it never was: epoch seconds. */
  readonly time: number;
  /** Last change, epoch seconds; `time` where the log does not say. */
  readonly updated: number;
  readonly to: string;
  readonly direction: string;
  readonly status: string;
  /** 0: none. */
  readonly errorCode: number;
  /** Millionths of the currency, positive; `undefined` until Twilio has rated it. */
  readonly price: number | undefined;
  readonly currency: string;
  readonly segments: number;
  readonly account: string;
}

/** Why a row is not counted. */
export const defects = {
  'not-json': 'is not valid JSON',
  'not-an-object': 'is not a record',
  'no-sid': 'has no message SID',
  'not-a-message': 'is not a message (its SID is another resource’s)',
  'no-call-sid': 'has no call SID',
  'not-a-call': 'is not a call (its SID is another resource’s)',
  'no-call-date': 'has neither a start nor a creation date that is Twilio’s',
  'no-attempt-sid': 'has no SID of a Verify attempt',
  'not-an-attempt': 'is not a Verify attempt (its SID is another resource’s)',
  'no-attempt-date': 'has no creation date that is Twilio’s',
  'no-date': 'has neither a sending nor a creation date that is Twilio’s',
  'no-direction': 'does not say whether it is inbound or outbound',
  'bad-price': 'has a price beyond 4,294 of its currency',
  'columns-differ': 'has more or fewer columns than the first line',
  'too-many-values': 'brings more different values than Twilio has',
} as const;
export type Defect = keyof typeof defects;

/** Stands for the account where a log does not name it. */
export const unnamedAccount = `AC${'0'.repeat(32)}`;
/** What it is called. */
export const unnamedText = 'Account not named in the files';

/** What an account is called in a sentence where its name is not known: `AC…12ab`. */
export function shortAccount(sid: string): string {
  return sid === unnamedAccount ? 'an account not named' : shortSid(sid);
}

export const longestStatus = 40;
export const largest = { seconds: 0xffff_fffe, price: 0xffff_fffe, errorCode: 999_999, segments: 255 } as const;

/** Reads one row, each field as the text the log has for it. It is counted by SID, date and direction, so these it must have. */
export function readLogRow(field: (name: LogField) => string | undefined): LogRow | Defect {
  const sid = field('sid') ?? '';
  if (!/^[SM]M[0-9a-fA-F]{32}$/.test(sid)) return /^[A-Z]{2}[0-9a-fA-F]{32}$/.test(sid) ? 'not-a-message' : 'no-sid';
  const time = secondsOf(field('date_sent')) ?? secondsOf(field('date_created'));
  if (time === undefined) return 'no-date';
  const direction = plainWord(field('direction') ?? '');
  if (direction === '') return 'no-direction';
  const micros = microsOf(field('price'));
  if (micros !== undefined && micros > largest.price) return 'bad-price';
  return {
    sid,
    time,
    updated: secondsOf(field('date_updated')) ?? time,
    to: field('to') ?? '',
    direction,
    status: plainWord(field('status') ?? ''),
    errorCode: wholeFrom(field('error_code'), largest.errorCode),
    price: micros,
    currency: currencyCode(field('price_unit')),
    segments: Math.min(wholeFrom(field('num_segments'), Number.MAX_SAFE_INTEGER), largest.segments),
    account: accountOf(field('account_sid')),
  };
}

/** Status and direction: one lower-case word. What is longer than any of Twilio's is none. */
export function plainWord(text: string): string {
  return text.length > longestStatus ? '' : text.trim().toLowerCase();
}

export function accountOf(text: string | undefined): string {
  return accountSid(text) ?? unnamedAccount;
}

const namedZone = /\dZ$|\b(?:GMT|UTC?|[ECMP][SD]T)\b/;

/**
 * An instant in epoch seconds: ISO 8601 or RFC 2822, UTC where it names no zone. Dates in numbers alone, such as 03/04/2026, are
 * not guessed at.
 */
export function secondsOf(text: string | undefined): number | undefined {
  if (text === undefined || text.length > 60) return undefined;
  const iso = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?))?\s{0,9}(?:UTC)?$/.exec(text.trim());
  const known = iso ? `${iso[1]}T${iso[2] ?? '00:00'}Z` : text;
  if (!iso && !/\d{4}-\d\d-\d\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec/i.test(text)) return undefined;
  const zoned = namedZone.test(known) || /[+-]\d\d:?\d\d\b/.test(known.slice(10)) ? known : `${known} UTC`;
  const seconds = Math.floor(Date.parse(zoned) / 1000);
  return seconds >= 0 && seconds <= largest.seconds ? seconds : undefined;
}

/** A price in millionths without its sign, which Twilio sends negative for what it charged. */
export function microsOf(price: string | undefined): number | undefined {
  const value = numberFrom(price);
  return value === undefined ? undefined : Math.round(Math.abs(value) * 1e6);
}

function numberFrom(text: string | undefined): number | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/** A whole number up to `most`; 0 for anything else. */
export function wholeFrom(text: string | undefined, most: number): number {
  const value = numberFrom(text) ?? 0;
  return Number.isInteger(value) && value > 0 && value <= most ? value : 0;
}
