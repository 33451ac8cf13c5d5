import { addMoney, type Money } from './money.ts';
import type { TrafficRow } from './panelRows.ts';

/** What somebody who looks for the first time has to know: how much, at what cost, since when. Of the last 24 hours. */
export interface Headline {
  /** `fraud`: these look like fraud; `review`: volume alone; `none`: nothing stands out. */
  readonly kind: 'fraud' | 'review' | 'none';
  readonly countries: number;
  /** Rows above what was expected; of what is over, in the hours it was on. */
  readonly excess: number;
  /** What the countries' rows cost in these hours, per currency. */
  readonly cost: readonly Money[];
  readonly costEstimated: boolean;
  /** The earliest onset, epoch milliseconds; `null` where none is known. */
  readonly since: number | null;
  /** It began before the last 24 hours, so that `excess` is less than what was sent since. */
  readonly isOlder: boolean;
  /** When all of it was over, epoch milliseconds; `null` while any of it is on. */
  readonly until: number | null;
}

type Told = Pick<TrafficRow, 'flag' | 'label' | 'until'>;

/** Which rows a headline is about: those that look like fraud, else all that are flagged; of these the ones that are on, else those that are over. */
export function headlined<Row extends Told>(rows: readonly Row[]): readonly Row[] {
  const flagged = rows.filter(({ flag }) => flag !== null);
  const fraud = flagged.filter(({ label }) => label === 'fraud');
  const meant = fraud.length > 0 ? fraud : flagged;
  const on = meant.filter(({ until }) => until === null);
  return on.length > 0 ? on : meant;
}

/** Of the rows of the last 24 hours, which begin at `lastDay`, epoch milliseconds. */
export function headlineOf(rows: readonly TrafficRow[], lastDay: number): Headline {
  const told = headlined(rows);
  const onsets = told.flatMap(({ since }) => (since === null ? [] : [since]));
  const ends = told.flatMap(({ until }) => (until === null ? [] : [until]));
  const since = onsets.length > 0 ? Math.min(...onsets) : null;
  return {
    kind: told.length === 0 ? 'none' : told[0]?.label === 'fraud' ? 'fraud' : 'review',
    countries: told.length,
    excess: told.reduce((sum, row) => sum + Math.max(0, excessOf(row)), 0),
    cost: addMoney(...told.map(({ cost }) => cost)).slice(0, 10),
    costEstimated: told.some(({ costEstimated }) => costEstimated),
    since,
    isOlder: since !== null && since < lastDay,
    until: ends.length > 0 ? Math.max(...ends) : null,
  };
}

function excessOf({ excess, until, finding }: TrafficRow): number {
  return until !== null && finding ? Math.round(finding.observed - finding.expected) : excess;
}
