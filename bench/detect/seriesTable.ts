import type { FileSeries } from './seriesFile.ts';

interface Scored extends FileSeries {
  readonly score: Float64Array;
  /** Seconds between values. */
  readonly step: number;
}

const thresholds = [1, 1.3, 1.5, 1.75, 2, 2.5, 3, 4, 6];

/**
 * Sensitivity and specificity by value, POD (share of outbreaks found at least once), timeliness (mean share of an outbreak that passed before; 1 when it
 * was not found) and F1, at several thresholds. Only the part that can have outbreaks is judged: the last 49 weeks of daily series of years, the second half of
 * weekly ones, what is after the first 15 % (750 values at most) elsewhere.
 */
export function seriesTable(all: readonly Scored[]): string {
  const lines = ['threshold  sensitivity  specificity  POD    timeliness  F1'];
  for (const threshold of thresholds) {
    const sum = { tp: 0, fn: 0, fp: 0, tn: 0, outbreaks: 0, found: 0, passed: 0 };
    for (const one of all) judge(one, threshold, sum);
    const { tp, fn, fp, tn, outbreaks, found, passed } = sum;
    const cells = [
      threshold,
      tp / (tp + fn),
      tn / (tn + fp),
      found / outbreaks,
      passed / outbreaks,
      (2 * tp) / (2 * tp + fp + fn),
    ];
    lines.push(
      cells
        .map((value, i) => (i === 0 ? String(value) : value.toFixed(3)).padEnd([11, 13, 13, 7, 12, 5][i] ?? 8))
        .join('')
        .trimEnd(),
    );
  }
  return lines.join('\n');
}

function judge(
  { labels, score, step }: Scored,
  threshold: number,
  sum: { tp: number; fn: number; fp: number; tn: number; outbreaks: number; found: number; passed: number },
): void {
  if (!labels) throw new TypeError('--score needs a column label.');
  const n = score.length;
  let begin = -1;
  let hit = -1;
  let last = -1;
  for (let t = firstJudged(n); t <= n; t++) {
    const ill = (labels[t] ?? 0) > 0;
    const flagged = (score[t] ?? 0) >= threshold;
    if (t < n) {
      if (ill && flagged) sum.tp++;
      else if (ill) sum.fn++;
      else if (flagged) sum.fp++;
      else sum.tn++;
    }
    if (ill && begin < 0) begin = t;
    if (ill && flagged && hit < 0) hit = t;
    if (ill) last = t;
    // Days without a case of their own do not end an outbreak.
    if (begin < 0 || (t < n && t - last <= quietValues(step))) continue;
    sum.outbreaks++;
    if (hit >= 0) sum.found++;
    sum.passed += hit < 0 ? 1 : (hit - begin) / (last + 1 - begin);
    begin = hit = -1;
  }
}

/** Values without a label inside one outbreak. */
const quietValues = (step: number): number => (step === 86_400 ? 28 : 0);

function firstJudged(n: number): number {
  if (n === 2548) return n - 343;
  return n < 400 ? Math.floor(n / 2) + 5 : Math.min(750, Math.floor(0.15 * n));
}
