import { span } from '../../model/age.ts';
import { instantOf, type JsonObject, numberOf } from '../../model/json.ts';
import type { AccountSid } from '../../model/sid.ts';
import { daysOf, type Window } from '../../traffic/window.ts';
import type { TwilioRequest } from '../../twilio/request.ts';
import type { EvidenceSource, SourceId } from '../source.ts';
import { secondsIn, wholeDays } from '../windows.ts';

/** Rows a UTC day, by the instant at which the day begins. */
export type DailyVolume = ReadonlyMap<number, number>;

/** Usage category that counts the rows of a log, nearly. https://www.twilio.com/docs/usage/api/usage-record#usage-categories */
const categories: Partial<Record<SourceId, string>> = { messages: 'sms', calls: 'calls' };

/** Asks how many rows each day of the window has; `undefined` where Twilio counts none of the kind, or the window is too short to divide by days. */
export function volumeRequest(source: EvidenceSource, account: AccountSid, window: Window): TwilioRequest | undefined {
  const Category = categories[source.id];
  if (Category === undefined || secondsIn(window) * 1000 < 2 * span.day) return undefined;
  const [StartDate, EndDate] = [isoDay(window.from), isoDay(window.to)];
  return { operation: 'listUsageDaily', account, query: { Category, StartDate, EndDate, IncludeSubaccounts: 'false' } };
}

/** The counts of a reply to it. What is no count is left out. */
export function volumeOf(records: readonly JsonObject[]): DailyVolume {
  const volume = new Map<number, number>();
  for (const record of records) {
    const day = instantOf(record, 'start_date');
    const rows = numberOf(record, 'count') ?? 0;
    if (day !== undefined && rows > 0) volume.set(day, (volume.get(day) ?? 0) + rows);
  }
  return volume;
}

/** Slices for which there is room side by side, with some to spare. */
const plenty = 35;
/** Pages that a slice is cut to: the more there are in all, the longer it may be, and the fewer are half empty. */
const pagesOfSlice = { least: 2, most: 6 };
const mostSlices = 5000;
/** How full the last page of a slice is meant to be: a few rows more than expected should not take another one. */
const margin = 0.94;

/**
 * The window in parts of about as many rows each, taking the rows of a day as spread evenly over it, the shortest first: on the busiest day that
 * guess is worst and most may have to follow. `undefined` when the counts do not show more than a page. Counts are of what was billed, so they say how to divide the work and never whether everything came.
 * `now`: epoch milliseconds, up to which the last day was counted.
 */
export function partsByVolume(
  window: Window,
  volume: DailyVolume,
  { rowsPerPage, now }: { readonly rowsPerPage: number; readonly now: number },
): readonly Window[] | undefined {
  const days = daysOf(window).map((part) => {
    const whole = wholeDays({ from: part.from, to: part.from });
    const counted = secondsIn({ from: whole.from, to: Math.max(part.to, Math.min(whole.to, now)) });
    return { ...part, rows: ((volume.get(whole.from) ?? 0) * secondsIn(part)) / counted };
  });
  const total = days.reduce((sum, { rows }) => sum + rows, 0);
  if (!(total > rowsPerPage)) return undefined;
  const pages = Math.round(total / rowsPerPage / plenty);
  const wanted = rowsPerPage * (Math.min(pagesOfSlice.most, Math.max(pagesOfSlice.least, pages)) - 1 + margin);
  const slices = Math.min(mostSlices, Math.ceil(total / wanted));
  const parts: Window[] = [];
  let { to } = window;
  let edge = 1;
  let passed = 0;
  for (const day of days) {
    // The edges that fall into this day, counted from the newest.
    for (; edge < slices && (edge * total) / slices < passed + day.rows; edge += 1) {
      const share = ((edge * total) / slices - passed) / day.rows;
      const from = day.to + 1000 - Math.round(secondsIn(day) * share) * 1000;
      if (from > to || from <= window.from) continue;
      parts.push({ from, to });
      to = from - 1000;
    }
    passed += day.rows;
  }
  parts.push({ from: window.from, to });
  return parts.length > 1 ? parts.toSorted((a, b) => secondsIn(a) - secondsIn(b)) : undefined;
}

function isoDay(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}
