import { Cancelled, UserError } from '../../errors.ts';
import { span } from '../../model/age.ts';
import type { AccountSid } from '../../model/sid.ts';
import type { Page } from '../../ports.ts';
import type { Window } from '../../traffic/window.ts';
import type { TwilioRequest } from '../../twilio/request.ts';
import { createDayCounts } from '../dailyRows.ts';
import type { CaptureWriter } from '../evidenceStore.ts';
import type { EvidenceSource } from '../source.ts';
import { secondsIn } from '../windows.ts';
import { type DailyVolume, partsByVolume } from './dailyVolume.ts';
import { ownerOf } from './heldAgain.ts';
import type { SliceTask } from './job.ts';
import { stopped } from './options.ts';
import { createRepeats, createSecondLook, pageFault } from './pageCheck.ts';
import { type PageRows, pageRows } from './pageRows.ts';
import { isLasting, whyOf } from './refusal.ts';
import type { createSeenRows } from './seenRows.ts';
import { sift } from './sift.ts';
import { cutsDays, halves, isPartOfDay, pagesLeft, partsOf, type Reading, sliceLength } from './splitting.ts';

/** How reading a slice ended, with the pages it probably has. */
export type SliceEnd =
  | {
      readonly kind: 'ended';
      readonly rows: number;
      /** Why it is incomplete; absent when it is complete. */
      readonly why?: string;
      readonly failed: boolean;
      /** What stopped it would stop everything else of this source and account. */
      readonly lasting: boolean;
      readonly pages: number;
    }
  /** Forgotten, to be read in parts. */
  | { readonly kind: 'split'; readonly parts: readonly Window[]; readonly pages: number }
  /** Forgotten, to be read as a whole day, because the server filters by days. */
  | { readonly kind: 'again'; readonly pages: number };

export interface SliceDeps {
  readonly writer: CaptureWriter;
  readonly seen: ReturnType<typeof createSeenRows>;
  /** The window asked for, for requests of states. */
  readonly window: Window;
  /** Reads a page, of a list that has about so many `left`. Throws `UserError` and `Cancelled`. */
  page(request: TwilioRequest, left: number): Promise<Page>;
  /** How many rows the source has each day, nearly; `undefined` where that cannot be told. Asked for at most once. */
  volume(): Promise<DailyVolume | undefined>;
  /** Epoch milliseconds at which the run began. */
  readonly now: number;
  /** So many more rows are with the writer; less than none when they were forgotten. */
  onRows(rows: number): void;
}

interface SliceOf {
  readonly source: EvidenceSource;
  readonly account: AccountSid;
  byDays: boolean;
  counted: number | undefined;
}

const mostPagesWithoutRows = 20;

/**
 * Reads a slice to its end, page after page, and hands its rows to the writer: those in its window, each once. It is complete only when the
 * list ended by itself and nothing about it was odd. Failures of Twilio end it as incomplete; what the writer throws is thrown on.
 */
