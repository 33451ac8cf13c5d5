import { span } from '../model/age.ts';
import type { Window } from '../traffic/window.ts';
import { type HeldSlice, readAt } from './collect/missing.ts';
import type { EvidenceSource } from './source.ts';
import { dateLags } from './twilioNow.ts';

/** Milliseconds that clocks may differ when it is judged how old a row was. */
const clocksDiffer = 60_000;

/** The times of which all rows that Twilio had are held, by complete slices; overlapping as they were read. */
export function completeTimes(source: EvidenceSource, slices: readonly HeldSlice[]): readonly Window[] {
  const kept = keptFor(source, slices);
  return slices.flatMap((held) => (held.slice.complete ? whatWasOver(held, kept) : []));
}

/**
 * Of a slice's window, what lay in the past when it was read: what came later is not in it. With `keptDays`, nothing older than that
 * either: an empty answer does not tell a quiet time from a forgotten one.
 */
function whatWasOver(held: HeldSlice, keptDays = Infinity): readonly Window[] {
  const { window } = held.slice;
  if (!window) return [];
  const read = readAt(held, dateLags);
  const oldest = Math.ceil((read - keptDays * span.day) / 1000) * 1000;
  return [{ from: Math.max(window.from, oldest), to: Math.min(window.to, Math.floor(read / 1000) * 1000) }];
}

/** For how many days this account's rows are kept for certain; `undefined` where it has all of them. */
function keptFor(source: EvidenceSource, slices: readonly HeldSlice[]): number | undefined {
  return slices.some((held) => goesBack(source, held)) ? undefined : source.sure?.days;
}

/** Whether a row came that is older than Twilio keeps for every account: then this one has all of them. */
function goesBack({ sure }: EvidenceSource, held: HeldSlice): boolean {
  const { first = Infinity } = held.slice;
  return sure !== undefined && first < readAt(held, clocksDiffer) - sure.days * span.day - clocksDiffer;
}
