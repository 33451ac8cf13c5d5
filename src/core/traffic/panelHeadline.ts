import { addMoney, type Money } from './money.ts';
import type { TrafficRow } from './panelRows.ts';

/** What somebody who looks for the first time has to know: how much, at what cost, since when. Of the last 24 hours. */
export interface Headline {
  /** `fraud`: these look like fraud; `review`: volume alone; `none`: nothing stands out. */
  readonly kind: 'fraud' | 'review' | 'none';
  readonly countries: number;
  /** Rows above what was expected. */
  readonly excess: number;
  /** What the countries' rows cost in these hours, per currency. */
  readonly cost: readonly Money[];
  readonly costEstimated: boolean;
  /** The earliest onset, epoch milliseconds; `null` where none is known. */
  readonly since: number | null;
}

/** Of the rows of the last 24 hours: those that look like fraud, else all that are flagged. */
export function headlineOf(rows: readonly TrafficRow[]): Headline {
  const flagged = rows.filter(({ flag }) => flag !== null);
  const fraud = flagged.filter(({ label }) => label === 'fraud');
  const told = fraud.length > 0 ? fraud : flagged;
  const onsets = told.flatMap(({ since }) => (since === null ? [] : [since]));
  return {
    kind: fraud.length > 0 ? 'fraud' : flagged.length > 0 ? 'review' : 'none',
    countries: told.length,
    excess: told.reduce((sum, { excess }) => sum + Math.max(0, excess), 0),
    cost: addMoney(...told.map(({ cost }) => cost)).slice(0, 10),
    costEstimated: told.some(({ costEstimated }) => costEstimated),
    since: onsets.length > 0 ? Math.min(...onsets) : null,
  };
}
