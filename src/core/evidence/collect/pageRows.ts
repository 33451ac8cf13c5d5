import { textOf } from '../../model/json.ts';
import type { Page } from '../../ports.ts';
import { operationOf } from '../../twilio/operations.ts';
import type { TwilioRequest } from '../../twilio/request.ts';
import type { CaptureWriter } from '../evidenceStore.ts';
import { type HeldRows, rowsAt } from '../heldRows.ts';
import type { EvidenceSource } from '../source.ts';
import { tableOf } from './rowTable.ts';

/** The rows of a page, wherever they are. */
export type PageRows = Pick<HeldRows, 'table' | 'items' | 'odd' | 'last' | 'drop'> & {
  /** Hands the rows at these places to the writer. */
  write(slice: ReturnType<CaptureWriter['begin']>, places: Uint32Array, proof: Page['proof']): Promise<void>;
};

export function pageRows(source: EvidenceSource, request: TwilioRequest, page: Page): PageRows {
  const { held } = page;
  if (held) {
    const { table, items, odd, last } = held;
    return {
      table,
      items,
      odd,
      ...(last !== undefined && { last }),
      drop: () => held.drop(),
      write: (slice, places, proof) => slice.held(held, places, { ...proof, rows: places.length }),
    };
  }
  const rows = source.rows ? page.items.flatMap((item) => source.rows?.(item) ?? []) : page.items;
  const { list } = operationOf(request.operation);
  const listed = list && page.body[list.items];
  const last = textOf(page.items.at(-1) ?? {}, 'sid');
  return {
    table: tableOf(source, rows),
    items: page.items.length,
    odd: Array.isArray(listed) ? listed.length - page.items.length : 0,
    ...(last !== undefined && { last }),
    drop: () => undefined,
    write(slice, places, proof) {
      const kept = rowsAt(rows, places);
      return slice.page(kept, { ...proof, rows: kept.length });
    },
  };
}
