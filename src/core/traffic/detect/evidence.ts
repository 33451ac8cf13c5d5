import type { History } from './history.ts';
import type { RowRange, SeriesRows } from './rows.ts';

/** A surge to be explained. */
export interface Case {
  readonly rows: SeriesRows;
  /** The rows of the window. */
  readonly range: RowRange;
  readonly observed: number;
  /** Messages expected in the window. */
  readonly expected: number;
  /** ln of the p-value of the count. */
  readonly logP: number;
  readonly history: History;
  readonly account: AccountNormal;
  /** How far the account's other countries are above what was expected of them, together: 1 is not at all. */
  readonly commonRatio: number;
}

/** What is normal in the account as a whole, for countries that have no history. */
export interface AccountNormal {
  readonly converted: number;
  readonly unconverted: number;
  readonly messages: number;
  readonly failed: number;
}

export const evidenceKinds = [
  'conversion',
  'ranges',
  'sequence',
  'failed',
  'blocked',
  'recipients',
  'night',
  'sender',
  'everywhere',
  'volume',
  'new-country',
] as const;
export type EvidenceKind = (typeof evidenceKinds)[number];

/** One piece of evidence with its own numbers. */
export interface Evidence {
  readonly kind: EvidenceKind;
  /** log10 of how much better fraud explains it than innocent traffic; negative speaks for innocence. */
  readonly decades: number;
  /** ln of a p-value under innocence, where there is a test. */
  readonly logP?: number;
  /** Counts: this many of so many, where the normal share was known. */
  readonly part: number;
  readonly whole: number;
  readonly normalShare?: number;
  /** Blocks of numbers that stand out, the heaviest first. */
  readonly blocks?: readonly NumberBlock[];
}

/** `digits` and whatever `open` more digits. */
export interface NumberBlock {
  readonly digits: string;
  readonly open: number;
  readonly messages: number;
  readonly recipients: number;
}

/** What could not be weighed, since there is no data for it. */
export type Missing = 'conversion' | 'recipients' | 'history' | 'sender' | 'outcomes';

export function capped(
  decades: number,
  { for: most, against: least }: { readonly for: number; readonly against: number },
): number {
  return Math.max(least, Math.min(most, Number.isNaN(decades) ? 0 : decades));
}

/**
 * The largest Bayes factor against an innocent explanation that a p-value can stand for, in decades: -1 / (e p ln p) (Sellke, Bayarri and
 * Berger 2001). 0 above 1 / e.
 */
export function decadesOf(logP: number): number {
  return logP < -1 ? (-logP - 1 - Math.log(-logP)) / Math.LN10 : 0;
}

/** Share of a window's messages that is beyond what was expected, 0…1. */
export function excessShare({ observed, expected }: Pick<Case, 'observed' | 'expected'>): number {
  return observed <= 0 ? 0 : Math.max(0.05, 1 - expected / observed);
}

/** ln of the sum of exponentials. */
export function logSumExp(logs: readonly number[]): number {
  const most = Math.max(...logs);
  if (!Number.isFinite(most)) return most;
  let sum = 0;
  for (const log of logs) sum += Math.exp(log - most);
  return most + Math.log(sum);
}
