import { span, utc } from '../model/age.ts';
import type { AccountSid } from '../model/sid.ts';
import type { Window } from '../traffic/window.ts';
import { forgotten, type HeldSlice, reachable } from './collect/missing.ts';
import { isRefusal } from './collect/refusal.ts';
import { completeTimes } from './completeTimes.ts';
import { dailyRows, daysWithin } from './dailyRows.ts';
import type { HeldCapture } from './heldCaptures.ts';
import { createSliceIndex, type SliceIndex } from './sliceIndex.ts';
import type { EvidenceSource, SourceId } from './source.ts';
import { unsettledFrom } from './unsettled.ts';
import { meet, merged, wholeSeconds, without } from './windows.ts';

/** How much of one source of one account is held. */
export interface SourceCoverage {
  readonly source: SourceId;
  readonly account: AccountSid;
  readonly state: 'complete' | 'partial' | 'not collected' | 'refused';
  /** What is missing and why, a sentence each; empty when it is complete. May hold hostile text. */
  readonly why: readonly string[];
  /** Rows captured of the window. What was read again counts where it had changed, a row that sums up a day once, what was read of other times not at all. */
  readonly rows: number;
  /** Instants of the first and last row of it, where rows have one. */
  readonly first?: number;
  readonly last?: number;
  /** When it was recorded last, epoch milliseconds. */
  readonly collectedAt?: number;
  /**
   * Since when all before the window is held as well, and in how many rows: what tells what is new in it. Epoch milliseconds. Without `rows`
   * where what was read at once holds rows of both.
   */
  readonly lead?: { readonly from: number; readonly rows?: number };
  /** From when on rows of a complete log may still arrive or change, because they were read so soon. Epoch milliseconds. */
  readonly unsettledFrom?: number;
  /** What it may lack even when it is complete, a sentence. */
  readonly caveat?: string;
}

export interface CoverageScope {
  /** The main account first: sources that only it has are held against the first one, unless they were collected of another. */
  readonly accounts: readonly AccountSid[];
  readonly sources: readonly EvidenceSource[];
  readonly window: Window;
  /** Epoch milliseconds; of the window, only what lies before it can be missing. */
  readonly now: number;
}

const mostGaps = 5;

/** What the captures hold of the window, per source and account. A log is complete when complete slices cover every second; a state as its last reading was. */
export function coverageOf(
  held: readonly Pick<HeldCapture, 'capture' | 'at'>[],
  scope: CoverageScope,
): readonly SourceCoverage[] {
  return coverageBy(createSliceIndex(held), scope);
}

/**
 * The same, from slices that are sorted already. What was told of an account is the same object as long as nothing came and
 * the window stands: most of a thousand accounts are as they were a second ago.
 */
export function coverageBy(
  index: SliceIndex,
  { accounts, sources, window, now }: CoverageScope,
): readonly SourceCoverage[] {
  return sources.flatMap((source) => {
    const limits = limitsOf(source, window, now);
    const holders = source.scope === 'main' ? index.accounts(source.id) : [];
    const asked = source.scope === 'account' ? accounts : holders.length > 0 ? holders : accounts.slice(0, 1);
    const nothing = judge(source, [], limits);
    const caveat = source.caveat === undefined ? {} : { caveat: source.caveat };
    return asked.map((account): SourceCoverage => {
      const slices = index.of(source.id, account);
      if (slices.length === 0) return { source: source.id, account, ...nothing, rows: 0 };
      const known = told.get(slices);
      if (known && known.of === source && known.length === slices.length && known.limits === limits.key)
        return known.coverage;
      const judged = judge(source, slices, limits);
      const unsettled = judged.state === 'complete' ? unsettledFrom(source, limits.wanted, slices) : undefined;
      const coverage = {
        source: source.id,
        account,
        ...judged,
        ...(unsettled !== undefined && { unsettledFrom: unsettled }),
        ...totals(source, slices, limits),
        ...leadHeld(source, slices, limits),
        ...caveat,
      };
      told.set(slices, { of: source, length: slices.length, limits: limits.key, coverage });
      return coverage;
    });
  });
}

interface Told {
  readonly of: EvidenceSource;
  readonly length: number;
  readonly limits: string;
  readonly coverage: SourceCoverage;
}

const told = new WeakMap<readonly HeldSlice[], Told>();

/** What of a window can be held of a source; the same for all accounts. */
interface Limits {
  readonly reach: Window;
  readonly wanted: Window;
  readonly lost: string | undefined;
  /** What lies before that is kept for some accounts only. */
  readonly unsure: { readonly before: number; readonly sentence: string } | undefined;
  /** Tells limits apart. */
  readonly key: string;
}

function limitsOf(source: EvidenceSource, window: Window, now: number): Limits {
  // Rows that sum up a day are read for all of it; nothing later than the window's end can be missing of it.
  const ending = (part: Window): Window => ({ from: part.from, to: Math.min(part.to, wholeSeconds(window).to, now) });
  const reach = ending(reachable(source, window, now));
  const lost = forgotten(source, window, now);
  // What was collected while Twilio still had it is held for good.
  const wanted = lost === undefined ? reach : ending(reachable({ ...source, keptDays: Infinity }, window, now));
  const unsure = unsureOf(source, window, now);
  const key = [reach.from, reach.to, wanted.from, wanted.to, lost, unsure?.sentence].join();
  return { reach, wanted, lost, unsure, key };
}

