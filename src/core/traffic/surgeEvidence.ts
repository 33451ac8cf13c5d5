import type { CountryOrBucket } from './country.ts';
import { everywhereEvidence, neverSeenEvidence, volumeEvidence } from './detect/contextEvidence.ts';
import type { Case, Evidence, Missing } from './detect/evidence.ts';
import type { History } from './detect/history.ts';
import { outcomes, type SeriesRows } from './detect/rows.ts';
import { blockedEvidence, failedEvidence } from './detect/shareEvidence.ts';
import type { Weighed } from './detect/weigh.ts';
import { rangeCounts } from './rangeCounts.ts';
import type { CountrySeries } from './table.ts';

/** A surge in a series of hourly counts; hours of the window, `to` not included. */
export interface CountedSurge extends Pick<Case, 'observed' | 'expected' | 'logP' | 'commonRatio'> {
  readonly country: CountryOrBucket;
  readonly from: number;
  readonly to: number;
  readonly variance: number;
  readonly expectedInLastDay: number;
}

/** So many outcomes are weighed at most, in their shares: more would not say more, since the evidence of shares is capped. */
const mostOutcomes = 4000;

/** What hourly counts say for fraud and against it, and what they cannot say: who got the messages and from whom, and which codes were used. */
export function weighCounts(series: CountrySeries, surge: CountedSurge): Weighed {
  const { from, to, variance, country } = surge;
  const inside = countsBetween(series, from, to);
  const outcome = outcomeColumn(inside);
  const one: Case = {
    ...surge,
    rows: { ...countedRows('', country), outcome },
    range: { from: 0, to: outcome.length },
    history: historyBefore(series, from),
    account: { converted: 0, unconverted: 0, messages: 0, failed: 0 },
  };
  const shares: Case = { ...one, observed: outcome.length };
  const failed = failedEvidence(shares);
  const ranges = rangeCounts(series, surge);
  const evidence: readonly Evidence[] = [
    ranges,
    failed,
    blockedEvidence(shares),
    everywhereEvidence(one, variance),
    volumeEvidence(one, variance),
    neverSeenEvidence(one),
  ].filter((found) => found !== undefined);
  const missing: Missing[] = ['conversion', 'recipients', 'sender'];
  if (!failed) missing.push('outcomes');
  missing.push('history');
  return { evidence, missing, decades: evidence.reduce((sum, { decades }) => sum + decades, 0) };
}

/** A series of which only counts are known. */
export function countedRows(account: string, country: string): SeriesRows {
  const none: readonly number[] = [];
  const columns = { time: none, recipient: none, outcome: none, conversion: none, price: none, sender: none };
  return { account, channel: 'sms', country, ...columns, senders: [] };
}

interface Outcomes {
  readonly sent: number;
  readonly delivered: number;
  /** Without what Twilio blocked. */
  readonly failed: number;
  readonly blocked: number;
}

function countsBetween(series: CountrySeries, from: number, to: number): Outcomes {
  const sum = (column: Uint32Array): number => column.subarray(from, to).reduce((a, b) => a + b, 0);
  const blocked = sum(series.pumpingBlocked) + sum(series.guardBlocked);
  const failed = Math.max(0, sum(series.failed) - blocked);
  return { sent: sum(series.sent), delivered: sum(series.delivered), failed, blocked };
}

function outcomeColumn({ sent, delivered, failed, blocked }: Outcomes): Uint8Array {
  const scale = Math.min(1, mostOutcomes / Math.max(1, sent));
  const column = new Uint8Array(Math.round(sent * scale)).fill(outcomes.sent);
  let end = 0;
  for (const [code, count] of [
    [outcomes.delivered, delivered],
    [outcomes.failed, failed],
    [outcomes.pumpingBlocked, blocked],
  ] as const) {
    const begin = end;
    end += Math.round(count * scale);
    column.fill(code, begin, end);
  }
  return column;
}

function historyBefore(series: CountrySeries, until: number): History {
  const { sent, delivered, failed, blocked } = countsBetween(series, 0, until);
  return {
    messages: sent,
    delivered,
    failed,
    blocked,
    converted: 0,
    unconverted: 0,
    recipients: new Set(),
    blocks: [],
    repeated: 0,
    repeatable: 0,
    hours: new Float64Array(24),
    senders: new Float64Array(0),
  };
}
