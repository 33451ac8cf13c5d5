import { detectEpisodes } from '../../src/core/traffic/detect/detect.ts';
import { corroborated } from '../../src/core/traffic/detect/weigh.ts';
import type { Scores } from './score.ts';
import type { World } from './world.ts';

/** Our detector as the others are judged: the decades of evidence in each hour it flags. */
export function oursOn({ series, start, end }: World): Scores {
  const hours = Math.ceil((end - start) / 3600);
  const scores = series.map(() => new Float64Array(hours).fill(Number.NEGATIVE_INFINITY));
  for (const { series: one, looks } of detectEpisodes({ series, start, end })) {
    const mine = scores[series.indexOf(one.rows)];
    for (const { to, evidence, decades } of looks) if (mine && corroborated(evidence)) mine[to - 1] = decades;
  }
  return scores;
}
