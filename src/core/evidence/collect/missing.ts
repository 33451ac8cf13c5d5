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
export function settling({ unit, settlesAfterHours = 1 }: EvidenceSource): number {
  return unit === 'day' ? span.day : settlesAfterHours * span.hour;
}

/**
 * When a slice was read: the time of its first page, the earliest at which its rows were as they are, by this computer's clock or Twilio's,
 * whichever says less. `tolerance`: milliseconds that Twilio's may be behind without this computer's being wrong.
 */
export function readAt({ slice: { pages }, at }: HeldSlice, tolerance = 0): number {
  return pages.reduce(
    (first, { receivedAt, serverTime = Infinity }) => Math.min(first, receivedAt, serverTime + tolerance),
    at,
  );
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

/** Twilio's clock may be ahead, and time passes until the request arrives. */
const slack = span.hour;

/** Where what every account has begins, in whole seconds; `undefined` where it is not in doubt. */
export function sureFrom({ sure }: EvidenceSource, now: number): number | undefined {
  return sure && Math.ceil((now - sure.days * span.day) / 1000) * 1000 + slack;
}

/**
 * What is to be read before the window, so that what is new in it can be told: as far as Twilio has it for every account. `undefined` where
 * that is nothing.
 */
export function leadOf(source: EvidenceSource, { from: begin }: Window, now: number): Window | undefined {
  if (source.leadDays === undefined) return undefined;
  const earliest = Math.max(begin - source.leadDays * span.day, sureFrom(source, now) ?? Number.NEGATIVE_INFINITY);
  // The day in which the window begins is read with the window.
  const end = source.unit === 'day' ? wholeDays({ from: begin, to: begin }).from : begin;
  const { from, to } = reachable(source, { from: earliest, to: end - 1 }, now);
  return from <= to ? { from, to } : undefined;
}

/**
 * What of a log is still to be read, oldest first: what no complete slice covers, and what was read before it had settled. `settled`: after how many
 * milliseconds that is so for what was read at this instant.
 */
export function missingOf(
  source: EvidenceSource,
  reach: Window,
  held: readonly HeldSlice[],
  settled: (read: number) => number = () => settling(source),
): readonly Window[] {
  const done = held.flatMap(({ slice, at }) => {
    if (!slice.complete || !slice.window) return [];
    const read = readAt({ slice, at });
    const last = Math.floor((read - settled(read)) / 1000) * 1000;
    return [{ from: slice.window.from, to: Math.min(slice.window.to, last) }];
  });
  const missing = without(reach, done);
  return source.unit === 'day' ? merged(missing.map(wholeDays)) : missing;
}

/** What Twilio no longer has of the window, as a sentence; `undefined` when it keeps all of it. */
export function forgotten(source: EvidenceSource, window: Window, now: number): string | undefined {
  if (source.keptDays === undefined || source.kind === 'state') return undefined;
  const oldest = now - source.keptDays * span.day;
  if (window.from >= oldest) return undefined;
  return `Twilio keeps ${source.title.toLowerCase()} for ${source.keptDays} days: what was before ${utc(Math.min(oldest, window.to))} cannot be collected.`;
}
