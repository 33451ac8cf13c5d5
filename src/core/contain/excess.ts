import type { AccountSid } from '../model/sid.ts';
import type { TrafficReport } from '../traffic/report.ts';
import { surgesOf } from '../traffic/surges.ts';

/** Messages above what was expected, by country, of one account, for the countries where they are found to surge. */
export function excessOf(report: TrafficReport, account: AccountSid): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const [country, surges] of surgesOf(report))
    for (const surge of surges)
      if (surge.account === account) found.set(country, Math.max(found.get(country) ?? 0, Math.round(surge.excess)));
  return found;
}
