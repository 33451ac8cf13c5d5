import type { NumberBlock } from './evidence.ts';
import { logQValues } from './falseDiscovery.ts';
import { detectParameters } from './parameters.ts';
import type { CountedSeries } from './series.ts';

/** An hour in which a series was beyond what was expected of it, and the window that shows it best. */
export interface Candidate {
  /** Hour of the data, from 0. */
  readonly hour: number;
  /** Index into the windows of the track. */
  readonly window: number;
  readonly logP: number;
  readonly logQ: number;
  /** Found by the numbers alone: only messages to these blocks count. */
  readonly blocks?: readonly NumberBlock[];
  /** Its volume alone is too little to tell of: only strong evidence beside it counts. */
  readonly early?: true;
}

/**
 * The candidates of every series, by hour, with the false discovery rate held over all series in each hour. `withEarly`: also those beyond it, up to a
 * wider one, for who can weigh more than volume.
 */
export function findCandidates(
  all: readonly CountedSeries[],
  hours: number,
  from: number,
  withEarly = false,
): Candidate[][] {
  const found = all.map((): Candidate[] => []);
  const { falseDiscoveryRate, leastExcess, early } = detectParameters;
  const level = Math.log(falseDiscoveryRate);
  const wide = withEarly ? Math.log(early.falseDiscoveryRate) : level;
  for (let hour = from; hour < hours; hour++) {
    const logs = all.map(({ track }) => track.logP[hour] ?? 0);
    if (!logs.some((log) => log <= wide)) continue;
    const q = logQValues(logs);
    for (const [s, logQ] of q.entries()) {
      const one = all[s];
      if (logQ > wide || !one) continue;
      const logP = logs[s] ?? 0;
      const window = logQ > level ? -1 : strongest(one, hour, leastExcess);
      if (window >= 0) found[s]?.push({ hour, window, logP, logQ });
      const soon = window >= 0 || !withEarly ? -1 : strongest(one, hour, early.leastExcess);
      if (soon >= 0) found[s]?.push({ hour, window: soon, logP, logQ, early: true });
    }
  }
  return found;
}

/**
 * The window that ends with this hour and is least likely, among those with enough messages; -1 for none. Its end must be unlikely too, down to the
 * last hours: else a window would tell for days of what is over.
 */
function strongest({ track }: CountedSeries, hour: number, leastExcess: number): number {
  const { leastMessages, unlikelyEnd } = detectParameters;
  const going: boolean[] = [];
  let best = -1;
  let least = Math.log(0.01);
  for (const [w, { observed, expected, logP }] of track.windows.entries()) {
    const count = observed[hour] ?? 0;
    const tail = logP[hour] ?? 0;
    going[w] = tail <= unlikelyEnd && (w === 0 || going[w - 1] === true || going[w - 2] === true);
    if (going[w] && tail < least && count >= leastMessages && count - (expected[hour] ?? 0) >= leastExcess) {
      least = tail;
      best = w;
    }
  }
  return best;
}
