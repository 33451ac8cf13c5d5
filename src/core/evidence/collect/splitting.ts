import { span } from '../../model/age.ts';
import { daysOf, type Window } from '../../traffic/window.ts';
import { inParts, secondsIn, wholeDays } from '../windows.ts';

/** Of how many pages slices should be: pages come one after the other, so long slices end late, and every slice wastes half a page on average. */
export interface SliceLength {
  /** A slice with more than these to come is begun anew in parts. */
  readonly longest: number;
  /** Pages that a part is cut to. */
  readonly wanted: number;
}

/** Up to so many pages in all, the last slices to end decide how long everything takes; beyond, there is enough to do beside them. */
const fewPages = 130;

/** `pages`: what is to be read in all, nearly; `undefined` where that is not known. */
export function sliceLength(pages: number | undefined): SliceLength {
  return pages !== undefined && pages <= fewPages ? { longest: 3, wanted: 1.9 } : { longest: 6, wanted: 2.9 };
}

const mostParts = 32;
/** Parts of one length in a row, before twice that length is taken. */
const alike = 3;

/** What the pages read so far say of a slice. */
export interface Reading {
  readonly window: Window;
  readonly pages: number;
  readonly rows: number;
  /** The instants of the rows on the last page, in any order. */
  readonly instants: readonly number[];
}

/**
 * How many more pages the slice probably has, if its rows went on as close to one another as on the last page, newest first. Only the middle
 * half of a page counts, because lists are in the order of creation while their filter is by another date. A guess, good for dividing
 * the work and for nothing else.
 */
export function pagesLeft({ window, pages, instants }: Reading): number {
  if (instants.length < 4) return pages;
  const sorted = Float64Array.from(instants).sort();
  const quarter = (n: number) => sorted[Math.floor((sorted.length * n) / 4)] ?? window.from;
  const page = 2 * Math.max(1000, quarter(3) - quarter(1));
  return Math.max(0, (quarter(2) - window.from) / page - 0.5);
}

/**
 * The parts to read instead of the slice; `undefined` to read on as begun. What was read of it has to be read again, because a
 * page says nothing of any part of the window for certain. So it is begun anew only when much more than that seems to be left.
 */
export function partsOf(
  reading: Reading,
  limits: { readonly mostPerQuery?: number; readonly wholeDays: boolean } & SliceLength,
) {
  const { window, pages, rows } = reading;
  const left = pagesLeft(reading);
  const all = ((pages + left) * rows) / pages;
  const { longest, wanted } = limits;
  const capped = limits.mostPerQuery !== undefined && all > limits.mostPerQuery;
  if (!capped && left <= Math.max(longest, 2 * pages)) return undefined;
  if (limits.wholeDays || capped)
    return halves(window, Math.min(mostParts, Math.ceil((pages + left) / wanted)), limits.wholeDays);
  return ladder(window, ((window.to - window.from) / (pages + left)) * wanted);
}

/**
 * Parts of the window, the first of this length in milliseconds, which is right if rows are as close everywhere; the farther from where that was seen,
 * the longer, so that little is lost where it is not so. The longest come first: what takes long should not be begun last.
 */
function ladder(window: Window, first: number): readonly Window[] | undefined {
  const parts: Window[] = [];
  let { to } = window;
  for (let step = 0; parts.length < mostParts - 1; step += 1) {
    const length = Math.max(1, Math.round((first * 2 ** Math.floor(step / alike)) / 1000)) * 1000;
    // A rest that is next to nothing is no part of its own.
    if (to - 1.2 * length < window.from) break;
    parts.push({ from: to - length + 1000, to });
    to -= length;
  }
  parts.push({ from: window.from, to });
  return parts.length > 1 ? parts.reverse() : halves(window, 2, false);
}

/** The window in parts, or in its UTC days where Twilio tells no finer; `undefined` when it cannot be cut any more. */
export function halves(window: Window, parts: number, byDays: boolean): readonly Window[] | undefined {
  const cut = byDays ? daysOf(window) : inParts(window, Math.max(2, parts));
  return cut.length > 1 ? cut : undefined;
}

/** Whether a server that filters by whole days answers this window with more than it asks for. */
export function cutsDays(window: Window): boolean {
  const days = wholeDays(window);
  return days.from !== window.from || days.to !== window.to;
}

/** Shorter than a day: read beside others of its day, it costs the whole day each time if the server filters by days. */
export function isPartOfDay(window: Window): boolean {
  return secondsIn(window) < span.day / 1000;
}
