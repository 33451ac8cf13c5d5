import { utc } from '../model/age.ts';
import type { Window } from '../traffic/window.ts';
import { type HeldSlice, missingOf } from './collect/missing.ts';
import type { EvidenceSource } from './source.ts';

/**
 * From when on rows of a log were read so soon after they happened that others may still arrive and their status and price may change, epoch
 * milliseconds; `undefined` where all had settled. `wanted`: the window they are held against. What is new is collected from there.
 */
export function unsettledFrom(
  source: EvidenceSource,
  wanted: Window,
  slices: readonly HeldSlice[],
): number | undefined {
  return source.kind === 'log' ? missingOf(source, wanted, slices)[0]?.from : undefined;
}

/** The same as a sentence. */
export function unsettledText(from: number): string {
  return `What happened from ${utc(from)} on was read soon afterwards: more of it may still arrive at Twilio, and status and price may change. Collect again later to read what is new.`;
}
