import { textOf } from '../model/json.ts';
import { minutePrice, segmentPrice, type UnitPrice } from '../traffic/priceList.ts';
import type { CapturedRow } from './evidenceStore.ts';

/** The list prices among captured rows of the source `prices`; of a country and unit the one captured last. */
export async function listPrices(rows: AsyncIterable<Pick<CapturedRow, 'row'>>): Promise<readonly UnitPrice[]> {
  const found = new Map<string, UnitPrice>();
  for await (const { row } of rows) {
    const price = textOf(row, 'url')?.includes('/Voice/') ? minutePrice(row) : segmentPrice(row);
    if (price) found.set(`${price.unit} ${price.country}`, price);
  }
  return [...found.values()];
}