function unsureOf({ sure }: EvidenceSource, window: Window, now: number): Limits['unsure'] {
  if (!sure) return undefined;
  const before = now - sure.days * span.day;
  if (window.from >= before) return undefined;
  return { before, sentence: `${sure.sentence}: what was before ${utc(Math.min(before, window.to))} may be gone.` };
}

function judge(source: EvidenceSource, slices: readonly HeldSlice[], limits: Limits): Judged {
  return source.kind === 'state' ? ofState(slices) : ofLog(source, slices, limits);
}

type Judged = Pick<SourceCoverage, 'state' | 'why'>;

function ofState(slices: readonly HeldSlice[]): Judged {
  const last = slices.at(-1)?.slice;
  if (!last) return { state: 'not collected', why: ['It has not been collected.'] };
  if (last.complete) return { state: 'complete', why: [] };
  const why = [last.why ?? 'Its reading broke off.'];
  if (slices.some(({ slice }) => slice.complete)) return { state: 'partial', why };
  return { state: isRefusal(last.why) ? 'refused' : 'partial', why };
}

function ofLog(source: EvidenceSource, slices: readonly HeldSlice[], { reach, wanted, lost, unsure }: Limits): Judged {
  const complete = completeTimes(source, slices);
  const gaps = without(wanted, complete);
  if (gaps.length === 0) return { state: 'complete', why: [] };
  const broken = slices.filter(({ slice }) => !slice.complete && gaps.some((gap) => meet(slice.window, gap)));
  const held = slices.some(({ slice }) => meet(slice.window, wanted) && (slice.complete || slice.pages.length > 0));
  const refusal = broken.findLast(({ slice }) => isRefusal(slice.why));
  const why = [
    ...(lost !== undefined && gaps.some(({ from }) => from < reach.from) ? [lost] : []),
    ...(unsure !== undefined && gaps.some(({ from }) => from < unsure.before) ? [unsure.sentence] : []),
    ...reasons(without(reach, complete), broken),
  ];
  if (!held && refusal) return { state: 'refused', why };
  if (!held && broken.length === 0) return { state: 'not collected', why };
  return { state: 'partial', why };
}

/** Each reason with the times it is about, those without a reason last. */
function reasons(gaps: readonly Window[], broken: readonly HeldSlice[]): readonly string[] {
  const said = new Map<string, Window[]>();
  let rest = gaps;
  // The newest reading of a time says best why it is missing.
  for (const { slice } of broken.toReversed()) {
    const { window } = slice;
    if (!window) continue;
    const own = rest.flatMap((gap) =>
      meet(window, gap) ? [{ from: Math.max(window.from, gap.from), to: Math.min(window.to, gap.to) }] : [],
    );
    rest = rest.flatMap((gap) => without(gap, own));
    const why = slice.why ?? 'Its reading broke off.';
    if (own.length > 0) said.set(why, [...(said.get(why) ?? []), ...own]);
  }
  const sentences = [...said].map(([why, windows]) => `${times(windows)}: ${why}`);
  return rest.length === 0 ? sentences : [...sentences, `${times(rest)}: not collected yet.`];
}

function times(windows: readonly Window[]): string {
  const all = merged(windows);
  const named = all.slice(0, mostGaps).map(({ from, to }) => `${utc(from)} to ${utc(to)}`);
  const more = all.length - named.length;
  return `${named.join(', ')}${more > 0 ? ` and ${more} more times` : ''}`;
}

/** How far back all is held without a gap, counted from the window. */
function leadHeld(source: EvidenceSource, slices: readonly HeldSlice[], { wanted }: Limits) {
  const { leadDays = source.mayLeadDays } = source;
  if (leadDays === undefined) return {};
  const complete = completeTimes(source, slices);
  const to = wanted.from - 1000;
  const before = { from: to - leadDays * span.day, to };
  const from = (without(before, complete).at(-1)?.to ?? before.from - 1000) + 1000;
  if (from > to) return {};
  const daily = source.unit === 'day' ? dailyRows(slices) : undefined;
  if (daily) return { lead: { from, rows: daysWithin(daily, { from, to }).rows } };
  const read = slices.filter(({ slice }) => meet(slice.window, { from, to }));
  if (read.some(({ slice }) => meet(slice.window, wanted))) return { lead: { from } };
  return { lead: { from, rows: read.reduce((sum, { slice }) => sum + slice.rows, 0) } };
}

function totals({ kind, unit }: EvidenceSource, slices: readonly HeldSlice[], { wanted }: Limits) {
  const collectedAt = Math.max(...slices.map(({ at }) => at));
  const daily = unit === 'day' ? dailyRows(slices) : undefined;
  if (daily) {
    const { rows, first, last } = daysWithin(daily, wanted);
    return { rows, ...(first <= last && { first, last }), collectedAt };
  }
  const counted = kind === 'state' ? slices.slice(-1) : slices.filter(({ slice }) => meet(slice.window, wanted));
  const first = Math.min(...counted.map(({ slice }) => slice.first ?? Infinity));
  const last = Math.max(...counted.map(({ slice }) => slice.last ?? -Infinity));
  return {
    rows: counted.reduce((sum, { slice }) => sum + slice.rows, 0),
    ...(first <= last && { first, last }),
    collectedAt,
  };
}
