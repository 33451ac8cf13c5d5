import { blocksUntil } from './blocksUntil.ts';
import { type DetectInput, detectEpisodes, type Episode, isFraud } from './detect.ts';
import type { Evidence, Missing, NumberBlock } from './evidence.ts';
import { type Patterns, patternsOf } from './patterns.ts';
import { numberBlocks } from './prefixes.ts';
import { conversions, outcomes, rowsBetween } from './rows.ts';
import { sentenceOf } from './sentence.ts';
import { logNegativeBinomialUpper } from './tails.ts';

/** A surge told to a person. Counts are recounts of the country's messages from `onset` to just before `end`; `inBlocks` counts its blocks' alone. */
export interface Finding {
  readonly account: string;
  readonly channel: string;
  readonly country: string;
  /** `review`: volume alone, or too little beside it. */
  readonly label: 'fraud' | 'review';
  /** log10 of how much better fraud explains it than innocent traffic. */
  readonly decades: number;
  /** Epoch seconds, UTC. `detected`: the end of the first hour whose data shows it. */
  readonly onset: number;
  readonly end: number;
  readonly detected: number;
  /** `blocks`: the country's volume hid it; p, q and evidence are of the messages to `blocks` alone. */
  readonly scope: 'country' | 'blocks';
  /** Messages to the blocks, and how many of these were expected, where `scope` is `blocks`. */
  readonly inBlocks: { readonly observed: number; readonly expected: number } | undefined;
  readonly observed: number;
  readonly expected: number;
  /** 95 % predictive interval of the count. */
  readonly interval: readonly [number, number];
  readonly excess: number;
  readonly p: number;
  readonly q: number;
  /** What the messages cost in all, millionths of the currency; `rated` of them have a price. `excess` is the unexpected share of it. */
  readonly cost: { readonly total: number; readonly excess: number; readonly rated: number };
  readonly blocked: { readonly pumping30450: number; readonly fraudGuard60410: number };
  /** Those with a delivery receipt (Twilio's status `delivered` or `read`; of calls, `completed`) of all: what is under way or was blocked has none. */
  readonly delivery: Rate;
  readonly conversion: Rate;
  /** Blocks of numbers that stand out: what a carrier-level block, or Support, needs. */
  readonly blocks: readonly NumberBlock[];
  /** When these blocks were last sent to in numbers, epoch seconds: later than `end` where the country's volume hides that it goes on. */
  readonly blocksUntil?: number;
  /** How its messages lie among numbers and in time; where `scope` is `blocks`, those to the blocks. */
  readonly patterns: Patterns;
  readonly evidence: readonly Evidence[];
  /** What there was no data for. */
  readonly missing: readonly Missing[];
  /** One sentence for whoever pays the bill; holds numbers, names of Twilio's products and of the country only. */
  readonly sentence: string;
}

/** A share beside what it was in the four weeks before; `undefined` without data. */
export interface Rate {
  readonly part: number;
  readonly whole: number;
  readonly normal: number | undefined;
}

/** Everything that is out of the ordinary in an export, the surest fraud first. */
export function findingsOf(input: DetectInput): readonly Finding[] {
  return detectEpisodes(input)
    .map((episode) => findingOf(episode, input.start))
    .sort((a, b) => b.decades - a.decades);
}

export function findingOf({ series, looks, whole }: Episode, start: number): Finding {
  const { rows } = series;
  const { history } = whole;
  const { expected, variance } = whole.country;
  const range = rowsBetween(rows, start + whole.from * 3600, start + whole.to * 3600);
  const observed = range.to - range.from;
  const tally = { pumping: 0, guard: 0, delivered: 0, converted: 0, attempts: 0, cost: 0, rated: 0 };
  for (let i = range.from; i < range.to; i++) {
    const outcome = rows.outcome[i];
    if (outcome === outcomes.pumpingBlocked) tally.pumping++;
    else if (outcome === outcomes.guardBlocked) tally.guard++;
    else if (outcome === outcomes.delivered) tally.delivered++;
    const conversion = rows.conversion[i] ?? conversions.unknown;
    if (conversion !== conversions.unknown) tally.attempts++;
    if (conversion === conversions.converted) tally.converted++;
    const price = rows.price[i] ?? Number.NaN;
    if (Number.isNaN(price)) continue;
    tally.cost += price;
    tally.rated++;
  }
  const fraud = isFraud(whole);
  const first = looks.find((look) => isFraud(look) === fraud) ?? whole;
  const attemptsBefore = history.converted + history.unconverted;
  const blocks = numberBlocks(whole);
  const last = blocksUntil(rows, start, start + whole.from * 3600, blocks);
  const found = {
    account: series.rows.account,
    channel: series.rows.channel,
    country: series.rows.country,
    label: fraud ? ('fraud' as const) : ('review' as const),
    decades: whole.decades,
    onset: start + whole.from * 3600,
    end: start + whole.to * 3600,
    detected: start + first.to * 3600,
    scope: whole.blocks ? ('blocks' as const) : ('country' as const),
    inBlocks: whole.blocks ? { observed: whole.observed, expected: whole.expected } : undefined,
    observed,
    expected,
    interval: [quantile(0.975, expected, variance), quantile(0.025, expected, variance)] as const,
    excess: Math.max(0, observed - expected),
    p: Math.exp(whole.logP),
    q: Math.exp(Math.min(0, whole.logQ)),
    cost: {
      total: tally.cost,
      excess: Math.round(tally.cost * Math.max(0, 1 - expected / observed)),
      rated: tally.rated,
    },
    blocked: { pumping30450: tally.pumping, fraudGuard60410: tally.guard },
    delivery: {
      part: tally.delivered,
      whole: observed,
      normal: history.messages > 0 ? history.delivered / history.messages : undefined,
    },
    conversion: {
      part: tally.converted,
      whole: tally.attempts,
      normal: attemptsBefore > 0 ? history.converted / attemptsBefore : undefined,
    },
    blocks,
    ...(last !== undefined && { blocksUntil: last }),
    patterns: patternsOf(whole.rows, whole.range, blocks),
    evidence: whole.evidence,
    missing: whole.missing,
  };
  return {
    ...found,
    sentence: sentenceOf(found, (rows.time[range.to - 1] ?? found.end) - (rows.time[range.from] ?? found.onset)),
  };
}

/** The least count whose upper tail beyond it is no more than this share. */
export function quantile(upper: number, mean: number, variance: number): number {
  let low = 0;
  let high = Math.ceil(mean + 12 * Math.sqrt(variance) + 10);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (Math.exp(logNegativeBinomialUpper(middle + 1, mean, variance)) <= upper) high = middle;
    else low = middle + 1;
  }
  return low;
}
