import type { TrafficState } from '../../src/core/traffic/panelState.ts';

type Row = TrafficState['rows'][number];

const from = Date.UTC(2026, 10, 14, 10);
const hours = 168;

/** Nothing read, nothing being read. */
export const emptyState: TrafficState = {
  accounts: [],
  account: null,
  window: null,
  reading: null,
  failure: null,
  gaps: [],
  rows: [],
  selected: null,
};

export function row(over: Partial<Row> = {}): Row {
  return {
    country: 'DE',
    name: 'Germany',
    flag: null,
    sentence: 'Germany: 412 messages in the last 24 h; 398 on a usual day.',
    observed: 412,
    expected: 398,
    excess: 14,
    blocked: 0,
    delivered: 401,
    cost: [{ currency: 'USD', amount: 31.4 }],
    unpriced: 0,
    week: 2810,
    ...over,
  };
}

/** A week with an attack from one country, a surge in another and `quiet` ordinary countries. */
export function attackState(quiet = 70): TrafficState {
  const flagged = [
    row({
      country: 'RU',
      name: 'Russia',
      flag: 'never-seen',
      sentence:
        'Russia: 5,120 messages in the last 24 h; none in the 6 days before. 38 % blocked by SMS Pumping Protection (30450). All in +7958111xxxx.',
      observed: 5120,
      expected: 0,
      excess: 5120,
      blocked: 1946,
      delivered: 2800,
      cost: [{ currency: 'USD', amount: 1433.6 }],
      unpriced: 120,
      week: 5120,
    }),
    row({
      country: 'LV',
      name: 'Latvia',
      flag: 'surging',
      sentence: 'Latvia: 610 messages in the last 24 h; 14 on a usual day (44 times).',
      observed: 610,
      expected: 14,
      excess: 596,
      blocked: 12,
    }),
  ];
  const ordinary = Array.from({ length: quiet }, (_, i) => {
    const country = `${String.fromCharCode(65 + Math.floor(i / 26))}${String.fromCharCode(65 + (i % 26))}`;
    return row({
      country: country as Row['country'],
      name: `Country ${country}`,
      observed: 900 - i * 11,
      week: 6000 - i * 70,
    });
  });
  return {
    ...emptyState,
    accounts: [
      { sid: `AC${'1'.repeat(32)}`, name: 'Northwind Pharmacy' },
      { sid: `AC${'2'.repeat(32)}`, name: 'Production OTP' },
    ],
    window: { from, to: from + (hours - 0.4) * 3_600_000 },
    rows: [...flagged, ...ordinary],
    selected: {
      country: 'RU',
      from,
      sent: Array.from({ length: hours }, (_, i) => (i < 160 ? 0 : 200 + (i - 160) * 120)),
      blocked: Array.from({ length: hours }, (_, i) => (i < 165 ? 0 : 160 + (i - 165) * 200)),
      expected: Array.from({ length: hours }, () => 0),
    },
  };
}
