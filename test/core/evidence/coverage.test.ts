import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/core/errors.ts';
import type { Slice } from '../../../src/core/evidence/capture.ts';
import { whyOf } from '../../../src/core/evidence/collect/refusal.ts';
import { coverageOf } from '../../../src/core/evidence/coverage.ts';
import type { EvidenceSource } from '../../../src/core/evidence/source.ts';
import { accounts as accountList } from '../../../src/core/evidence/sources/accounts.ts';
import { alerts } from '../../../src/core/evidence/sources/alerts.ts';
import { events } from '../../../src/core/evidence/sources/events.ts';
import { keys } from '../../../src/core/evidence/sources/keys.ts';
import { messages } from '../../../src/core/evidence/sources/messages.ts';
import { usage } from '../../../src/core/evidence/sources/usage.ts';
import { day, hour, main, now, sub } from './collect/fakes.ts';

const page = {
  request: 'GET https://api.twilio.com/',
  receivedAt: now,
  sha256: '0'.repeat(64),
  bytes: 2,
  rows: 0,
  removed: {},
};

function slice(over: Partial<Slice>): Slice {
  return { account: main, complete: true, line: 1, rows: 0, pages: [page], ...over };
}

function cover(source: EvidenceSource, slices: readonly Slice[], window = { from: now - 1000, to: now }) {
  const capture = { file: 'evidence/x-0001.jsonl.gz', sha256: '0'.repeat(64), bytes: 1, source: source.id, slices };
  const held = slices.length > 0 ? [{ capture, at: now }] : [];
  const [one] = coverageOf(held, { accounts: [main, sub], sources: [source], window, now });
  if (!one) throw new Error('nothing is covered');
  return one;
}

