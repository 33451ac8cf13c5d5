import { expect, test } from 'vitest';
import type { CapturedRow } from '../../../src/core/evidence/evidenceStore.ts';
import type { SourceId } from '../../../src/core/evidence/source.ts';
import type { JsonObject } from '../../../src/core/model/json.ts';
import { readLogFacts } from '../../../src/core/rca/logFacts.ts';
import { main, noon } from '../incidentView/facts.ts';

const hour = 3_600_000;
const iso = (at: number) => new Date(at).toISOString();
const row = (source: SourceId, line: number, fields: JsonObject): CapturedRow => ({
  source,
  account: main,
  file: `evidence/${source}-0001.jsonl.gz`,
  line,
  row: fields,
});
const scope = {
  window: { from: noon - 10 * hour, to: noon },
  onset: noon - 3 * hour,
  idOf: (file: string) => (file.includes('events') ? 'E1' : file.includes('other') ? undefined : 'E2'),
};
const event = (type: string, at: number, line: number) =>
  row('events', line, {
    sid: `AE${line}`,
    event_type: type,
    event_date: iso(at),
    source: 'api',
    source_ip_address: '203.0.113.42',
  });

test('security events are told in time, each with its line; everyday ones and those outside the window are not', async () => {
  const { events } = await readLogFacts(
    [
      event('account-api-keys.created', noon - hour, 7),
      event('user-session.created', noon - 2 * hour, 8),
      event('something.else', noon - hour, 9),
      event('account-api-keys.created', noon + hour, 10),
      event('account-api-keys.created', noon - 11 * hour, 11),
    ],
    scope,
  );
  expect(events.map(({ title, citations }) => [title, citations])).toEqual([
    ['Console login', ['E1:8']],
    ['API key created', ['E1:7']],
  ]);
});

test('alerts are counted by fraud code, with the first and the last', async () => {
  const alert = (code: string, at: number, line: number) =>
    row('alerts', line, { error_code: code, date_generated: iso(at) });
  const { codes } = await readLogFacts(
    [
      alert('30450', noon - hour, 1),
      alert('30450', noon - 2 * hour, 2),
      alert('11200', noon, 3),
      alert('20003', noon, 4),
    ],
    scope,
  );
  expect(codes).toEqual([
    { code: 30450, count: 2, first: noon - 2 * hour, last: noon - hour, citations: ['E2:1'] },
    { code: 20003, count: 1, first: noon, last: noon, citations: ['E2:4'] },
  ]);
});

test('conversion is told before and since the onset, and without one over the whole window', async () => {
  const attempt = (status: string, at: number, line: number) =>
    row('attempts', line, { conversion_status: status, date_created: iso(at) });
  const rows = [
    attempt('CONVERTED', noon - 5 * hour, 1),
    attempt('unconverted', noon - 4 * hour, 2),
    attempt('unconverted', noon - 3 * hour, 3),
    attempt('converted', noon + hour, 4),
  ];
  const { conversions } = await readLogFacts(rows, scope);
  expect(conversions).toEqual({
    before: { attempts: 2, converted: 1 },
    since: { attempts: 1, converted: 0 },
    citations: ['E2'],
  });
  const { onset: _, ...whole } = scope;
  expect((await readLogFacts(rows, whole)).conversions?.before).toEqual({ attempts: 3, converted: 1 });
  expect(await readLogFacts([], scope)).toEqual({ events: [], codes: [] });
});

test('outbound calls are summed up by destination; what has no price is not called free', async () => {
  const call = (to: string, duration: string, price: string | null, line: number, direction = 'outbound-api') =>
    row('calls', line, { to, duration, price, price_unit: 'usd', direction, start_time: iso(noon - hour) });
  const { calls } = await readLogFacts(
    [
      call('+5352345678', '61', '-0.50', 1),
      call('+5352345679', '3600', null, 2),
      call('+14155550100', '10', '-0.01', 3),
      call('+14155550100', '900', '-9', 4, 'inbound'),
    ],
    scope,
  );
  expect(calls).toMatchObject({ calls: 3, minutes: 63, longestSeconds: 3600, unpriced: 1, citations: ['E2'] });
  expect(calls?.cost).toEqual([{ currency: 'USD', amount: 0.51 }]);
  expect(calls?.destinations.map(({ name, minutes }) => [name, minutes])).toEqual([
    ['Cuba', 62],
    ['United States', 1],
  ]);
});
