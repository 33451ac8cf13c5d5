import { throwIfCancelled } from '../cancellation.ts';
import { UserError } from '../errors.ts';
import type { HeldCapture } from '../evidence/heldCaptures.ts';
import { numberOf, textOf } from '../model/json.ts';
import { readMore, unread } from '../pages.ts';
import type { Cancellation, Page, Twilio } from '../ports.ts';
import type { TrafficSource } from '../traffic/report.ts';
import { uncapturedDays } from './days.ts';
import { type ExportedDay, type ExportType, exportTypes } from './exportedDay.ts';

/** What a baseline is to be made of. */
export interface BaselineScope {
  readonly accounts: readonly TrafficSource[];
  readonly types: readonly ExportType[];
  /** UTC days, oldest first. */
  readonly days: readonly string[];
}

/** How far the baseline of one account's messages or calls is. */
export interface Surveyed {
  readonly account: TrafficSource;
  readonly type: ExportType;
  /** How many days are captured already. */
  readonly captured: number;
  /** Days whose files lie at Twilio and are not captured yet, oldest first. */
  readonly ready: readonly ExportedDay[];
  /** Days that would have to be exported first, oldest first. */
  readonly missing: readonly string[];
  /** Why it is not known what lies at Twilio, as a sentence; nothing is `ready` or `missing` then. */
  readonly failure?: string;
}

/** Looks which exported days there are, without side effect at Twilio. What cannot be listed is told in the result. */
export async function surveyExports(
  twilio: Twilio,
  { accounts, types, days }: BaselineScope,
  held: readonly Pick<HeldCapture, 'capture'>[],
  cancel?: Cancellation,
): Promise<readonly Surveyed[]> {
  const parts = accounts.flatMap((account) => types.map((type) => ({ account, type })));
  return Promise.all(
    parts.map(async ({ account, type }): Promise<Surveyed> => {
      throwIfCancelled(cancel);
      const slices = held
        .filter(({ capture }) => capture.source === exportTypes[type])
        .flatMap(({ capture }) => capture.slices.filter((slice) => slice.account === account.account));
      const wanted = uncapturedDays(days, slices);
      const known = { account, type, captured: days.length - wanted.length };
      if (wanted.length === 0) return { ...known, ready: [], missing: [] };
      try {
        const there = await listDays(twilio, account, type, cancel);
        const ready = wanted.flatMap((day) => there.get(day) ?? []);
        return { ...known, ready, missing: wanted.filter((day) => !there.has(day)) };
      } catch (reason) {
        if (!(reason instanceof UserError)) throw reason;
        return { ...known, ready: [], missing: [], failure: reason.message };
      }
    }),
  );
}

/** https://www.twilio.com/docs/usage/bulkexport/day#read-multiple-day-resources */
async function listDays(
  twilio: Twilio,
  { account }: TrafficSource,
  type: ExportType,
  cancel: Cancellation | undefined,
): Promise<ReadonlyMap<string, ExportedDay>> {
  const read = (item: Page['items'][number]): ExportedDay | undefined => {
    const day = textOf(item, 'day');
    const size = numberOf(item, 'size');
    if (day === undefined || !/^\d{4}-\d\d-\d\d$/.test(day)) return undefined;
    return { account, type, day, ...(size !== undefined && size > 0 && { size }) };
  };
  let pages = unread<ExportedDay>({ operation: 'listExportDays', account, path: { ResourceType: type } });
  while (pages.next) pages = await readMore(pages, twilio, read, cancel);
  return new Map(pages.rows.map((day) => [day.day, day]));
}
