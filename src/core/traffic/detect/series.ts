import { gridOf } from './grid.ts';
import { hoursAhead } from './localTime.ts';
import type { SeriesRows } from './rows.ts';
import { type SurgeTrack, surgeTogether } from './surge.ts';

/** A series counted by hour, with what was foretold of it. */
export interface CountedSeries {
  readonly rows: SeriesRows;
  /** Messages in each hour from the beginning of the data. */
  readonly counts: Float64Array;
  readonly track: SurgeTrack;
}

const hour = 3600;
const hourly = gridOf(hour);

/** Counts every series by hour from `start` (epoch seconds, midnight UTC) to `end`, and foretells it. */
export function countSeries(all: readonly SeriesRows[], start: number, end: number): CountedSeries[] {
  const hours = Math.ceil((end - start) / hour);
  const counted = all.map((rows) => ({ rows, counts: countHours(rows, start, hours) }));
  const phase = (Math.floor(start / 86_400) + 4) % 7;
  const tracks = new Map<SeriesRows, SurgeTrack>();
  for (const own of Map.groupBy(counted, ({ rows }) => rows.account).values()) {
    const found = surgeTogether(
      own.map(({ rows, counts }) => ({
        values: counts,
        options: { phase, profile: pooledProfile(own, rows.account, rows.country) },
      })),
      hourly,
    );
    for (const [i, track] of found.entries()) if (own[i]) tracks.set(own[i].rows, track);
  }
  return counted.flatMap(({ rows, counts }) => {
    const track = tracks.get(rows);
    return track ? [{ rows, counts, track }] : [];
  });
}

function countHours({ time }: SeriesRows, start: number, hours: number): Float64Array {
  const counts = new Float64Array(hours);
  for (let i = 0; i < time.length; i++) {
    const at = Math.floor(((time[i] ?? 0) - start) / hour);
    if (at >= 0 && at < hours) counts[at] = (counts[at] ?? 0) + 1;
  }
  return counts;
}

/**
 * The shares of the hours of a day in UTC as an account's recipients in this country's time zone are taken to live them: from the first week of all its
 * countries, each as far as its messages reach, so that no country decides alone.
 */
function pooledProfile(
  counted: readonly { readonly rows: SeriesRows; readonly counts: Float64Array }[],
  account: string,
  country: string,
): Float64Array {
  const local = new Float64Array(24).fill(1 / 24);
  for (const { rows, counts } of counted) {
    if (rows.account !== account) continue;
    const ahead = Math.round(hoursAhead(rows.country));
    const own = new Float64Array(24);
    let total = 0;
    for (let t = 0; t < Math.min(168, counts.length); t++) {
      const at = (t + ahead + 48) % 24;
      own[at] = (own[at] ?? 0) + (counts[t] ?? 0);
      total += counts[t] ?? 0;
    }
    const weight = Math.sqrt(total) / Math.max(1, total);
    for (let at = 0; at < 24; at++) local[at] = (local[at] ?? 0) + weight * (own[at] ?? 0);
  }
  const sum = local.reduce((a, b) => a + b, 0);
  const ahead = Math.round(hoursAhead(country));
  return Float64Array.from({ length: 24 }, (_, utc) => (local[(utc + ahead + 48) % 24] ?? 0) / sum);
}
