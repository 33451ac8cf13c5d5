import { usualTollDestinations } from '../traffic/premiumRanges.ts';
import type { Facts } from './facts.ts';
import { hasHistory } from './hourly.ts';
import { notEnough, say, unread } from './results.ts';
import type { SignalResult } from './signal.ts';

/** Why nothing can be said of calls, where it cannot. */
export function withoutCalls(facts: Facts, needsHistory: boolean): SignalResult | undefined {
  const missing = unread(facts, ['calls']);
  if (missing) return missing;
  const { rows } = facts.calls;
  const { historyDays } = facts.thresholds;
  // No call at all is an answer; a few days of calls are no measure of what is usual.
  if (!needsHistory || rows.rows === 0 || hasHistory(rows, historyDays)) return undefined;
  return notEnough(
    say`Less than ${historyDays} days of calls were collected: what is usual cannot be told. Collect a longer window.`,
  );
}

/** Whether a call went where toll fraud goes: a premium or satellite range, or a country the guide names. */
export function isTollDestination({ calls }: Facts, row: number): boolean {
  return (
    calls.rows.premium[row] === 1 || usualTollDestinations.has(calls.countries[calls.rows.country[row] ?? 0] ?? '')
  );
}

/** Where the places of captured rows are told. */
export function refsOf({ calls, ref }: Facts, rows: readonly number[]): readonly string[] {
  return rows.map((row) => ref(calls.rows.ref[row] ?? 0));
}
