import type { JsonObject } from '../model/json.ts';
import { readAttempt } from '../traffic/attemptLog.ts';
import { readCall } from '../traffic/callLog.ts';
import type { LogKind } from '../traffic/logKind.ts';
import { accountOf, type Defect, plainWord, readLogRow, secondsOf } from '../traffic/logRow.ts';
import type { FieldOf } from '../traffic/otherRow.ts';

/** What is kept of a row of a CSV file, by the REST API's names. */
const kept: Readonly<Record<LogKind, readonly string[]>> = {
  messages: [
    ...['sid', 'account_sid', 'from', 'to', 'body', 'direction', 'status', 'error_code', 'error_message', 'price'],
    ...[
      'price_unit',
      'num_segments',
      'num_media',
      'messaging_service_sid',
      'date_sent',
      'date_created',
      'date_updated',
    ],
  ],
  calls: [
    ...[
      'sid',
      'account_sid',
      'parent_call_sid',
      'from',
      'to',
      'direction',
      'status',
      'duration',
      'price',
      'price_unit',
    ],
    ...['answered_by', 'forwarded_from', 'caller_name', 'phone_number_sid', 'trunk_sid'],
    ...['start_time', 'end_time', 'date_created', 'date_updated'],
  ],
  attempts: [
    ...['sid', 'account_sid', 'service_sid', 'verification_sid', 'channel', 'conversion_status'],
    ...['date_created', 'date_updated'],
  ],
};
/** Where the Console writes words such as `Outgoing Dial`, and the API one lower-case word. */
const words: ReadonlySet<string> = new Set(['direction', 'status', 'channel', 'conversion_status']);
const dates = ['date_sent', 'date_created', 'date_updated', 'start_time', 'end_time'] as const;

/** Columns that are Twilio's and say nothing that is needed here. */
const needless: ReadonlySet<string> = new Set([
  ...['apiversion', 'uri', 'subresourceuris', 'annotation', 'groupsid', 'queuetime', 'minutes'],
  ...['toformatted', 'fromformatted'],
]);
const partsOfChannel = ['to', 'country', 'message_status', 'error_code'];

/**
 * The REST API's name of the field that a column of a CSV file with this name holds, with or without underscores; `needless` for one that is Twilio's and
 * not needed, `undefined` for one that is not known.
 */
export function fieldOfColumn(log: LogKind, name: string): string | undefined {
  const letters = name.replaceAll('_', '');
  if (needless.has(letters)) return 'needless';
  const names = log === 'attempts' ? [...kept.attempts, ...partsOfChannel, 'price', 'price_unit'] : kept[log];
  return names.find((one) => one.replaceAll('_', '') === letters);
}

/** Whose row it is and when it happened, epoch seconds; or what is wrong with it. */
export function placeOf(log: LogKind, field: FieldOf): { readonly account: string; readonly time: number } | Defect {
  const row = log === 'messages' ? readLogRow(field) : log === 'calls' ? readCall(field) : readAttempt(field);
  return typeof row === 'string' ? row : { account: accountOf(field('account_sid')), time: row.time };
}

/** A row of a CSV file in the shape of the REST API, as what is collected has it. Empty cells are left out. */
export function fromCells(log: LogKind, field: FieldOf): JsonObject {
  const row = Object.fromEntries(
    kept[log].flatMap((name) => {
      const text = field(name);
      if (text === undefined || text === '') return [];
      return [[name, words.has(name) ? plainWord(text).replaceAll(' ', '-') : text]];
    }),
  );
  return withPlainDates(log === 'attempts' ? { ...row, ...partsOfAttempt(field) } : row);
}

/** A record of a JSON file in the same shape: the CLI and the SDKs write `dateSent` for `date_sent`. Members of members stay as they are. */
export function fromRecord(record: JsonObject): JsonObject {
  if (!Object.keys(record).some((name) => upperCase.test(name))) return withPlainDates(record);
  const entries = Object.entries(record).map(([name, value]) => [snakeCased(name), value] as const);
  return withPlainDates(Object.fromEntries(entries));
}

/** What Verify puts below `channel_data` and `price`. */
function partsOfAttempt(field: FieldOf): JsonObject {
  const [value, currency] = [field('price'), field('price_unit')];
  const data = partsOfChannel.flatMap((name) => {
    const text = field(name);
    return text === undefined ? [] : [[name, text]];
  });
  return {
    channel_data: Object.fromEntries(data),
    ...(value !== undefined && { price: { value, ...(currency !== undefined && { currency }) } }),
  };
}

/** Dates as ISO 8601 in UTC, unless they are already as Twilio writes them. */
function withPlainDates(row: JsonObject): JsonObject {
  const changed: Record<string, string> = {};
  for (const name of dates) {
    const text = Object.hasOwn(row, name) ? row[name] : undefined;
    if (typeof text !== 'string' || isTwilios(text)) continue;
    const seconds = secondsOf(text);
    if (seconds !== undefined) changed[name] = new Date(seconds * 1000).toISOString();
  }
  return Object.keys(changed).length === 0 ? row : { ...row, ...changed };
}

function isTwilios(date: string): boolean {
  return /^\d{4}-\d\d-\d\dT[\d:.]+Z$|^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} [\d:]{8} \+0000$/.test(date);
}

const upperCase = /[A-Z]/;

function snakeCased(name: string): string {
  return /^[a-z]+(?:[A-Z][a-z]*)+$/.test(name) ? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) : name;
}
