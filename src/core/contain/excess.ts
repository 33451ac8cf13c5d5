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

/** An account whose messages to some country surge. The name is hostile text. */
export interface AttackedAccount {
  readonly account: AccountSid;
  readonly name: string;
  /** Messages above what was expected, by country. */
  readonly excess: ReadonlyMap<string, number>;
}

/** The accounts of a report whose messages surge, the largest excess first. */
export function attackedAccounts(report: TrafficReport): readonly AttackedAccount[] {
  const sum = ({ excess }: AttackedAccount): number => [...excess.values()].reduce((a, b) => a + b, 0);
  return report.accounts
    .map(({ account, name }): AttackedAccount => ({ account, name, excess: excessOf(report, account) }))
    .filter(({ excess }) => excess.size > 0)
    .toSorted((a, b) => sum(b) - sum(a));
}
