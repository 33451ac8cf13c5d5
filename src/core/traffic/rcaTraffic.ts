import type { RcaFacts, TrafficRow } from '../rca/facts.ts';
import { hourly, type RankedCountry, rankCountries, seriesOf } from './ranking.ts';
import { gapsOf, type TrafficReport } from './report.ts';
import { countIn, firstHourOfLastDay } from './table.ts';

/** What an RCA says about traffic: the flagged countries in the panel's order, and what could not be read. */
export function trafficFacts(report: TrafficReport): Pick<RcaFacts, 'traffic' | 'gaps'> {
  const flagged = rankCountries(report).filter(({ flag }) => flag);
  return {
    traffic: flagged.map((country) => ({ ...rowOf(country), ...lastDayOf(report, country) })),
    gaps: gapsOf(report),
  };
}

function rowOf({ country, name, observed, lastDay, firstAt, ...ranked }: RankedCountry): TrafficRow {
  const [cost] = lastDay.cost;
  // Whole messages, as in the panel: the numbers of a row and those of several have to add up.
  const expected = Math.round(ranked.expected);
  // What is not priced and cannot be estimated makes the sum too low, so it is no more than an estimate either.
  const isEstimated = lastDay.costEstimated || lastDay.unpriced > 0;
  return {
    country,
    name,
    observed,
    expected,
    excess: observed - expected,
    ...(cost && { cost: cost.amount, currency: cost.currency, costEstimated: isEstimated }),
    blocked: lastDay.pumpingBlocked,
    ...(firstAt !== undefined && { firstSeen: firstAt }),
  };
}

const hour = 3_600_000;

/** When it began, when Twilio blocked, who sent, to which ranges: of the last 24 hours. */
function lastDayOf(
  report: TrafficReport,
  { country, topBlocks, lastDay, surge, label, until }: RankedCountry,
): Partial<TrafficRow> {
  const series = hourly(report, country);
  const { upper } = series;
  const from = series.from + firstHourOfLastDay * hour;
  const lastHours = series.sent.slice(firstHourOfLastDay);
  const isAbove = (sent: number, at: number): boolean => sent > (upper[firstHourOfLastDay + at] ?? 0);
  const above = lastHours.findIndex(isAbove);
  const lastHour = lastHours.findLastIndex(isAbove);
  const lastAbove = Math.min(until ?? from + (lastHour + 1) * hour, report.window.to);
  // The hour that is not over may not be above yet.
  const isOn = until === undefined && lastHour >= lastHours.length - 2;
  const blocked = series.blocked.slice(firstHourOfLastDay);
  const firstBlocked = blocked.findIndex((count) => count > 0);
  const lastBlocked = blocked.findLastIndex((count) => count > 0);
  const senders = report.accounts
    .map(({ account, name }) => ({
      sid: account,
      name,
      messages: countIn(seriesOf(report, country, account), 'sent', firstHourOfLastDay),
    }))
    .filter(({ messages }) => messages > 0)
    .toSorted((one, other) => other.messages - one.messages);
  return {
    delivered: lastDay.delivered,
    senders,
    ranges: topBlocks,
    ...(label && { label }),
    ...((until !== undefined || lastHour >= 0) && { lastAbove }),
    ...(isOn && { isOn }),
    ...(surge ? { since: surge.from } : above >= 0 && { since: from + above * hour }),
    ...(firstBlocked >= 0 && { blocking: { from: from + firstBlocked * hour, to: from + (lastBlocked + 1) * hour } }),
  };
}
