import { numberOf, textOf } from '../model/json.ts';
import { countryOf } from '../traffic/country.ts';
import type { CapturedRow } from './evidenceStore.ts';

/**
 * The countries of outbound messages and calls that have no price yet, those with most of them first: ISO 3166-1 alpha-2. Numbers of no single
 * country have no list price. `undefined` when there are no messages and no calls, so that nothing can be said of what they need.
 */
export async function unpricedCountries(
  rows: AsyncIterable<Pick<CapturedRow, 'row'>>,
): Promise<readonly string[] | undefined> {
  const open = new Map<string, number>();
  let any = false;
  for await (const { row } of rows) {
    any = true;
    if (numberOf(row, 'price') !== undefined || !textOf(row, 'direction')?.startsWith('outbound')) continue;
    const country = countryOf(textOf(row, 'to') ?? '');
    if (/^[A-Z]{2}$/.test(country)) open.set(country, (open.get(country) ?? 0) + 1);
  }
  return any ? [...open].sort(([, a], [, b]) => b - a).map(([country]) => country) : undefined;
}
