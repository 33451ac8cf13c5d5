import type { NumberBlock } from './evidence.ts';
import { evidenceParameters } from './evidenceParameters.ts';
import { recipientsOf } from './numberEvidence.ts';
import { patternParameters } from './patternParameters.ts';
import type { RowRange, SeriesRows } from './rows.ts';

/** How the messages of a surge lie among numbers and in time. Measured, not weighed: a campaign can look like this as well. */
export interface Patterns {
  /** The fullest block of 1,000 and of 10,000 numbers; absent without whole numbers. */
  readonly fullest?: { readonly thousand: NumberBlock; readonly tenThousand: NumberBlock };
  /** What the stand-out blocks have in common: the prefix a carrier can block, as digits. Absent where it says no more than the country. */
  readonly prefix?: string;
  /** Numbers that follow each other with gaps of 5 at most, in runs of five and more: all of them, and the longest run. */
  readonly runs: { readonly numbers: number; readonly longest: number; readonly of: number };
  /** Messages to the recipient who got most, and how many recipients got five or more. */
  readonly repeats: { readonly most: number; readonly recipients: number };
  /** Squared coefficient of variation of the seconds between messages: 1 is chance (Poisson), 0 a clock. Absent for too few, or too quick to tell in seconds. */
  readonly spacing?: { readonly dispersion: number; readonly meanSeconds: number; readonly machineLike: boolean };
  /** From the first hour to the busiest one. */
  readonly ramp: { readonly hours: number; readonly first: number; readonly busiest: number };
}

/** The patterns of the rows of a surge. `blocks`: those that stand out, whose messages alone are then looked at for spacing. */
export function patternsOf(rows: SeriesRows, range: RowRange, blocks: readonly NumberBlock[]): Patterns {
  const { numbers, messages } = recipientsOf({ rows, range });
  const { longRun, manyMessages } = patternParameters;
  let repeated = 0;
  let most = 0;
  for (const count of messages) {
    most = Math.max(most, count);
    if (count >= manyMessages) repeated++;
  }
  let runs = 0;
  let longest = 0;
  for (let i = 0, start = 0; i < numbers.length; i++) {
    const next = numbers[i + 1] ?? Number.POSITIVE_INFINITY;
    if (next - (numbers[i] ?? 0) <= evidenceParameters.sequence.gap) continue;
    const length = i + 1 - start;
    if (length >= longRun) runs += length;
    longest = Math.max(longest, length);
    start = i + 1;
  }
  const thousand = fullest(numbers, messages, 3);
  const tenThousand = fullest(numbers, messages, 4);
  const prefix = commonPrefix(blocks);
  const spacing = spacingOf(timesIn(rows, range, blocks));
  return {
    ...(thousand && tenThousand && { fullest: { thousand, tenThousand } }),
    ...(prefix !== undefined && { prefix }),
    runs: { numbers: runs, longest, of: numbers.length },
    repeats: { most, recipients: repeated },
    ...(spacing && { spacing }),
    ramp: rampOf(rows, range),
  };
}

/** `open`: how many of the last digits a block leaves open. */
function fullest(numbers: Float64Array, messages: Uint32Array, open: number): NumberBlock | undefined {
  const size = 10 ** open;
  let best: NumberBlock | undefined;
  for (let i = 0; i < numbers.length; ) {
    const block = Math.floor((numbers[i] ?? 0) / size);
    const start = i;
    let count = 0;
    for (; i < numbers.length && Math.floor((numbers[i] ?? 0) / size) === block; i++) count += messages[i] ?? 0;
    if (!best || count > best.messages) best = { digits: String(block), open, messages: count, recipients: i - start };
  }
  return best;
}

function commonPrefix([first, ...others]: readonly NumberBlock[]): string | undefined {
  if (!first) return undefined;
  let length = first.digits.length;
  for (const { digits } of others) while (length > 0 && !digits.startsWith(first.digits.slice(0, length))) length--;
  return length >= patternParameters.leastPrefix ? first.digits.slice(0, length) : undefined;
}

function timesIn({ time, recipient }: SeriesRows, { from, to }: RowRange, blocks: readonly NumberBlock[]): number[] {
  const wanted = blocks.map(({ digits, open }) => [Number(digits) * 10 ** open, (Number(digits) + 1) * 10 ** open]);
  const times: number[] = [];
  for (let i = from; i < to; i++) {
    const number = recipient[i] ?? 0;
    if (wanted.length === 0 || wanted.some(([low = 0, high = 0]) => number >= low && number < high))
      times.push(time[i] ?? 0);
  }
  return times;
}

function spacingOf(times: readonly number[]): Patterns['spacing'] {
  const { leastGaps, leastMeanSeconds, machineDispersion } = patternParameters;
  const gaps = times.slice(1).map((time, i) => time - (times[i] ?? 0));
  if (gaps.length < leastGaps) return undefined;
  const mean = gaps.reduce((a, b) => a + b, 0) / gaps.length;
  if (mean < leastMeanSeconds) return undefined;
  const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / (gaps.length - 1);
  const dispersion = variance / mean ** 2;
  return { dispersion, meanSeconds: mean, machineLike: dispersion <= machineDispersion };
}

function rampOf({ time }: SeriesRows, { from, to }: RowRange): Patterns['ramp'] {
  const start = time[from] ?? 0;
  const perHour: number[] = [];
  for (let i = from; i < to; i++) {
    const at = Math.floor(((time[i] ?? 0) - start) / 3600);
    perHour[at] = (perHour[at] ?? 0) + 1;
  }
  let peak = 0;
  for (const [at, count] of perHour.entries()) if ((count ?? 0) > (perHour[peak] ?? 0)) peak = at;
  return { hours: peak, first: perHour[0] ?? 0, busiest: perHour[peak] ?? 0 };
}
