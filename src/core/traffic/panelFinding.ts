import type { Channel } from './channel.ts';
import { patternTexts } from './detect/patternText.ts';
import { blockName } from './detect/prefixes.ts';
import type { Surge } from './surges.ts';
import { missingWords, surgeOnset } from './surgeText.ts';

/** A share beside its own normal; `normal` is `null` where it is not known, and all is 0 without data. */
export interface ShownRate {
  readonly part: number;
  readonly whole: number;
  readonly normal: number | null;
}

/** What stands behind a flag, in figures. Times are epoch milliseconds UTC. */
export interface RowFinding {
  /** `blocks`: the country's volume hides it. */
  readonly scope: 'country' | 'blocks';
  readonly from: number;
  readonly to: number;
  readonly observed: number;
  readonly expected: number;
  /** 95 % predictive interval; `lower` is 0 where only the upper end is known. */
  readonly lower: number;
  readonly upper: number;
  readonly p: number;
  readonly q: number;
  readonly blocked: number;
  readonly delivery: ShownRate;
  readonly conversion: ShownRate;
  /** Blocks to close or to give to Support, as `+7958111xxxx`, the fullest first; and what they begin with, as `+795811`. */
  readonly blocks: readonly string[];
  readonly prefix: string | null;
  /** How its messages lie among numbers and in time, in words. */
  readonly patterns: readonly string[];
  /** The detector's sentence; empty where it did not look for want of history. */
  readonly sentence: string;
  /** What there was no data for, in words: what would tell fraud from a campaign or a launch. */
  readonly missing: readonly string[];
}

const none: ShownRate = { part: 0, whole: 0, normal: null };

/** The figures of a surge, as the panel shows them: from the country's first message in it (`firstAt`), and to no later than `now`, where the counts end. */
export function rowFinding(
  surge: Surge,
  channel: Channel = 'sms',
  { firstAt, now = Number.POSITIVE_INFINITY }: { readonly firstAt?: number | undefined; readonly now?: number } = {},
): RowFinding {
  const { observed, expected, atMost, p, q, missing, finding } = surge;
  const shared = {
    from: surgeOnset(surge, firstAt),
    // A surge is told in whole hours, of which the last may not be over.
    to: Math.min(surge.to, now),
    observed,
    expected,
    upper: atMost,
    p,
    q,
    missing: missingWords(missing, channel),
  };
  if (!finding)
    return {
      ...shared,
      scope: 'country',
      lower: 0,
      blocked: 0,
      delivery: none,
      conversion: none,
      blocks: [],
      prefix: null,
      patterns: [],
      sentence: '',
    };
  const { scope, interval, blocked, delivery, conversion, blocks, patterns, sentence } = finding;
  return {
    ...shared,
    scope,
    lower: interval[0],
    blocked: blocked.pumping30450 + blocked.fraudGuard60410,
    // Whether a code was entered is what becomes of an attempt; it has no receipt.
    delivery: channel === 'verify' ? none : { ...delivery, normal: delivery.normal ?? null },
    conversion: { ...conversion, normal: conversion.normal ?? null },
    blocks: blocks.map(blockName),
    prefix: patterns.prefix === undefined ? null : `+${patterns.prefix}`,
    patterns: patternTexts(finding),
    sentence,
  };
}
