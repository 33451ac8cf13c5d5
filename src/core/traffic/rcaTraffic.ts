import type { RcaFacts, TrafficRow } from '../rca/facts.ts';
import { type RankedCountry, rankCountries } from './ranking.ts';
import { gapsOf, type TrafficReport } from './report.ts';

/** What an RCA says about traffic: the flagged countries in the panel's order, and what could not be read. */
export function trafficFacts(report: TrafficReport): Pick<RcaFacts, 'traffic' | 'gaps'> {
  const flagged = rankCountries(report).filter(({ flag }) => flag);
  return { traffic: flagged.map(rowOf), gaps: gapsOf(report) };
}

function rowOf({ country, name, observed, expected, excess, lastDay, firstAt }: RankedCountry): TrafficRow {
  const [cost] = lastDay.cost;
  return {
    country,
    name,
    observed,
    expected,
    excess,
    ...(cost && { cost: cost.amount, currency: cost.currency }),
    blocked: lastDay.pumpingBlocked,
    ...(firstAt !== undefined && { firstSeen: firstAt }),
  };
}
