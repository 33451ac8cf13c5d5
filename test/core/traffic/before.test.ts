import { describe, expect, it } from 'vitest';
import { createCancellation } from '../../../src/core/cancellation.ts';
import { Cancelled, UserError } from '../../../src/core/errors.ts';
import type { JsonObject } from '../../../src/core/model/json.ts';
import type { Twilio } from '../../../src/core/ports.ts';
import { beforeOffer, type Detect, isCheap, windowBefore } from '../../../src/core/traffic/before.ts';
import { comparisonOf, judged } from '../../../src/core/traffic/detected.ts';
import { detectSteps } from '../../../src/core/traffic/detectTraffic.ts';
import { liveReading } from '../../../src/core/traffic/liveReading.ts';
import { rankCountries } from '../../../src/core/traffic/ranking.ts';
import { windowEndingAt } from '../../../src/core/traffic/window.ts';
import type { TwilioRequest } from '../../../src/core/twilio/request.ts';
import { fakeTwilio, main, message, now, sub } from './fakeTwilio.ts';

const connection = { account: main, name: 'Acme' };
const detect: Detect = async (series, window) => {
  const steps = detectSteps(series, window);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
};

/** Three weeks of twelve messages an hour to Germany, as many delivered, and in the last hours three hundred to Latvia. */
function rows(): readonly JsonObject[] {
  const usual = Array.from({ length: 21 * 24 * 4 }, (_, i) =>
    message(i / 4 + 0.01, { to: `+49151${10_000_000 + ((i * 7919) % 900_000)}` }),
  );
  const attack = Array.from({ length: 300 }, (_, i) =>
    message(1 + i / 100, { to: `+37120${100_000 + i}`, status: 'failed', error_code: '30450', price: null }),
  );
  return [...attack, ...usual];
}

/** Lists no subaccounts but `others`. */
function listing(messages: Twilio, others: readonly string[] = []): Twilio {
  return {
    ...messages,
    async page(request, cancel) {
      if (request.operation === 'fetchMessagingPricing') throw new UserError('not-found', 'No such country.');
      if (request.operation !== 'listAccounts') return messages.page(request, cancel);
      const page = await messages.page(request, cancel);
      const { next: _next, ...one } = page;
      return { ...one, items: others.map((sid) => ({ sid, friendly_name: 'Sub', status: 'active' })) };
    },
  };
}

async function read(twilio: Twilio) {
  const reading = await liveReading({ twilio, connection, clock: { now: () => now }, detect }, {});
  if (!reading.before) throw new Error('nothing is offered');
  return { report: reading.report, before: reading.before };
}

describe('the days before', () => {
  it('end a second before the report’s window and begin at a midnight, so that two of each weekday are known before the last day', () => {
    const window = windowEndingAt(now);
    expect(windowBefore(window)).toEqual({ from: Date.UTC(2026, 10, 7), to: window.from - 1000 });
  });

  it('are offered at what they cost by what the window cost, and read unasked only where that is little', () => {
    const offer = beforeOffer({ requests: 700, milliseconds: 70_000 });
    expect(offer).toEqual({ days: 8, requests: 800, seconds: 80 });
    expect([isCheap(offer), isCheap(beforeOffer({ requests: 10, milliseconds: 10 }))]).toEqual([false, true]);
  });

  it('let the detector judge what medians judged, in the same counts', async () => {
    const { twilio, asked } = fakeTwilio({ [main]: rows() });
    const { report, before } = await read(listing(twilio));
    expect(comparisonOf(report)).toMatch(/^Not enough history/);
    const windowOnly = asked.length;
    const found = judged(report, 'sms', await before.judge({}));
    expect(asked.length).toBeGreaterThan(windowOnly);
    expect(comparisonOf(found)).toBe('Compared with what 13 days of history foretell.');
    const [top] = rankCountries(found);
    expect(top).toMatchObject({ country: 'LV', label: 'fraud', observed: 300 });
    expect(top?.surge?.finding?.sentence).toMatch(/^Looks like fraud: 300 messages/);
    expect(found.accounts).toBe(report.accounts);
  });

  it('of an account that cannot be read to its end are left out: medians stand for it, not half of a history', async () => {
    let fails = false;
    const before = (request: TwilioRequest): void => {
      // One day of several: the others are read.
      const early = String(request.query?.['DateSent<']).startsWith('2026-11-09');
      if (fails && request.account === sub && early) throw new UserError('server', 'Twilio failed.');
    };
    const { twilio } = fakeTwilio({ [main]: rows(), [sub]: rows() }, { before });
    const { report, before: days } = await read(listing(twilio, [sub]));
    fails = true;
    const found = judged(report, 'sms', await days.judge({}));
    expect(found.detected?.accounts.map(({ account }) => account)).toEqual([main]);
    expect(comparisonOf(found)).toMatch(/One account has less than 7/);
  });

  it('that were stopped judge nothing', async () => {
    const { twilio } = fakeTwilio({ [main]: rows() });
    const { before } = await read(listing(twilio));
    const { signal, abort } = createCancellation();
    const judging = before.judge({ cancel: signal, onProgress: ({ rows: some }) => some > 0 && abort() });
    await expect(judging).rejects.toBeInstanceOf(Cancelled);
  });

  it('are not offered where nothing was sent', async () => {
    const { twilio } = fakeTwilio({ [main]: [message(15 * 24)] });
    const reading = await liveReading({ twilio: listing(twilio), connection, clock: { now: () => now }, detect }, {});
    expect(reading.before).toBeUndefined();
  });
});
