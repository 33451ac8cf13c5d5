import type { AccountSid } from '../../model/sid.ts';
import { daysOf, type Window } from '../../traffic/window.ts';
import type { EvidenceSource } from '../source.ts';
import { merged, secondsIn } from '../windows.ts';
import type { CollectOutcome } from './options.ts';
import type { SliceEnd } from './readSlice.ts';

/** One slice to read. `window` is absent for a state; `whole` when it is all of its day that is wanted, however the server filters. */
export interface SliceTask {
  readonly window?: Window;
  readonly whole: boolean;
}

/** Mishaps in a row after which the rest is not tried: every one of them was repeated by the transport already. */
const mostFailures = 5;

/** Reading one source of one account: what is still to be read, and what became of what was. */
export interface Job {
  readonly source: EvidenceSource;
  readonly account: AccountSid;
  /** The next slice; `undefined` when there is none at the moment. */
  take(): SliceTask | undefined;
  /** How a slice that was taken ended. */
  ended(task: SliceTask, end: SliceEnd): void;
  /** Nothing is left and nothing is under way. */
  readonly done: boolean;
  /** The server turned out to filter by whole days. */
  byDays: boolean;
  /** Pages there are in all as Twilio counts them, once that is known. */
  counted: number | undefined;
  /** Why the rest is not tried. Then `rest` has to be recorded as unread. */
  readonly hopeless: string | undefined;
  rest(): readonly Window[];
  /** What was to be read when it began. */
  readonly unread: readonly Window[];
  /** Share that is done, from 0 to 1, and pages there probably are in all. */
  readonly share: number;
  readonly pages: number;
  outcome(): CollectOutcome;
}

/** A job over these windows of a log, or over a state when there are none to name. At most `widest` slices are under way at once. */
export function createJob(
  { source, account, widest }: Pick<Job, 'source' | 'account'> & { readonly widest: number },
  windows: readonly Window[],
  known: readonly string[],
): Job {
  let queue: SliceTask[] =
    source.kind === 'state' ? [{ whole: true }] : windows.map((window) => ({ window, whole: false })).reverse();
  // Slices given back, to be read by whole days once no other of their day is under way.
  let again: Window[] = [];
  const all = Math.max(
    1,
    windows.reduce((sum, window) => sum + secondsIn(window), 0),
  );
  const why = new Set(known);
  let [running, read, rows, pages, failures] = [0, 0, 0, 1, 0];
  let byDays = false;
  let hopeless: string | undefined;

  function replan(): void {
    if (!byDays || running > 0 || again.length === 0) return;
    const days = new Map<number, Window>();
    const windowsLeft = [...again, ...queue.flatMap(({ window, whole }) => (window && !whole ? [window] : []))];
    for (const part of merged(windowsLeft).flatMap(daysOf)) {
      const day = Math.floor(part.from / 86_400_000);
      const other = days.get(day);
      days.set(day, other ? { from: Math.min(other.from, part.from), to: Math.max(other.to, part.to) } : part);
    }
    again = [];
    queue = [...queue.filter(({ whole }) => whole), ...[...days.values()].map((window) => ({ window, whole: true }))];
  }

  return {
    source,
    account,
    take() {
      if (hopeless !== undefined || running >= widest) return undefined;
      replan();
      // While slices of the same days come back, no more of them are begun.
      const next = again.length > 0 ? undefined : queue.shift();
      if (next) running += 1;
      return next;
    },
    ended({ window, whole }, end) {
      running -= 1;
      pages = Math.max(pages, end.pages);
      if (end.kind === 'again' && window) again.push(window);
      if (end.kind === 'split') queue.unshift(...end.parts.map((part) => ({ window: part, whole: whole || byDays })));
      if (end.kind !== 'ended') return;
      read += window ? secondsIn(window) : 1;
      rows += end.rows;
      if (end.why !== undefined) why.add(end.why);
      failures = end.failed ? failures + 1 : 0;
      if (end.why !== undefined && (end.lasting || failures === mostFailures)) hopeless ??= end.why;
    },
    get done() {
      return running === 0 && queue.length === 0 && again.length === 0;
    },
    get byDays() {
      return byDays;
    },
    set byDays(value) {
      byDays = value;
    },
    counted: undefined,
    unread: windows,
    get hopeless() {
      return hopeless;
    },
    rest() {
      const rest = merged([...again, ...queue.flatMap(({ window }) => (window ? [window] : []))]);
      [queue, again] = [[], []];
      return rest;
    },
    get share() {
      return this.done ? 1 : Math.min(1, read / all);
    },
    get pages() {
      return pages;
    },
    outcome: () => ({ source: source.id, account, complete: why.size === 0, rows, why: [...why] }),
  };
}
