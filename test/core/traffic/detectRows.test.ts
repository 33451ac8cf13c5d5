import { expect, test } from 'vitest';
import { conversions, outcomes } from '../../../src/core/traffic/detect/rows.ts';
import { createDetectRows, type DetectedMessage } from '../../../src/core/traffic/detectRows.ts';

const at = Date.UTC(2026, 10, 20, 10);

function message(number: number, fields: Partial<DetectedMessage> = {}): DetectedMessage {
  return {
    sid: `SM${number.toString(16).padStart(32, '0')}`,
    at: at + number * 1000,
    updated: at + number * 1000,
    to: '+37125550100',
    outbound: true,
    status: 'delivered',
    errorCode: undefined,
    segments: 1,
    price: 0.05,
    currency: 'USD',
    from: '+14155550100',
    ...fields,
  };
}

test('rows are cut by account and country, each in the order of time', () => {
  const rows = createDetectRows('sms');
  rows.add('AC1', message(9, { errorCode: 30450, status: 'undelivered', price: undefined }));
  rows.add('AC1', message(3, { status: 'failed', service: `MG${'a'.repeat(32)}` }));
  rows.add('AC1', message(5, { to: '+7958111XXXX', from: 'SHOP' }));
  rows.add('AC2', message(4));
  const series = rows.series();
  expect(series.map(({ account, country, channel, time }) => [account, country, channel, time.length])).toEqual([
    ['AC1', 'LV', 'sms', 2],
    ['AC1', 'RU', 'sms', 1],
    ['AC2', 'LV', 'sms', 1],
  ]);
  const [latvia, russia] = series;
  expect(Array.from(latvia?.time ?? [])).toEqual([at / 1000 + 3, at / 1000 + 9]);
  expect(Array.from(latvia?.outcome ?? [])).toEqual([outcomes.failed, outcomes.pumpingBlocked]);
  expect(Array.from(latvia?.price ?? [])).toEqual([50_000, Number.NaN]);
  expect(latvia?.senders[latvia.sender[0] ?? -1]).toMatchObject({ kind: 'service' });
  expect(russia?.recipient[0]).toBe(0);
  expect(russia?.senders[russia.sender[0] ?? -1]).toEqual({ name: 'SHOP', kind: 'alphanumeric' });
});

test('a message that is there again counts once, as it was updated last, whatever came first', () => {
  const rows = createDetectRows('sms');
  const count = 3000;
  for (let n = 0; n < count; n++) rows.add('AC1', message(n, { status: 'delivered', updated: at + 2000 }));
  for (let n = 0; n < count; n += 2) rows.add('AC1', message(n, { status: 'sent', updated: at + 1000 }));
  for (let n = 0; n < count; n += 3) rows.add('AC1', message(n, { status: 'failed', updated: at + 3000 }));
  const [one, ...more] = rows.series();
  expect(more).toEqual([]);
  expect(one?.time.length).toBe(count);
  const found = Array.from(one?.outcome ?? []);
  expect(found.map((outcome, n) => outcome === (n % 3 === 0 ? outcomes.failed : outcomes.delivered))).not.toContain(
    false,
  );
});

test('prices of different currencies are not added up: those of the one that came first count, account by account', () => {
  const rows = createDetectRows('sms');
  rows.add('AC1', message(1));
  rows.add('AC1', message(2, { currency: 'EUR' }));
  rows.add('AC2', message(3, { currency: 'EUR' }));
  const prices = rows.series().map(({ price }) => Array.from(price));
  expect(prices).toEqual([[50_000, Number.NaN], [50_000]]);
});

test('attempts tell whether their codes were entered; other rows do not', () => {
  const attempts = createDetectRows('verify');
  attempts.add('AC1', message(1, { sid: `VL${'1'.repeat(32)}` }));
  attempts.add('AC1', message(2, { sid: `VL${'2'.repeat(32)}`, status: 'unconverted' }));
  expect(Array.from(attempts.series()[0]?.conversion ?? [])).toEqual([conversions.converted, conversions.unconverted]);
  const calls = createDetectRows('voice');
  calls.add('AC1', message(1, { sid: `CA${'1'.repeat(32)}` }));
  expect(Array.from(calls.series()[0]?.conversion ?? [])).toEqual([conversions.unknown]);
  expect(createDetectRows('sms').series()).toEqual([]);
});
