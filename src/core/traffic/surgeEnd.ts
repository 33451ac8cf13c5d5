import { span } from '../model/age.ts';
import { detectParameters } from './detect/parameters.ts';
import type { HourlyTraffic } from './ranking.ts';
import type { Surge } from './surges.ts';
import type { CountryTotals } from './totals.ts';

type Hours = Pick<HourlyTraffic, 'from' | 'sent' | 'expected' | 'upper'>;
type SurgeInHours = Pick<Surge, 'from' | 'to' | 'finding'> & { readonly hours: Hours };

/** A pause of so many hours ends a surge while the day is above what is usual; as long as the detector takes two for one. */
const pause = detectParameters.mergeHours;
/** Where the last 24 hours are no more than usual: the last whole hour, and the one that is not over. */
const shortPause = 2;

/**
 * When the surges of a country ended, epoch milliseconds, each given with the hours of its account; `undefined` while one is on, or may be.
 * `observed` and `expected` are of the last 24 hours, which end at `now`.
 */
export function surgeEnd(
  surges: readonly SurgeInHours[],
  { observed, expected }: Pick<CountryTotals, 'observed' | 'expected'>,
  now: number,
): number | undefined {
  const ends = surges.map(lastBusy);
  if (ends.length === 0) return undefined;
  const end = Math.max(...ends);
  const calm = (observed <= expected ? shortPause : pause) * span.hour;
  return end <= now - calm && surges.every(({ hours }) => isCalmSince(hours, end)) ? end : undefined;
}

/**
 * The end of its last hour above what is usual, in the country or in its blocks: of what the country's volume hides the detector tells the onset, not the end, and
 * what counts alone tell lasts as long as its longest window still holds it.
 */
function lastBusy({ from, to, finding, hours }: SurgeInHours): number {
  const last = hours.sent.findLastIndex((count, at) => count > (hours.upper[at] ?? 0));
  const above = hours.from + (last + 1) * span.hour;
  if (!finding) return last >= 0 && above > from ? above : to;
  const inBlocks = Math.ceil(((finding.blocksUntil ?? 0) * 1000) / span.hour) * span.hour;
  return Math.max(to, inBlocks, last < 0 ? 0 : above);
}

/** No more than expected, but for chance: two standard deviations of a Poisson count. */
function isCalmSince({ from, sent, expected }: Hours, since: number): boolean {
  const first = Math.round((since - from) / span.hour);
  const sum = (counts: readonly number[]): number => counts.slice(first).reduce((a, b) => a + b, 0);
  const usual = sum(expected);
  return sum(sent) <= usual + 2 * Math.sqrt(usual);
}
