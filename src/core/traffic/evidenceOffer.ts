import type { BeforeOffer } from './before.ts';
import { historyDays } from './detected.ts';
import type { TrafficReport } from './report.ts';
import { hours } from './window.ts';

/** Messages that Twilio lists on a page. */
const pageSize = 1000;

/**
 * What it would take to collect so many `days` before an incident's window, by what the report's own days hold; `undefined` where the detector judges
 * already, or there is nothing to judge. How long it takes is not known, 0 seconds: evidence is not timed.
 */
export function evidenceOffer(report: TrafficReport, days: number): BeforeOffer | undefined {
  const { accounts } = report;
  const counted = accounts.reduce((sum, { messages }) => sum + messages, 0);
  if (days <= 0 || counted === 0 || historyDays(report) !== undefined) return undefined;
  const perDay = counted / (hours / 24);
  return { days, requests: accounts.length * days + Math.floor((perDay * days) / pageSize), seconds: 0 };
}
