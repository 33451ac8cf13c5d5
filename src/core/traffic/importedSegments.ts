import { noCurrency } from '../model/currency.ts';
import { codesWhere, isOutbound, type LogColumns, type Span, unpriced } from './logColumns.ts';
import { segmentsOf } from './message.ts';
import { costsNothing, noSegments, type SegmentCounts } from './segmentCounts.ts';

/** What an account's messages to a country are charged by. */
interface ImportedSegments {
  readonly segments: SegmentCounts;
  /** Messages without a price that will have one, per hour of the span. */
  readonly unpriced: Uint32Array;
}

export interface ImportedSegmentsQuery {
  /** Counts the rows from `first` to before `end`. */
  add(first: number, end: number): void;
  of(account: string, country: string): ImportedSegments;
}

const secondsPerHour = 3600;

/** Of an account and a country. */
interface Group extends Pick<ImportedSegments, 'unpriced'> {
  /** Segments per hour, and by the currency's code. */
  readonly open: Uint32Array;
  readonly priced: Float64Array;
}

/** Rows counted at a time: the loop then runs as its compiled self from the next call on. */
const rowsAtOnce = 4096;

/** Segments of imported messages by account, country and hour; `span` is a traffic window. */
export function createImportedSegments(columns: LogColumns, span: Span): ImportedSegmentsQuery {
  const { time, price, error, account, country, status, currency, direction, segments } = columns;
  const { accounts, countries, currencies } = columns;
  const outbound = codesWhere(columns.directions, isOutbound);
  const freeStatus = codesWhere(columns.statuses, (one) => costsNothing(one, undefined));
  const freeError = codesWhere(columns.errors, (code) => costsNothing('', code));
  const charged = Uint8Array.from({ length: 0x100 }, (_, count) => segmentsOf(count));
  /** By account and country: the group's place plus one, 0 for none. */
  const places = new Uint32Array(accounts.length * countries.length);
  const groups: Group[] = [];

  function newGroup(): number {
    const { length } = noSegments().unpriced;
    return groups.push({
      unpriced: new Uint32Array(length),
      open: new Uint32Array(length),
      priced: new Float64Array(currencies.length),
    });
  }

  /** Element reads are asserted to be there: codes are the columns' own. */
  function count(first: number, end: number): void {
    for (let row = first; row < end; row++) {
      const at = time[row] as number;
      const micros = price[row] as number;
      if (micros === 0 || outbound[direction[row] as number] !== 1 || at < span.from || at > span.to) continue;
      const isOpen = micros === unpriced;
      if (isOpen && (freeStatus[status[row] as number] === 1 || freeError[error[row] as number] === 1)) continue;
      const pair = (account[row] as number) * countries.length + (country[row] as number);
      if (places[pair] === 0) places[pair] = newGroup();
      const group = groups[(places[pair] as number) - 1] as Group;
      const amount = charged[segments[row] as number] as number;
      if (isOpen) {
        const hour = Math.floor((at - span.from) / secondsPerHour);
        (group.open[hour] as number) += amount;
        (group.unpriced[hour] as number)++;
      } else (group.priced[currency[row] as number] as number) += amount;
    }
  }

  const accountCodes = new Map(accounts.map((sid, code) => [sid, code]));
  const countryCodes = new Map<string, number>(countries.map((name, code) => [name, code]));
  return {
    add(first, end) {
      for (let row = first; row < end; row += rowsAtOnce) count(row, Math.min(end, row + rowsAtOnce));
    },
    of(sid, name) {
      const pair = (accountCodes.get(sid) ?? 0) * countries.length + (countryCodes.get(name) ?? 0);
      const known = accountCodes.has(sid) && countryCodes.has(name);
      const group = known ? groups[(places[pair] ?? 0) - 1] : undefined;
      if (!group) return noneYet();
      const priced = [...group.priced.entries()].filter(([, amount]) => amount > 0);
      return {
        segments: {
          unpriced: group.open,
          priced: new Map(priced.map(([code, amount]) => [currencies[code] ?? noCurrency, amount])),
        },
        unpriced: group.unpriced,
      };
    },
  };
}

function noneYet(): ImportedSegments {
  const segments = noSegments();
  return { segments, unpriced: new Uint32Array(segments.unpriced.length) };
}
