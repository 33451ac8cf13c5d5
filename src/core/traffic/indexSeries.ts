import type { AttemptColumns } from './attemptLog.ts';
import { type CallColumns, isOutboundCall } from './callLog.ts';
import type { Channel } from './channel.ts';
import { conversions, outcomes, type SeriesRows } from './detect/rows.ts';
import { codesWhere, isOutbound, type LogColumns, unpriced } from './logColumns.ts';
import { noEnding } from './numberBlock.ts';

/** An index keeps no senders, so these cannot be weighed. */
const noSender = [{ name: '', kind: 'unknown' }] as const;

interface Rows {
  readonly rows: number;
  readonly time: Uint32Array;
  readonly price: Uint32Array;
  readonly account: Uint16Array;
  readonly country: Uint8Array;
  readonly accounts: readonly string[];
  readonly countries: readonly string[];
}

/** What the detector needs of the messages of an index, by account and country. `endings`: of the recipients, as `endingOf` gives them. */
export function messageSeries(columns: LogColumns, endings: Uint16Array): readonly SeriesRows[] {
  const outbound = codesWhere(columns.directions, isOutbound);
  const statuses = Uint8Array.from(columns.statuses, outcomeOfStatus);
  const reasons = Uint8Array.from(columns.errors, outcomeOfError);
  const { direction, status, error } = columns;
  return seriesOf(columns, 'sms', {
    counts: (row) => outbound[direction[row] ?? 0] === 1,
    outcome: (row) => reasons[error[row] ?? 0] || (statuses[status[row] ?? 0] ?? outcomes.sent),
    conversion: () => conversions.unknown,
    recipient: recipientsOf(columns, endings),
  });
}

/** The same of its outbound calls. */
export function callSeries(columns: CallColumns): readonly SeriesRows[] {
  const outbound = codesWhere(columns.directions, isOutboundCall);
  const statuses = Uint8Array.from(columns.statuses, outcomeOfStatus);
  return seriesOf(columns, 'voice', {
    counts: (row) => outbound[columns.direction[row] ?? 0] === 1,
    outcome: (row) => statuses[columns.status[row] ?? 0] ?? outcomes.sent,
    conversion: () => conversions.unknown,
  });
}

/** The same of its Verify attempts. */
export function attemptSeries(columns: AttemptColumns): readonly SeriesRows[] {
  const entered = Uint8Array.from(columns.conversions, (one) =>
    one === 'converted' ? conversions.converted : one === 'unconverted' ? conversions.unconverted : conversions.unknown,
  );
  return seriesOf(columns, 'verify', {
    counts: () => true,
    outcome: () => outcomes.sent,
    conversion: (row) => entered[columns.conversion[row] ?? 0] ?? conversions.unknown,
  });
}

/** A row's recipient as a whole number; 0 where it is not known whole. */
function recipientsOf({ block, blocks }: LogColumns, endings: Uint16Array): (row: number) => number {
  const first = Float64Array.from(blocks, (key) => Number(/^1(\d+)$/.exec(String(key))?.[1] ?? 0) * 10_000);
  return (row) => {
    const [before = 0, last = noEnding] = [first[block[row] ?? 0], endings[row]];
    return before === 0 || last === noEnding ? 0 : before + last;
  };
}

function outcomeOfError(code: number): number {
  return code === 30450 ? outcomes.pumpingBlocked : code === 60410 ? outcomes.guardBlocked : 0;
}

function outcomeOfStatus(status: string): number {
  if (['delivered', 'read', 'completed'].includes(status)) return outcomes.delivered;
  return ['failed', 'undelivered', 'busy', 'no-answer', 'canceled'].includes(status) ? outcomes.failed : outcomes.sent;
}

interface Reading {
  readonly counts: (row: number) => boolean;
  readonly outcome: (row: number) => number;
  readonly conversion: (row: number) => number;
  /** Absent: not known. */
  readonly recipient?: (row: number) => number;
}

function seriesOf(
  columns: Rows,
  channel: Channel,
  { counts, outcome, conversion, recipient }: Reading,
): readonly SeriesRows[] {
  const { rows, account, country, accounts, countries } = columns;
  const width = countries.length;
  const sizes = new Uint32Array(accounts.length * width);
  const groupOf = (row: number): number => (account[row] ?? 0) * width + (country[row] ?? 0);
  const kept = new Uint8Array(rows);
  let least = Number.POSITIVE_INFINITY;
  for (let row = 0; row < rows; row++) {
    if (!counts(row)) continue;
    kept[row] = 1;
    least = Math.min(least, columns.time[row] ?? 0);
    sizes[groupOf(row)] = (sizes[groupOf(row)] ?? 0) + 1;
  }
  const members = Array.from(sizes, (size) => new Float64Array(size));
  const filled = new Uint32Array(sizes.length);
  for (let row = 0; row < rows; row++) {
    if (kept[row] !== 1) continue;
    const group = groupOf(row);
    const at = filled[group] ?? 0;
    const own = members[group];
    // Time and row share a float's 53 bits (ten million rows of 28 years fit), since sorting floats needs no call per comparison.
    if (own) own[at] = ((columns.time[row] ?? 0) - least) * rows + row;
    filled[group] = at + 1;
  }
  return members.flatMap((own, group): readonly SeriesRows[] => {
    if (own.length === 0) return [];
    own.sort();
    const order = Uint32Array.from(own, (key) => key % rows);
    const none = new Uint8Array(order.length);
    return [
      {
        account: accounts[Math.floor(group / width)] ?? '',
        channel,
        country: countries[group % width] ?? '',
        time: order.map((row) => columns.time[row] ?? 0),
        recipient: recipient ? Float64Array.from(order, recipient) : none,
        outcome: Uint8Array.from(order, outcome),
        conversion: Uint8Array.from(order, conversion),
        price: Float64Array.from(order, (row) => {
          const micros = columns.price[row] ?? unpriced;
          return micros === unpriced ? Number.NaN : micros;
        }),
        sender: none,
        senders: noSender,
      },
    ];
  });
}
