import { count, finite, type Guard, list, nullable, oneOf, record, text } from '../guard.ts';
import type { BeforeOffer } from './before.ts';
import { channels } from './channel.ts';
import { isCountryOrBucket } from './country.ts';
import type { RowFinding, ShownRate } from './panelFinding.ts';
import type { TrafficState } from './panelState.ts';

type Detail = NonNullable<TrafficState['selected']>;

/** In UTF-16 units; names and sentences as long as `untrusted` lets them be. */
const longest = {
  name: 1600,
  sentence: 2400,
  body: 8000,
  sid: 34,
  accounts: 100_000,
  countries: 400,
  hours: 168,
} as const;
const hourly = list(finite, longest.hours);
const yesOrNo: Guard<boolean> = (value): value is boolean => typeof value === 'boolean';
const money = record<TrafficState['rows'][number]['cost'][number]>({ currency: text(10), amount: finite });
const hoursShown = record<{ readonly from: number; readonly to: number }>({ from: finite, to: finite });
const extent = oneOf('shown', 'last-day', 'unknown');

const rate = record<ShownRate>({ part: count, whole: count, normal: nullable(finite) });
const finding = record<RowFinding>({
  scope: oneOf('country', 'blocks'),
  from: finite,
  to: finite,
  observed: count,
  expected: finite,
  lower: finite,
  upper: finite,
  p: finite,
  q: finite,
  blocked: count,
  delivery: rate,
  conversion: rate,
  blocks: list(text(longest.name), 20),
  prefix: nullable(text(longest.name)),
  patterns: list(text(longest.name), 10),
  sentence: text(longest.sentence),
  missing: list(text(longest.name), 10),
});

const row = record<TrafficState['rows'][number]>({
  country: isCountryOrBucket,
  name: text(longest.name),
  flag: nullable(oneOf('never-seen', 'surging')),
  label: nullable(oneOf('fraud', 'review')),
  since: nullable(finite),
  until: nullable(finite),
  sentence: text(longest.sentence),
  verdict: text(longest.sentence),
  origin: text(longest.sentence),
  observed: count,
  expected: finite,
  excess: finite,
  blocked: count,
  delivered: count,
  unpriced: count,
  cost: list(money, 10),
  costEstimated: yesOrNo,
  week: count,
  finding: nullable(finding),
});

const headline = record<NonNullable<TrafficState['headline']>>({
  kind: oneOf('fraud', 'review', 'none'),
  countries: count,
  excess: count,
  cost: list(money, 10),
  costEstimated: yesOrNo,
  since: nullable(finite),
  isOlder: yesOrNo,
  until: nullable(finite),
});

const heatRow = record<TrafficState['heat'][number]>({
  country: isCountryOrBucket,
  name: text(longest.name),
  sent: hourly,
  above: list((value): value is 0 | 1 => value === 0 || value === 1, longest.hours),
});

const detail = record<Detail>({
  country: isCountryOrBucket,
  from: finite,
  sent: hourly,
  blocked: hourly,
  expected: hourly,
  lower: hourly,
  upper: hourly,
  rangesOf: extent,
  samplesOf: extent,
  usualFrom: count,
  ranges: list(
    record<Detail['ranges'][number]>({
      range: text(longest.name),
      messages: count,
      share: finite,
      before: nullable(finite),
    }),
    20,
  ),
  senders: list(
    record<Detail['senders'][number]>({
      sid: text(longest.sid),
      name: text(longest.name),
      messages: count,
      excess: finite,
    }),
    20,
  ),
  samples: list(
    record<Detail['samples'][number]>({
      at: finite,
      to: text(longest.name),
      from: text(longest.name),
      body: text(longest.body),
      outcome: text(longest.name),
    }),
    20,
  ),
});

/** True for the panel's state and nothing more: what the host pushes, as the page takes it. */
export const isTrafficState: Guard<TrafficState> = record<TrafficState>({
  accounts: list(
    record<TrafficState['accounts'][number]>({ sid: text(longest.sid), name: text(longest.name) }),
    longest.accounts,
  ),
  account: nullable(text(longest.sid)),
  window: nullable(hoursShown),
  channel: oneOf(...channels),
  channels: list(oneOf(...channels), channels.length),
  live: yesOrNo,
  begins: nullable(finite),
  headline: nullable(headline),
  span: nullable(
    record<NonNullable<TrafficState['span']>>({
      kind: oneOf('day', 'week', 'incident', 'brush'),
      from: finite,
      to: finite,
    }),
  ),
  spans: list(oneOf('day', 'week', 'incident'), 3),
  incident: nullable(
    record<NonNullable<TrafficState['incident']>>({ title: text(longest.name), window: nullable(hoursShown) }),
  ),
  reading: nullable(
    record<NonNullable<TrafficState['reading']>>({ rows: count, accountsDone: count, accounts: count }),
  ),
  judging: yesOrNo,
  offer: nullable(record<BeforeOffer>({ days: count, requests: count, seconds: count })),
  failure: nullable(text(longest.sentence)),
  gaps: list(text(longest.sentence), longest.accounts),
  comparison: text(longest.sentence),
  rows: list(row, longest.countries),
  heat: list(heatRow, longest.countries),
  selected: nullable(detail),
});
