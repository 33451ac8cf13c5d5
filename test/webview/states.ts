import type { TrafficState } from '../../src/core/traffic/panelState.ts';

type Row = TrafficState['rows'][number];

const from = Date.UTC(2026, 10, 14, 10);
const hours = 168;
const hour = 3_600_000;

/** Nothing read, nothing being read. */
export const emptyState: TrafficState = {
  accounts: [],
  account: null,
  window: null,
  span: null,
  channel: 'sms',
  channels: [],
  live: false,
  begins: null,
  headline: null,
  comparison: '',
  spans: [],
  incident: null,
  reading: null,
  judging: false,
  offer: null,
  failure: null,
  gaps: [],
  rows: [],
  heat: [],
  selected: null,
};

export function row(over: Partial<Row> = {}): Row {
  return {
    country: 'DE',
    name: 'Germany',
    flag: null,
    label: null,
    since: null,
    until: null,
    finding: null,
    verdict: '',
    sentence: 'Germany: 412 messages in the last 24 h; 398 on a usual day.',
    origin: '',
    observed: 412,
    expected: 398,
    excess: 14,
    blocked: 0,
    delivered: 401,
    cost: [{ currency: 'USD', amount: 31.4 }],
    costEstimated: false,
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
      label: 'fraud',
      since: Date.UTC(2026, 10, 20, 7),
      verdict: 'Since 20 Nov, 07:00 UTC: 5,120 messages where at most 1 was expected.',
      sentence:
        'Russia: 5,120 messages in the last 24 h; none in the 6 days before. 38 % blocked by SMS Pumping Protection (30450). All in +7958111xxxx.',
      origin: 'All from Production OTP.',
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
      label: 'review',
      verdict:
        'Since 20 Nov, 11:00 UTC: 598 messages where 8.2 were expected (at most 17). Volume alone: a campaign or a launch looks the same. Not known: which codes were used, who got them before, senders, weeks before.',
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
  const rows = [...flagged, ...ordinary];
  return {
    ...emptyState,
    accounts: [
      { sid: `AC${'1'.repeat(32)}`, name: 'Northwind Pharmacy' },
      { sid: `AC${'2'.repeat(32)}`, name: 'Production OTP' },
    ],
    window: { from, to: from + (hours - 0.4) * hour },
    span: { kind: 'day', from: from + 144 * hour, to: from + hours * hour },
    spans: ['day', 'week'],
    channels: ['sms', 'voice', 'verify'],
    comparison: 'Compared with the median of 6 days: too few for the whole detector.',
    headline: {
      kind: 'fraud',
      countries: 1,
      excess: 5120,
      cost: [{ currency: 'USD', amount: 1433.6 }],
      costEstimated: false,
      since: Date.UTC(2026, 10, 20, 7),
      isOlder: false,
      until: null,
    },
    rows,
    heat: rows.slice(0, 12).map(({ country, name }, i) => {
      const sent = i === 0 ? attack : i === 1 ? surge : rhythm(60 / i, i);
      return { country, name, sent, above: sent.map((count, at) => (i < 2 && at >= 155 && count > 20 ? 1 : 0)) };
    }),
    selected: {
      country: 'RU',
      from,
      sent: attack,
      blocked: Array.from({ length: hours }, (_, i) => (i < 165 ? 0 : 160 + (i - 165) * 200)),
      expected: Array.from({ length: hours }, () => 0),
      lower: Array.from({ length: hours }, () => 0),
      upper: Array.from({ length: hours }, () => 3),
      usualFrom: 0,
      rangesOf: 'shown',
      samplesOf: 'shown',
      ranges: [
        { range: '+7958111xxxx', messages: 4210, share: 0.822, before: 0 },
        { range: '+7958118xxxx', messages: 910, share: 0.178, before: null },
      ],
      senders: [
        { sid: `AC${'2'.repeat(32)}`, name: 'Production OTP', messages: 5118, excess: 5118 },
        { sid: `AC${'1'.repeat(32)}`, name: 'Northwind Pharmacy', messages: 2, excess: 2 },
      ],
      samples: [
        {
          at: from + 167.2 * hour,
          to: '+7958111xxxx',
          from: 'Northwind',
          body: 'Your Northwind code is XXXXXX. hxxps://evil[.]example/login',
          outcome: 'undelivered (30450)',
        },
      ],
    },
  };
}

const attack = Array.from({ length: hours }, (_, i) => (i < 160 ? 0 : 200 + (i - 160) * 120));
const surge = Array.from({ length: hours }, (_, i) => (i < 158 ? (i % 3 === 0 ? 1 : 0) : 50 + (i % 5) * 6));

function rhythm(level: number, shift: number): number[] {
  return Array.from({ length: hours }, (_, i) => Math.round(level * (1 + Math.sin(((i + shift) / 24) * 2 * Math.PI))));
}
