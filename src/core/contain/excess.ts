import type { AccountSid } from '../model/sid.ts';
import { gapsOf, type TrafficReport } from '../traffic/report.ts';
import { surgesOf } from '../traffic/surges.ts';
import { countIn } from '../traffic/table.ts';
import type { Known } from './action.ts';

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
  /** Of these countries, those to which no other account of the report sent anything. */
  readonly onlyHere?: ReadonlySet<string>;
}

/** The accounts of a report whose messages surge, the largest excess first. */
export function attackedAccounts(report: TrafficReport): readonly AttackedAccount[] {
  const sum = ({ excess }: AttackedAccount): number => [...excess.values()].reduce((a, b) => a + b, 0);
  return report.accounts
    .map(({ account, name }): AttackedAccount => {
      const excess = excessOf(report, account);
      const onlyHere = new Set([...excess.keys()].filter((country) => !sentElsewhere(report, account, country)));
      return { account, name, excess, onlyHere };
    })
    .filter(({ excess }) => excess.size > 0)
    .toSorted((a, b) => sum(b) - sum(a));
}

/** True when another account sent there, or may have: of one that was not read whole nobody knows. */
function sentElsewhere({ accounts, gaps }: TrafficReport, account: AccountSid, country: string): boolean {
  const others = accounts.filter((one) => one.account !== account);
  const sent = others.some(({ table, missing }) => {
    const series = [...table].filter(([iso]) => iso === country).map(([, one]) => one);
    return missing !== undefined || countIn(series, 'sent', 0) > 0;
  });
  return sent || gaps.length > 0;
}

/** True when messages surge somewhere, and something beside their number says that it is fraud. */
export function isPumping(report: TrafficReport): boolean {
  return [...surgesOf(report).values()].flat().some(({ label }) => label === 'fraud');
}

/** What each account of a report sent to a country; those of which nothing is known are left out. */
export function sentTo(report: TrafficReport, country: string): ReturnType<NonNullable<Known['sentTo']>> {
  const accounts = report.accounts.flatMap(({ account, name, table }) => {
    const messages = countIn(
      [...table].filter(([iso]) => iso === country).map(([, series]) => series),
      'sent',
    );
    return messages > 0 ? [{ account, name, messages }] : [];
  });
  return { accounts, until: report.window.to, incomplete: gapsOf(report).length > 0 };
}
