import { type JsonObject, numberOf, textOf } from '../../model/json.ts';
import type { Page } from '../../ports.ts';
import { operationOf } from '../../twilio/operations.ts';
import type { TwilioRequest } from '../../twilio/request.ts';
import { createNumberSet, hash53 } from '../numberSet.ts';
import type { PageRows } from './pageRows.ts';

/**
 * What a page says of itself that does not fit what came, as a sentence; `undefined` when nothing does. `place` is its place in its list, from 0.
 * v2010 lists count their rows over all pages (`start`, `end`), and every list numbers its pages.
 */
export function pageFault(
  request: TwilioRequest,
  { body }: Page,
  { items, odd }: Pick<PageRows, 'items' | 'odd'>,
  place: number,
): string | undefined {
  if (!operationOf(request.operation).list) return undefined;
  if (odd !== 0) return `${odd} entries of a page are no rows.`;
  const [start, end] = [whole(body, 'start'), whole(body, 'end')];
  const announced = start === undefined || end === undefined ? items : end - start + 1;
  // An empty page starts where it ends.
  if (announced !== items && !(items === 0 && announced === 1))
    return `Twilio announced ${announced} rows of a page and sent ${items}.`;
  const page = whole(body, 'page') ?? whole(metaOf(body), 'page');
  if (page !== undefined && page > place) return `Twilio went on to page ${page} where page ${place} was due.`;
  return undefined;
}

function metaOf(body: JsonObject): JsonObject {
  const { meta } = body;
  return typeof meta === 'object' && meta !== null && !Array.isArray(meta) ? (meta as JsonObject) : {};
}

function whole(body: JsonObject, name: string): number | undefined {
  const value = numberOf(body, name);
  return value !== undefined && Number.isInteger(value) ? value : undefined;
}

/**
 * Tells of each key whether the same list had it before, whatever state its row was in: then the list moved while it was read, and what
 * moved the other way was not seen. Keys as in `RowTable`. Takes 8 to 16 bytes for each; two keys of a million pass for one by a chance of one in ten thousand.
 */
export function createRepeats(): (key: number) => boolean {
  const seen = createNumberSet();
  return (key) => !seen.add(key);
}

/**
 * Whether the list goes on after the last row of this page, which its link names, rather than from a place in the list. Twilio's page tokens
 * are `PA` and the SID of that row (`PageToken=PASM…`); where they are not, rows that are removed move those behind them into a page that was read.
 */
export function goesOnAfterRow({ items, next }: Page, last = textOf(items.at(-1) ?? {}, 'sid')): boolean {
  return last !== undefined && (next?.continueAt ?? '').includes(last);
}

/**
 * A second look at the pages of a list that goes on from places. What was pushed out of sight while it was read can only have been so by
 * a row of a page before it that was removed; that page is then not what it was.
 */
export function createSecondLook() {
  const pages: { readonly request: TwilioRequest; readonly rows: number }[] = [];
  const rowsIn = ({ table }: Pick<PageRows, 'table'>) => hash53(table.keys.join());
  return {
    read(request: TwilioRequest, page: Page, rows: PageRows): void {
      if (page.next && !goesOnAfterRow(page, rows.last)) pages.push({ request, rows: rowsIn(rows) });
    },
    /** Reads these pages again with `again`; false when one holds other rows than it did. */
    async same(again: (request: TwilioRequest) => Promise<Pick<PageRows, 'table'>>): Promise<boolean> {
      for (const { request, rows } of pages) if (rowsIn(await again(request)) !== rows) return false;
      return true;
    },
  };
}
