import { textOf } from './model/json.ts';
import type { Cancellation, Page, Twilio } from './ports.ts';
import type { TwilioRequest } from './twilio/request.ts';

/**
 * The pages read so far of one list, and where the next one starts. Immutable: loading more gives a new value, so a late
 * page can never land in a list that was refreshed meanwhile, and a failed page leaves the earlier ones as they are.
 */
export interface Pages<Row> {
  readonly rows: readonly Row[];
  /** Request for the page after these; absent when the list is complete. */
  readonly next?: TwilioRequest;
  /** Items received that `read` could not understand: never silently dropped from the count. */
  readonly unreadable: number;
  /** SIDs of the items received. Lists move while they are read, and what moved to the next page comes a second time. */
  readonly sids: ReadonlySet<string>;
}

/** Nothing read yet. */
export function unread<Row>(request: TwilioRequest): Pages<Row> {
  return { rows: [], next: request, unreadable: 0, sids: new Set() };
}

/** Reads one more page, leaving out items that came before; gives the same value back when the list is complete. */
export async function readMore<Row>(
  pages: Pages<Row>,
  twilio: Twilio,
  read: (item: Page['items'][number]) => Row | undefined,
  cancel?: Cancellation,
): Promise<Pages<Row>> {
  if (!pages.next) return pages;
  const page = await twilio.page(pages.next, cancel);
  const sids = new Set(pages.sids);
  const items = page.items.filter((item) => isNew(item, sids));
  const rows = items.map(read);
  const readable = rows.filter((row): row is NonNullable<typeof row> => row !== undefined);
  return {
    rows: [...pages.rows, ...readable],
    ...(page.next && { next: page.next }),
    unreadable: pages.unreadable + rows.length - readable.length,
    sids,
  };
}

/** Notes the item's SID; items without one cannot be told apart and all count. */
function isNew(item: Page['items'][number], sids: Set<string>): boolean {
  const sid = textOf(item, 'sid');
  if (sid === undefined) return true;
  const before = sids.size;
  return sids.add(sid).size > before;
}
