import type { FileSeries } from './seriesFile.ts';

interface Scored extends FileSeries {
  /** What is summed up: the class of the benchmark. */
  readonly file: string;
  readonly score: Float64Array;
}

const shipped = 1.3;
const falseAlarm = 0.11;

/**
 * The score of the Numenta anomaly benchmark (Lavin and Ahmad 2015; v1.1, standard profile) for each file and all together, 0 without any alarm and 100 for
 * the left edge of all windows: at the threshold 1.3, and at the best one of the file's own. A window is a run of labels. Found windows and false
 * alarms are at 1.3; the first 15 % of a series (750 values at most) are not judged.
 */
export function nabTable(all: readonly Scored[]): string {
  const files = [...new Set(all.map(({ file }) => file))];
  const lines = ['file                        score  own best  windows found  false alarms'];
  for (const [name, part] of [
    ...files.map((file) => [file, all.filter((one) => one.file === file)] as const),
    ['all', all] as const,
  ]) {
    const at = total(part, shipped);
    let best = at.score;
    for (let threshold = 0.5; threshold < 6; threshold += 0.05) best = Math.max(best, total(part, threshold).score);
    const cells = [at.score.toFixed(1), best.toFixed(1), `${at.found}/${at.windows}`, at.alarms];
    lines.push(
      name.padEnd(28) +
        cells
          .map((cell, i) => String(cell).padEnd([7, 10, 15][i] ?? 0))
          .join('')
          .trimEnd(),
    );
  }
  return lines.join('\n');
}

function total(part: readonly Scored[], threshold: number) {
  const sum = { points: 0, windows: 0, found: 0, alarms: 0 };
  for (const one of part) judge(one, threshold, sum);
  const { points, windows } = sum;
  return { ...sum, score: windows > 0 ? (100 * (points + windows)) / (2 * windows) : points };
}

function judge(
  { labels, score }: Scored,
  threshold: number,
  sum: { points: number; windows: number; found: number; alarms: number },
): void {
  if (!labels) throw new TypeError('--nab needs a column label.');
  const n = score.length;
  const first = Math.min(Math.floor(0.15 * n), 750);
  let last: { begin: number; end: number } | undefined;
  for (let t = 0; t < n; t++) {
    if ((labels[t] ?? 0) === 0) {
      if (t < first || (score[t] ?? 0) < threshold) continue;
      sum.alarms++;
      sum.points += falseAlarm * worth(last ? (t - last.end) / (last.end - last.begin) : 4);
      continue;
    }
    const begin = t;
    while (t + 1 < n && (labels[t + 1] ?? 0) > 0) t++;
    last = { begin, end: t };
    if (t < first) continue;
    sum.windows++;
    const hit = score.findIndex((value, i) => i >= Math.max(first, begin) && i <= t && value >= threshold);
    if (hit >= 0) sum.found++;
    sum.points += hit < 0 ? -1 : worth(-(t - hit + 1) / (t - begin + 1)) / worth(-1);
  }
}

/** From the left edge of a window at -1 through its right edge at 0 to what lies far behind it. */
const worth = (position: number): number => (position > 3 ? -1 : 2 / (1 + Math.exp(5 * position)) - 1);