export async function readSlice(deps: SliceDeps, of: SliceOf, { window, whole }: SliceTask): Promise<SliceEnd> {
  const { source, account } = of;
  const slice = deps.writer.begin({ source: source.id, account, ...(window && { window }) });
  const reader = deps.seen.reader(ownerOf(source.id, account));
  const cameBefore = createRepeats();
  // Pages there probably are: of a list that was not begun, nobody knows.
  let left = Number.POSITIVE_INFINITY;
  const days = source.unit === 'day' && window ? createDayCounts(window) : undefined;
  const sum = { rows: 0, pages: 0, received: 0, repeated: 0, odd: 0, first: Infinity, last: -Infinity };

  let writing: Promise<void> = Promise.resolve();

  const end = async (why: string | undefined, error?: Error): Promise<SliceEnd> => {
    await writing;
    const { rows, pages, first, last } = sum;
    const instants = first <= last ? { first, last } : {};
    const counts = days && { days: days.counts };
    await slice.end({ complete: why === undefined, ...(why !== undefined && { why }), ...instants, ...counts });
    reader.keep();
    const lasting = error instanceof UserError && isLasting(error);
    return { kind: 'ended', rows, pages, failed: error !== undefined, lasting, ...(why !== undefined && { why }) };
  };
  const forget = <End extends SliceEnd>(result: End): End => {
    slice.drop();
    reader.drop();
    deps.onRows(-sum.rows);
    return result;
  };

  const readList = async (list: TwilioRequest): Promise<SliceEnd | undefined> => {
    const asked = new Set<string>();
    const secondLook = createSecondLook();
    let barren = 0;
    left = Number.POSITIVE_INFINITY;
    for (let next: TwilioRequest | undefined = list, place = 0; next; place += 1) {
      const request: TwilioRequest = next;
      const page = await deps.page(request, left);
      const rows = pageRows(source, request, page);
      const early = await readPage(request, page, rows, place).finally(() => rows.drop());
      if (early) return early;
      barren = rows.items === 0 ? barren + 1 : 0;
      const link = page.next?.continueAt ?? '';
      if (page.next && (asked.has(link) || barren > mostPagesWithoutRows))
        return end('Twilio led in a circle from page to page; the rows after it are missing. Collect again.');
      asked.add(link);
      if (source.removable) secondLook.read(request, page, rows);
      next = page.next;
    }
    const again = async (request: TwilioRequest) => {
      const rows = pageRows(source, request, await deps.page(request, 1));
      rows.drop();
      return rows;
    };
    if (sum.repeated === 0 && !(await secondLook.same(again)))
      return end(
        'Rows were removed at Twilio, or added, while the list was read, so others may have moved out of sight. Collect again.',
      );
    return undefined;
  };

  /** Takes in a page. Resolves to the end of the slice when it is one. */
  const readPage = async (request: TwilioRequest, page: Page, rows: PageRows, place: number) => {
    sum.pages += 1;
    sum.received += rows.items;
    const { kept, instants, neighbours } = sift(rows.table, { window, reader, cameBefore }, sum);
    if (window && page.next) {
      const partial = !whole && isPartOfDay(window);
      if (partial && cutsDays(window) && neighbours * 10 > rows.table.rows) of.byDays = true;
      if (partial && of.byDays) return forget({ kind: 'again', pages: sum.pages });
      const reading = { window, pages: sum.pages, rows: sum.received, instants };
      left = pagesLeft(reading);
      const parts =
        (await partsByDays(reading)) ??
        partsOf(reading, { ...source, ...sliceLength(of.counted), wholeDays: whole || of.byDays });
      if (parts) return forget({ kind: 'split', parts, pages: parts.length * 2 });
    }
    const { proof, requestId, serverTime } = page;
    const sent = { ...(requestId && { requestId }), ...(serverTime !== undefined && { serverTime }) };
    // While this page is packed the next one is on its way, and no more than that is held of a slice.
    await writing;
    writing = rows.write(slice, kept, { ...proof, ...sent });
    // Whether it failed is asked later; until then nobody may take it for forgotten.
    writing.catch(() => undefined);
    sum.rows += kept.length;
    if (days) for (const row of kept) days.add(rows.table.at[row] ?? Number.NaN);
    deps.onRows(kept.length);
    const fault = pageFault(request, page, rows, place);
    if (fault !== undefined) return end(`${fault} Rows may be missing. Collect again.`);
    if (source.mostPerQuery !== undefined && sum.received >= source.mostPerQuery) return overflow(source.mostPerQuery);
    return undefined;
  };

  /** The parts that daily counts suggest for a window of several days: a single page of it tells little of the other end. */
  const partsByDays = async ({ window, pages, rows }: Reading) => {
    if (pages > 1 || whole || of.byDays || secondsIn(window) * 1000 < 2 * span.day) return undefined;
    const volume = await deps.volume();
    if (!volume) return undefined;
    if (volume.size > 0) of.counted = [...volume.values()].reduce((sum, count) => sum + count, 0) / rows;
    return partsByVolume(window, volume, { rowsPerPage: rows, now: deps.now });
  };

  const overflow = (most: number): Promise<SliceEnd> | SliceEnd => {
    const parts = window && halves(window, 4, whole || of.byDays);
    if (parts) return forget({ kind: 'split', parts, pages: parts.length * 2 });
    return end(
      `Twilio gives ${most.toLocaleString('en-US')} rows for one query at most, and there are as many in a time that cannot be divided: what is beyond cannot be read.`,
    );
  };

  try {
    for (const request of source.requests({ account, window: window ?? deps.window })) {
      const early = await readList(request).catch((error: unknown) => {
        if (source.mayLack && error instanceof UserError && error.code === 'not-found') return undefined;
        throw error;
      });
      if (early) return early;
    }
  } catch (error) {
    if (error instanceof Cancelled)
      return sum.pages === 0
        ? forget({ kind: 'ended', rows: 0, pages: 0, why: stopped, failed: false, lasting: false })
        : end(stopped);
    if (error instanceof UserError) return end(whyOf(error), error);
    throw error;
  }
  if (sum.repeated > 0)
    return end(
      `The list moved while it was read: ${sum.repeated} rows came twice, so others may be missing. Collect again.`,
    );
  if (sum.odd > 0)
    return end(`${sum.odd} rows have no date or nothing that tells them apart. They are kept as they came.`);
  return end(undefined);
}
