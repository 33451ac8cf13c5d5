import { untrusted } from '../../untrusted.ts';
import type { CapturedRow } from '../evidenceStore.ts';
import type { Cell } from './column.ts';
import { visibleJson } from './inertJson.ts';
import { maskText } from './maskValue.ts';
import { type Numbers, tableRow } from './tableRow.ts';
import { columnsOf, type Table } from './tables.ts';

/** A line of a timeline, with its line end, and the instant it is sorted by. */
export interface TimelineLine {
  readonly at: number;
  readonly line: string;
}

/** What a sentence about a row is made of, by column. */
const told: { readonly [S in Table['source']]: readonly string[] } = {
  messages: ['direction', 'from', 'to', 'country', 'status', 'error_code'],
  calls: ['direction', 'from', 'to', 'country', 'status', 'duration'],
  attempts: ['channel', 'to', 'country', 'conversion_status'],
  events: ['event_type', 'source', 'source_ip_address', 'actor_sid', 'resource_sid', 'description'],
  alerts: ['log_level', 'error_code', 'resource_sid', 'alert_text'],
  usage: ['category', 'count', 'count_unit', 'price', 'price_unit'],
};

/**
 * A row as an event of Timesketch: `message`, `datetime` (ISO 8601, UTC) and `timestamp_desc`, then every column that has a value.
 * A row without a time begins the timeline, in 1970, and says `Not a time`.
 * https://timesketch.org/guides/user/import-from-json-csv/
 */
export function timelineLine(table: Table, row: CapturedRow, numbers: Numbers): TimelineLine {
  const columns = columnsOf(table);
  const cells = tableRow(table, row, numbers);
  const byName = new Map(columns.map(({ name }, i) => [name, cells[i] ?? null]));
  const [name = '', what = 'Not a time'] = table.times.find(([time]) => typeof byName.get(time) === 'number') ?? [];
  const at = Number(byName.get(name) ?? 0);
  const attributes = columns.flatMap(({ name, type }, i): [string, Cell][] => {
    const cell = cells[i] ?? null;
    if (cell === null) return [];
    // `source` would be taken for the kind of log.
    return [[name === 'source' ? 'event_source' : name, type === 'instant' ? instant(Number(cell)) : cell]];
  });
  const event = {
    message: `${what}: ${told[table.source].flatMap((part) => words(byName.get(part))).join(' · ')}`,
    datetime: instant(at),
    timestamp_desc: what,
    data_type: `twilio:${table.source}`,
    ...Object.fromEntries(attributes),
  };
  return { at, line: `${visibleJson(JSON.stringify(event))}\n` };
}

/** What a timeline lacks: a source that is not held whole, or a file of evidence that cannot be used. */
export interface Lack {
  readonly source?: string;
  readonly account?: string;
  /** Sentences that may hold hostile text. */
  readonly why: readonly string[];
}

/**
 * A line that says what the timeline lacks, so that what is incomplete is not taken for complete by whoever has only the file. `at`: where it
 * stands in the timeline, epoch milliseconds; the start of what was to be collected.
 */
export function lackLine({ source, account, why }: Lack, at: number): TimelineLine {
  const what = 'Evidence is incomplete';
  const about = [source, account].filter((part) => part !== undefined).join(' of ');
  const reasons = untrusted(maskText(why.join(' '))).for('document');
  const event = {
    message: `${what}: ${[about, reasons].filter((part) => part !== '').join(': ')}`,
    datetime: instant(at),
    timestamp_desc: what,
    data_type: 'twilio:coverage',
    ...(source !== undefined && { evidence_source: source }),
    ...(account !== undefined && { account_sid: account }),
  };
  return { at, line: `${visibleJson(JSON.stringify(event))}\n` };
}

function words(cell: Cell | undefined): string[] {
  return cell === null || cell === undefined || cell === '' ? [] : [untrusted(String(cell)).for('document')];
}

/** Milliseconds stay only where there are any. */
function instant(milliseconds: number): string {
  return new Date(milliseconds)
    .toISOString()
    .replace(/(?:\.000)?Z$/, '+00:00')
    .replace(/(\.\d{3})Z$/, '$1+00:00');
}