describe('the coverage of a log', () => {
  it('is complete exactly when every second is in a complete slice, whatever slices there are', () => {
    const start = now - 40_000 - (now % 1000);
    const span = fc
      .tuple(fc.nat(40), fc.nat(12), fc.boolean())
      .map(([at, length, complete]) => ({ from: at, to: at + length, complete }));
    fc.assert(
      fc.property(
        fc.array(span, { maxLength: 14 }),
        fc.nat(20),
        fc.integer({ min: 0, max: 20 }),
        (spans, from, length) => {
          const window = { from: start + from * 1000, to: start + (from + length) * 1000 };
          const slices = spans.map(({ from: a, to: b, complete }) =>
            slice({
              window: { from: start + a * 1000, to: start + b * 1000 },
              complete,
              ...(!complete && { why: 'It broke off.' }),
            }),
          );
          const last = Math.min(from + length, Math.floor((now - start) / 1000));
          let whole = true;
          for (let second = from; second <= last; second += 1)
            whole &&= spans.some(({ from: a, to: b, complete }) => complete && a <= second && second <= b);
          const { state, why } = cover(messages, slices, window);
          expect(state === 'complete').toBe(whole);
          expect(why.length > 0).toBe(!whole);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('is not complete for what was still to come when it was read, on this computer’s clock or on Twilio’s', () => {
    const noon = Date.UTC(2026, 10, 20, 12);
    const today = { from: noon - day / 2, to: noon + day / 2 - 1000 };
    const read = (page_: Partial<typeof page & { serverTime: number }>) => [
      slice({ window: today, pages: [{ ...page, receivedAt: noon, ...page_ }] }),
    ];
    expect(cover(usage, read({}), { from: noon - 2 * hour, to: noon })).toMatchObject({ state: 'complete' });
    const evening = cover(usage, read({}), { from: noon - 2 * hour, to: noon + 6 * hour });
    expect(evening).toMatchObject({ state: 'partial', why: [expect.stringMatching(/12:00.* to .*18:00/)] });
    const ahead = read({ receivedAt: noon + 2 * hour, serverTime: noon });
    expect(cover(messages, ahead, { from: today.from, to: noon })).toMatchObject({ state: 'complete' });
    expect(cover(messages, ahead, { from: today.from, to: noon + hour })).toMatchObject({ state: 'partial' });
  });

  it('claims nothing beyond Twilio’s own clock, as its oldest page tells it, where this computer’s is ahead', () => {
    const window = { from: now - 60_000 - (now % 1000), to: now - (now % 1000) };
    const read = (...behind: readonly number[]) => [
      slice({ window, pages: behind.map((ms) => ({ ...page, serverTime: now - (now % 1000) - ms })) }),
    ];
    expect(cover(messages, read(2000, 0), window).state).toBe('complete');
    const { state, why } = cover(messages, read(30_000, 0), window);
    expect({ state, why }).toEqual({ state: 'partial', why: [expect.stringContaining('not collected yet')] });
    expect(cover(messages, read(30_000), { from: window.from, to: window.to - 28_000 }).state).toBe('complete');
    expect(cover(messages, read(30_000), { from: window.from, to: window.to - 27_000 }).state).toBe('partial');
  });

  it('says from when on rows were read so soon that more may arrive, until they were read again later', () => {
    const window = { from: now - day - (now % 1000), to: now - (now % 1000) };
    const early = slice({ window });
    const hoursBefore = Math.floor((now - 10 * hour) / 1000) * 1000 + 1000;
    expect(cover(messages, [early], window)).toMatchObject({ state: 'complete', unsettledFrom: hoursBefore });
    const later = slice({
      window: { from: hoursBefore, to: window.to },
      pages: [{ ...page, receivedAt: now + 11 * hour, serverTime: now + 11 * hour }],
    });
    const capture = { file: 'evidence/x-0001.jsonl.gz', sha256: '0'.repeat(64), bytes: 1, source: messages.id };
    const held = [early, later].map((one, i) => ({ capture: { ...capture, slices: [one] }, at: now + 11 * hour * i }));
    const [settled] = coverageOf(held, { accounts: [main], sources: [messages], window, now: now + 11 * hour });
    expect(settled).toMatchObject({ state: 'complete' });
    expect(settled).not.toHaveProperty('unsettledFrom');
    const partial = cover(messages, [slice({ window, complete: false, why: 'It broke off.' })], window);
    expect(partial).not.toHaveProperty('unsettledFrom');
  });

  it('names the times that are missing and why, the newest reason first', () => {
    const window = { from: now - 3 * day, to: now };
    const [one, two] = [now - 2 * day - (now % 1000), now - day - (now % 1000)];
    const { state, why, rows, first, last, collectedAt } = cover(
      messages,
      [
        slice({ window: { from: now - 3 * day, to: one - 1000 }, rows: 5, first: now - 3 * day, last: one - 5000 }),
        slice({
          window: { from: one, to: two },
          complete: false,
          why: 'It broke off.',
          rows: 2,
          first: one,
          last: one,
        }),
      ],
      window,
    );
    expect(state).toBe('partial');
    expect(why).toEqual([
      '2026-11-19 09:36 UTC to 2026-11-20 09:36 UTC: It broke off.',
      '2026-11-20 09:36 UTC to 2026-11-21 09:36 UTC: not collected yet.',
    ]);
    expect({ rows, first, last, collectedAt }).toEqual({ rows: 7, first: now - 3 * day, last: one, collectedAt: now });
  });

  it('says what Twilio no longer keeps, unless it was collected in time', () => {
    const window = { from: now - 40 * day, to: now };
    const lately = slice({ window: { from: now - 30 * day, to: now } });
    const { state, why } = cover(alerts, [lately], window);
    expect(state).toBe('partial');
    expect(why).toEqual(['Twilio keeps alerts for 30 days: what was before 2026-10-22 09:36 UTC cannot be collected.']);
    expect(cover(alerts, [slice({ window })], window).state).toBe('complete');
  });

  it('counts no rows of other times, such as days of a baseline, into those of the window', () => {
    const window = { from: now - 3 * day, to: now };
    const inside = slice({ window, rows: 5, first: now - 2 * day, last: now - day });
    const before = { window: { from: now - 9 * day, to: now - 8 * day }, rows: 700, first: now - 9 * day };
    const after = { window: { from: now + day, to: now + 2 * day }, rows: 30, last: now + 2 * day };
    const { state, rows, first, last } = cover(messages, [inside, slice(before), slice(after)], window);
    expect({ state, rows, first, last }).toEqual({ state: 'complete', rows: 5, first: now - 2 * day, last: now - day });
  });

  it('tells how far back all is held before the window, and in how many rows, which are none of the window’s', () => {
    const to = now - 7 * day - (now % 1000);
    const window = { from: to + 1000, to: now };
    const inside = slice({ window, rows: 5 });
    const lead = (from: number, over: Partial<Slice> = {}) => slice({ window: { from, to }, rows: 14, ...over });
    const since = to - 20 * day;
    expect(cover(events, [inside], window).lead).toBeUndefined();
    expect(cover(events, [inside, lead(since)], window)).toMatchObject({
      state: 'complete',
      rows: 5,
      lead: { from: since, rows: 14 },
    });
    expect(cover(events, [inside, lead(since, { complete: false, why: 'It broke off.' })], window)).toMatchObject({
      state: 'complete',
      rows: 5,
    });
    expect(cover(events, [inside, lead(since, { complete: false })], window).lead).toBeUndefined();
    const torn = [lead(to - day), slice({ window: { from: since, to: to - 3 * day }, rows: 1 })];
    expect(cover(events, [inside, ...torn], window).lead?.from).toBe(to - day);
    expect(cover(alerts, [inside, lead(since)], window).lead).toBeUndefined();
    // Of what is read before the window only where it is wanted, two weeks at most.
    expect(cover(messages, [inside, lead(to - 7 * day)], window).lead).toEqual({ from: to - 7 * day, rows: 14 });
    expect(cover(messages, [inside], window)).toMatchObject({ state: 'complete', rows: 5 });
    // Read at once with the window, its rows cannot be told from the window's: no number is better than a wrong one.
    const atOnce = slice({ window: { from: since, to: now }, rows: 400 });
    expect(cover(events, [atOnce], window).lead).toEqual({ from: since });
  });

  it('tells a refusal from a mishap and from what nobody asked for', () => {
    const window = { from: now - 1000, to: now };
    const with_ = (why: string) => cover(messages, [slice({ window, complete: false, why, pages: [] })]);
    expect(with_(whyOf(new UserError('not-permitted', 'The key may not do that.'))).state).toBe('refused');
    expect(with_(whyOf(new UserError('network', 'Twilio cannot be reached.'))).state).toBe('partial');
    expect(cover(messages, []).state).toBe('not collected');
  });
});

describe('the coverage of a state', () => {
  it('is that of its last reading', () => {
    const broken = slice({ complete: false, why: 'It broke off.', rows: 1 });
    const refused = slice({ complete: false, why: whyOf(new UserError('not-permitted', 'No.')), pages: [] });
    expect(cover(keys, [broken, slice({ rows: 3 })])).toMatchObject({ state: 'complete', why: [], rows: 3 });
    expect(cover(keys, [slice({ rows: 3 }), broken])).toMatchObject({
      state: 'partial',
      why: ['It broke off.'],
      rows: 1,
    });
    expect(cover(keys, [refused]).state).toBe('refused');
    expect(cover(keys, []).state).toBe('not collected');
  });

  it('is told once for what only the main account has', () => {
    const all = coverageOf([], {
      accounts: [main, sub],
      sources: [accountList, keys],
      window: { from: 0, to: now },
      now,
    });
    expect(all.map(({ source, account }) => [source, account])).toEqual([
      ['accounts', main],
      ['keys', main],
      ['keys', sub],
    ]);
  });
});

describe('security events, which Twilio keeps for 30 days, or for 13 months', () => {
  const start = now - (now % 1000);
  const window = { from: start - 60 * day, to: start - 20 * day };
  const edition = /Edition that keeps 13 months: what was before .* may be gone/;

  it('are not complete before that when nothing older came, and it is said why', () => {
    const { state, why } = cover(events, [slice({ window, first: start - 29 * day })], window);
    expect(state).toBe('partial');
    expect(why.join(' ')).toMatch(edition);
    expect(why.join(' ')).not.toMatch(/cannot be collected/);
  });

  it('are complete when older ones came: then the account has them', () => {
    expect(cover(events, [slice({ window, rows: 1, first: start - 45 * day })], window)).toMatchObject({
      state: 'complete',
      why: [],
    });
  });

  it('tell Twilio’s refusal as well', () => {
    const parts = { from: window.from, to: start - 30 * day - 1000 };
    const young = { from: start - 30 * day + 60_000, to: window.to };
    const refused = slice({ window: parts, complete: false, why: 'StartDate is too far back.', pages: [] });
    const { state, why } = cover(events, [refused, slice({ window: young })], window);
    expect(state).toBe('partial');
    expect(why.join(' ')).toMatch(edition);
    expect(why.join(' ')).toContain('StartDate is too far back.');
  });

  it('that were read while they were young stay held for good', () => {
    const old = { from: start - 50 * day, to: start - 40 * day };
    const early = { ...page, receivedAt: start - 25 * day };
    expect(cover(events, [slice({ window: old, pages: [early] })], old)).toMatchObject({ state: 'complete' });
  });
});

it('messages say what they may lack although they are complete', () => {
  const whole = { from: now - 10_000, to: now - 5000 };
  const { state, caveat } = cover(messages, [slice({ window: { from: now - 20_000, to: now } })], whole);
  expect(state).toBe('complete');
  expect(caveat).toMatch(/never sent.*not documented; compare with alerts/);
  expect(caveat).toMatch(/not read again.*status or price/);
});
