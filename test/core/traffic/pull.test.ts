import { describe, expect, it } from 'vitest';
import { createCancellation } from '../../../src/core/cancellation.ts';
import { UserError } from '../../../src/core/errors.ts';
import type { JsonObject } from '../../../src/core/model/json.ts';
import { pullTraffic } from '../../../src/core/traffic/pull.ts';
import type { TrafficProgress, TrafficReport } from '../../../src/core/traffic/report.ts';
import { costIn, countIn } from '../../../src/core/traffic/table.ts';
import { daysOf, hours, windowEndingAt } from '../../../src/core/traffic/window.ts';
import { proof } from '../fakeTwilio.ts';
import { type FakeOptions, fakeTwilio, hour, main, message, messages, now, sub } from './fakeTwilio.ts';

const both = [
  { account: main, name: 'Acme' },
  { account: sub, name: 'Acme OTP' },
];
const one = both.slice(0, 1);
/** A message every 4 minutes over the whole week: 2,500 of them. */
const week = messages(2500, (i) => (i * 165) / 2500);

function sent(report: TrafficReport, country: string): number {
  return countIn(
    report.accounts.flatMap(({ table }) => [...table].filter(([key]) => key === country).map(([, series]) => series)),
    'sent',
  );
}

async function pull(rows: readonly JsonObject[], options: FakeOptions = {}) {
  const { twilio, asked } = fakeTwilio({ [main]: rows }, options);
  return { report: await pullTraffic(twilio, one, { now }), asked };
}

describe('the window', () => {
  it('is seven days of whole hours, the last one still filling', () => {
    const window = windowEndingAt(now);
    expect(window).toEqual({ from: Date.UTC(2026, 10, 14, 10), to: now });
    expect((window.to - window.from) / hour).toBeGreaterThan(hours - 1);
  });

  it('is cut into days that neither overlap nor leave a second out', () => {
    const days = daysOf(windowEndingAt(now));
    expect(days).toHaveLength(8);
    expect(days[0]).toEqual({ from: Date.UTC(2026, 10, 21), to: now });
    expect(days.at(-1)?.from).toBe(windowEndingAt(now).from);
    days.slice(1).forEach((day, i) => {
      expect(day.to + 1000).toBe(days[i]?.from);
    });
  });
});

