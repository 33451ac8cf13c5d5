import { isObject, type JsonObject, textOf } from '../../../core/model/json.ts';
import { columnName } from '../../../core/traffic/logKind.ts';
import type { Defect } from '../../../core/traffic/logRow.ts';
import type { FieldOf } from '../../../core/traffic/otherRow.ts';
import type { RawRow } from './rawRows.ts';
import type { Format } from './recogniseLog.ts';
import { camelCased } from './scanJson.ts';

/**
 * What CSV files call the fields, beside the REST API's names: names without case, blanks and punctuation. Twilio documents no header of the
 * Console's exports. These are those of its lists as CSV (`StartTime`, `ParentCallSid`), of the script Twilio gives its customers (`Call SID`,
 * `Start Time`, `Seconds`; https://github.com/twilio/twilio-php/pull/493 has the one for messages), of the events Verify sends
 * (`attempt_sid`, `created_at`; https://www.twilio.com/docs/events/event-types/verify/verification-status) and variants of them.
 */
const aliases: Readonly<Record<string, string>> = {
  messagesid: 'sid',
  smssid: 'sid',
  smsmessagesid: 'sid',
  callsid: 'sid',
  attemptsid: 'sid',
  messagestatus: 'status',
  callstatus: 'status',
  segments: 'num_segments',
  messagesegments: 'num_segments',
  sentdate: 'date_sent',
  callduration: 'duration',
  seconds: 'duration',
  durationseconds: 'duration',
  durationsec: 'duration',
  durationinseconds: 'duration',
  currency: 'price_unit',
  pricecurrency: 'price_unit',
  starttime: 'start_time',
  startdate: 'start_time',
  endtime: 'end_time',
  createddate: 'date_created',
  datecreated: 'date_created',
  updateddate: 'date_updated',
  dateupdated: 'date_updated',
  createdat: 'date_created',
  updatedat: 'date_updated',
  conversion: 'conversion_status',
  deliverystatus: 'message_status',
  channeldatamessagestatus: 'message_status',
  channeldataerrorcode: 'error_code',
  phonenumber: 'to',
  destination: 'to',
  destinationnumber: 'to',
  tonumber: 'to',
  called: 'to',
  callee: 'to',
  recipient: 'to',
  fromnumber: 'from',
  caller: 'from',
  callstart: 'start_time',
  started: 'start_time',
  channeldatato: 'to',
  channeldatacountry: 'country',
  pricevalue: 'price',
};

/** Makes the function that gives the fields of a row, or what is wrong with it. */
export function createFields(format: Format): (row: RawRow) => FieldOf | Defect {
  return format.kind === 'csv' ? csvFields(format) : jsonFields;
}

function jsonFields({ text, value, defect }: RawRow): FieldOf | Defect {
  if (defect !== undefined) return defect;
  let record = value;
  if (record === undefined)
    try {
      record = JSON.parse(text);
    } catch {
      return 'not-json';
    }
  if (!isObject(record)) return 'not-an-object';
  const own: JsonObject = record;
  return (name) => member(own, name) ?? nested(own, name);
}

/** By the REST API's name, else by the one the CLI and the SDKs use. */
function member(record: JsonObject, name: string): string | undefined {
  return textOf(record, name) ?? textOf(record, camelCased(name));
}

/** Verify puts the recipient below `channel_data` and makes an object of the price. */
function nested(record: JsonObject, name: string): string | undefined {
  const parent = (one: string): JsonObject => {
    const value = record[one] ?? record[camelCased(one)];
    return isObject(value) ? value : {};
  };
  if (name === 'price') return member(parent('price'), 'value');
  if (name === 'price_unit') return member(parent('price'), 'currency');
  return name === 'to' || name === 'country' ? member(parent('channel_data'), name) : undefined;
}

/** The REST API's name of a column (its name without case, blanks and punctuation), with or without underscores; the column's own if it means nothing here. */
export function restName(column: string): string {
  return Object.hasOwn(aliases, column) ? (aliases[column] ?? column) : column;
}

function csvFields({
  delimiter,
  columns,
}: Extract<Format, { readonly kind: 'csv' }>): (row: RawRow) => FieldOf | Defect {
  const names = columns.map(restName);
  const positions = new Map<string, number>();
  for (const [index, name] of names.entries()) if (!positions.has(name)) positions.set(name, index);
  return ({ text }) => {
    const cells = cellsOf(text, String.fromCharCode(delimiter));
    if (cells?.length !== columns.length) return 'columns-differ';
    return (name) => {
      const at = positions.get(name) ?? positions.get(columnName(name));
      return at === undefined ? undefined : cells[at] || undefined;
    };
  };
}

/** The cells of a row as RFC 4180 has them; `undefined` when it is not one. */
export function cellsOf(text: string, delimiter: string): readonly string[] | undefined {
  if (!text.includes('"')) return text.split(delimiter);
  const cells: string[] = [];
  for (let from = 0; ; ) {
    if (text[from] === '"') {
      let end = from + 1;
      while (text[end] === '"' ? text[end + 1] === '"' : end < text.length) end += text[end] === '"' ? 2 : 1;
      if (end >= text.length) return undefined;
      cells.push(text.slice(from + 1, end).replaceAll('""', '"'));
      from = end + 1;
    } else {
      const end = text.indexOf(delimiter, from);
      cells.push(end < 0 ? text.slice(from) : text.slice(from, end));
      from = end < 0 ? text.length : end;
    }
    if (from >= text.length) return cells;
    if (text[from] !== delimiter) return undefined;
    from++;
  }
}
