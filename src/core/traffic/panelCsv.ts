import { untrusted } from '../untrusted.ts';
import type { TrafficState } from './panelState.ts';

const head = [
  'country',
  'name',
  'flag',
  'from',
  'to',
  'messages',
  'expected',
  'excess',
  'blocked',
  'delivered',
  'cost',
  'currency',
  'other_costs',
  'cost_estimated',
  'without_price',
  'seven_days',
  'channel',
] as const;

/**
 * The panel's table as CSV (RFC 4180, with a line of names). Times are ISO 8601, UTC, `to` excluded; `cost` is in the dearest currency, more of
 * them are in `other_costs`. No cell is a formula.
 */
export function panelCsv({ rows, span, channel }: Pick<TrafficState, 'rows' | 'span' | 'channel'>): string {
  const text = (value: string): string => untrusted(value).for('csv');
  const [from = '', to = ''] = span ? [span.from, span.to].map((instant) => new Date(instant).toISOString()) : [];
  const lines = rows.map((row) => {
    const [cost, ...others] = row.cost;
    return [
      text(row.country),
      text(row.name),
      text(row.flag ?? ''),
      from,
      to,
      row.observed,
      round(row.expected),
      round(row.excess),
      row.blocked,
      row.delivered,
      cost ? amount(cost.amount) : '',
      text(cost?.currency ?? ''),
      text(others.map((other) => `${amount(other.amount)} ${other.currency}`).join('; ')),
      row.costEstimated ? 'yes' : 'no',
      row.unpriced,
      row.week,
      channel,
    ].join(',');
  });
  return `${[head.join(','), ...lines].join('\r\n')}\r\n`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Without the noise of binary sums: messages cost ten-thousandths. */
function amount(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
