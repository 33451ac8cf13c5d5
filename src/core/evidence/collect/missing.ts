import { span, utc } from '../../model/age.ts';
import type { AccountSid } from '../../model/sid.ts';
import type { Window } from '../../traffic/window.ts';
import type { Slice } from '../capture.ts';
import type { EvidenceSource, SourceId } from '../source.ts';
import { merged, wholeDays, wholeSeconds, without } from '../windows.ts';
import type { CollectOptions } from './options.ts';

/** A slice the journal holds, with when it was recorded. */
export interface HeldSlice {
  readonly slice: Slice;
  readonly at: number;
}

/** How long a row of a log may still change: its status, its price, and whether it is there at all. Usage of a day is settled with the day. */
export function settling({ unit }: EvidenceSource): number {
  return unit === 'day' ? span.day : span.hour;
}

/** The held slices by source and account, for look-ups. */
export function heldBy(held: CollectOptions['held']): (source: SourceId, account: AccountSid) => readonly HeldSlice[] {
  const found = new Map<string, HeldSlice[]>();
  for (const { capture, at } of held)
    for (const slice of capture.slices) {
      const key = `${capture.source} ${slice.account}`;
      const others = found.get(key);
      if (others) others.push({ slice, at });
      else found.set(key, [{ slice, at }]);
    }
  return (source, account) => found.get(`${source} ${account}`) ?? [];
}

/** The part of a window a source can have: not in the future, not older than Twilio keeps it, whole seconds or days. */
export function reachable(source: EvidenceSource, window: Window, now: number): Window {
  const { keptDays } = source;
  const oldest = keptDays === undefined ? window.from : Math.max(window.from, now - keptDays * span.day);
  const part = wholeSeconds({ from: oldest, to: Math.min(window.to, now) });
  return source.unit === 'day' && part.from <= part.to ? wholeDays(part) : part;
}

/**
 * What of a log is still to be read, oldest first: what no complete slice covers, and what was read before it had settled.
 * The time of a slice is that of its first page, the earliest at which its rows were as they are.
 */
export function missingOf(source: EvidenceSource, reach: Window, held: readonly HeldSlice[]): readonly Window[] {
  const settled = held.flatMap(({ slice, at }) => {
    if (!slice.complete || !slice.window) return [];
    const read = slice.pages.reduce((first, page) => Math.min(first, page.receivedAt), at);
    const last = Math.floor((read - settling(source)) / 1000) * 1000;
    return [{ from: slice.window.from, to: Math.min(slice.window.to, last) }];
  });
  const missing = without(reach, settled);
  return source.unit === 'day' ? merged(missing.map(wholeDays)) : missing;
}

/** What Twilio no longer has of the window, as a sentence; `undefined` when it keeps all of it. */
export function forgotten(source: EvidenceSource, window: Window, now: number): string | undefined {
  if (source.keptDays === undefined || source.kind === 'state') return undefined;
  const oldest = now - source.keptDays * span.day;
  if (window.from >= oldest) return undefined;
  return `Twilio keeps ${source.title.toLowerCase()} for ${source.keptDays} days: what was before ${utc(Math.min(oldest, window.to))} cannot be collected.`;
}