describe('pullTraffic', () => {
  it('takes one request for an account whose week fits on a page', async () => {
    const { report, asked } = await pull(messages(90, (i) => i));
    expect(asked).toHaveLength(1);
    expect(asked[0]?.query).toEqual({ 'DateSent>': '2026-11-14T10:00:00Z', 'DateSent<': '2026-11-21T09:36:12Z' });
    expect(report.accounts[0]).toMatchObject({ messages: 90 });
    expect(report.accounts[0]?.missing).toBeUndefined();
  });

  it('splits a longer week into days and counts every message once', async () => {
    const { report, asked } = await pull(week);
    expect(report.accounts[0]?.messages).toBe(2500);
    expect(sent(report, 'DE')).toBe(2500);
    // The week once, then its eight days.
    expect(new Set(asked.map(({ query }) => JSON.stringify(query))).size).toBe(9);
  });

  it('asks for the days at the same time', async () => {
    let waiting = 0;
    let most = 0;
    const { twilio } = fakeTwilio({ [main]: week });
    const slow = {
      ...twilio,
      async page(...call: Parameters<typeof twilio.page>) {
        waiting++;
        most = Math.max(most, waiting);
        await new Promise((later) => setTimeout(later, 1));
        waiting--;
        return twilio.page(...call);
      },
    };
    await pullTraffic(slow, one, { now });
    expect(most).toBe(8);
  });

  it('counts a message once when pages overlap', async () => {
    const { report } = await pull(week, { overlap: 7 });
    expect(report.accounts[0]?.messages).toBe(2500);
  });

  it('counts the same when Twilio reads its date filter by day', async () => {
    const early = messages(40, (i) => 168 + i / 20);
    const { report } = await pull([...week, ...early], { byDay: true });
    expect(sent(report, 'DE')).toBe(2500);
  });

  it('leaves out what was sent after it began', async () => {
    const { twilio } = fakeTwilio({});
    const late = { ...twilio, page: async () => ({ status: 200, body: {}, proof, items: [message(-1), message(1)] }) };
    const report = await pullTraffic(late, one, { now });
    expect(report.accounts[0]?.messages).toBe(1);
  });

  it('counts outbound messages alone, by what became of them', async () => {
    const { report } = await pull([
      message(1, { direction: 'inbound' }),
      message(1, { direction: 'outbound-reply' }),
      message(2, { status: 'undelivered', error_code: 30450, price: null }),
      message(2, { status: 'failed', error_code: '60410', price: null }),
      message(2, { status: 'sent', price: null }),
      message(2, { price: '-0.10', price_unit: 'EUR' }),
    ]);
    const series = [...(report.accounts[0]?.table.values() ?? [])];
    const count = (column: Parameters<typeof countIn>[1]): number => countIn(series, column);
    expect(count('sent')).toBe(5);
    expect(count('delivered')).toBe(2);
    expect(count('failed')).toBe(2);
    expect(count('pumpingBlocked')).toBe(1);
    expect(count('guardBlocked')).toBe(1);
    expect(count('unpriced')).toBe(1);
    expect(costIn(series)).toEqual([
      { currency: 'EUR', amount: 0.1 },
      { currency: 'USD', amount: 0.075 },
    ]);
  });

  it('counts messages without a sending date by when they were created', async () => {
    const { report } = await pull([message(3, { date_sent: null })]);
    expect(report.accounts[0]?.messages).toBe(1);
  });

  it('says which account is incomplete and why, and keeps what was read', async () => {
    const refused = new UserError('throttled', 'Twilio is too busy.');
    const { twilio } = fakeTwilio(
      { [main]: week, [sub]: messages(10, (i) => i) },
      {
        before(request) {
          if (request.continueAt && request.query?.['DateSent>']?.includes('2026-11-18')) throw refused;
        },
      },
    );
    const report = await pullTraffic(twilio, both, { now });
    const [broken, whole] = report.accounts;
    expect(broken?.missing).toBe('Twilio is too busy.');
    expect(broken?.messages).toBeGreaterThan(2100);
    expect(broken?.messages).toBeLessThan(2500);
    expect(whole).toMatchObject({ messages: 10 });
    expect(whole?.missing).toBeUndefined();
  });

  it('stops when told to and calls the result incomplete', async () => {
    const { signal, abort } = createCancellation();
    const { twilio } = fakeTwilio({ [main]: week }, { before: (_, page) => page >= 12 && abort() });
    const { accounts } = await pullTraffic(twilio, one, { now, cancel: signal });
    expect(accounts[0]?.missing).toBe('Stopped before everything was read.');
    expect(accounts[0]?.messages).toBeGreaterThan(0);
    expect(accounts[0]?.messages).toBeLessThan(2500);
  });

  it('says so when rows cannot be read, and when pages go in a circle', async () => {
    const { report } = await pull([message(1), message(1, { direction: undefined }), message(1, { sid: null })]);
    expect(report.accounts[0]).toMatchObject({
      messages: 1,
      missing: '2 messages had no SID, date or direction and are not counted.',
    });
    const { report: circling } = await pull(week, { overlap: 100 });
    expect(circling.accounts[0]?.missing).toContain('same next page twice');
  });

  it('does not hide a fault of its own', async () => {
    const fault = new TypeError('bug');
    const broken = pull(week, {
      before() {
        throw fault;
      },
    });
    await expect(broken).rejects.toBe(fault);
  });

  it('reports rows and accounts as they come', async () => {
    const seen: TrafficProgress[] = [];
    const { twilio } = fakeTwilio({ [main]: week, [sub]: [] });
    await pullTraffic(twilio, both, { now, onProgress: (progress) => seen.push(progress) });
    expect(seen[0]).toEqual({ rows: 0, accountsDone: 0, accounts: 2 });
    expect(seen.at(-1)).toEqual({ rows: 2600, accountsDone: 2, accounts: 2 });
    seen.slice(1).forEach((progress, i) => {
      expect(progress.rows).toBeGreaterThanOrEqual(seen[i]?.rows ?? 0);
    });
  });
});
