import { describe, expect, it } from 'vitest';
import { parseToView } from '../../../src/core/messages.ts';
import { spanOf } from '../../../src/core/traffic/panelSpan.ts';
import { type Choice, createPanelState } from '../../../src/core/traffic/panelState.ts';
import { pullTraffic } from '../../../src/core/traffic/pull.ts';
import { windowEndingAt } from '../../../src/core/traffic/window.ts';
import { fakeTwilio, hour, main, message, messages, now, sub } from './fakeTwilio.ts';

const window = windowEndingAt(now);
const all: Choice = { account: undefined, country: undefined };

describe('the hours shown', () => {
  it('are the last 24 unless others are chosen, and whole hours', () => {
    expect(spanOf(window)).toEqual({
      kind: 'day',
      first: 144,
      end: 168,
      from: window.from + 144 * hour,
      to: window.from + 168 * hour,
    });
    expect(spanOf(window, 'week')).toMatchObject({ kind: 'week', first: 0, end: 168 });
    const drawn = { from: window.from + 2.4 * hour, to: window.from + 5.1 * hour };
    expect(spanOf(window, drawn)).toMatchObject({ kind: 'brush', first: 2, end: 6 });
    expect(spanOf(window, 'incident', drawn)).toMatchObject({ kind: 'incident', first: 2, end: 6 });
  });

  it('stay inside the window, and fall back to the last 24 where nothing is left', () => {
    expect(spanOf(window, { from: 0, to: window.from + hour })).toMatchObject({ first: 0, end: 1 });
    for (const wrong of [
      { from: window.from + 5 * hour, to: window.from + 2 * hour },
      { from: 0, to: 1 },
      { from: window.to + hour, to: window.to + 9 * hour },
      { from: -1e300, to: -1e299 },
    ])
      expect(spanOf(window, wrong)).toMatchObject({ kind: 'day', first: 144, end: 168 });
    expect(spanOf(window, 'incident')).toMatchObject({ kind: 'day' });
  });
});

async function report() {
  const wave = { to: '+79581112233', body: 'Your code is 483920 https://evil.example/x' };
  const { twilio } = fakeTwilio({
    [main]: [...messages(96, (i) => 26 + i), ...messages(24, (i) => i)],
    [sub]: [...messages(60, () => 2, wave), ...messages(3, () => 50, { ...wave, body: '' })],
  });
  const sources = [
    { account: main, name: 'Acme' },
    { account: sub, name: 'Production OTP' },
  ];
  return pullTraffic(twilio, sources, { now });
}

describe('the state of other hours', () => {
  it('counts the rows in them; flags and sentences stay those of the last 24 hours', async () => {
    const stateOf = createPanelState();
    const given = await report();
    const day = stateOf(given, all, undefined, undefined);
    const week = stateOf(given, { ...all, span: 'week' }, undefined, undefined);
    const two = { from: given.window.from + 116 * hour, to: given.window.from + 119 * hour };
    const brushed = stateOf(given, { ...all, span: two }, undefined, undefined);
    const russia = (state: typeof day) => state.rows.find(({ country }) => country === 'RU');
    expect(russia(day)).toMatchObject({ observed: 60, week: 63 });
    expect(russia(week)).toMatchObject({ observed: 63, week: 63 });
    expect(russia(brushed)).toMatchObject({ observed: 3, week: 63 });
    expect(russia(brushed)?.sentence).toBe(russia(day)?.sentence);
    const germany = brushed.rows.find(({ country }) => country === 'DE');
    expect(germany).toMatchObject({ observed: 3 });
    expect(germany?.cost[0]?.amount).toBeCloseTo(3 * 0.075, 9);
    for (const state of [day, week, brushed]) expect(parseToView({ type: 'state', body: state })).toBeDefined();
    // The last 24 hours, drawn by hand, are the last 24 hours.
    const drawn = { from: given.window.from + 144 * hour, to: given.window.from + 168 * hour };
    expect(stateOf(given, { ...all, span: drawn }, undefined, undefined).rows).toEqual(day.rows);
  });

  it('offers the incident’s hours while it lies in the window, and figures while it can be written', async () => {
    const stateOf = createPanelState();
    const given = await report();
    const inside = { title: 'One', window: { from: now - 3 * hour, to: now - hour }, writable: true };
    const state = stateOf(given, { ...all, span: 'incident', incident: inside }, undefined, undefined);
    expect(state.spans).toEqual(['day', 'week', 'incident']);
    expect(state.span).toMatchObject({ kind: 'incident' });
    expect(state.incident).toEqual({ title: 'One', window: inside.window });
    const before = { ...inside, window: { from: 0, to: 1 }, writable: false };
    expect(stateOf(given, { ...all, incident: before }, undefined, undefined)).toMatchObject({
      spans: ['day', 'week'],
      incident: null,
    });
  });
});

describe('what is behind a country', () => {
  it('names the account the excess is from, the ranges beside their share before, and what was said, inert', async () => {
    const state = createPanelState()(await report(), { ...all, country: 'RU' }, undefined, undefined);
    expect(state.rows.find(({ country }) => country === 'RU')?.origin).toBe('All from Production OTP.');
    expect(state.rows.find(({ country }) => country === 'DE')?.origin).toBe('');
    expect(state.selected).toMatchObject({
      ranges: [{ range: '+7958111xxxx', messages: 60, share: 1, before: 1 }],
      senders: [{ name: 'Production OTP', messages: 60, excess: 60 }],
    });
    // The same words sixty times are shown once.
    expect(state.selected?.samples).toHaveLength(1);
    const [sample] = state.selected?.samples ?? [];
    expect(sample?.to).toBe('+7958111xxxx');
    expect(sample?.body).toContain('XXXXXX');
    expect(sample?.body).not.toMatch(/https?:|483920|evil\.example/);
    expect(sample?.from).not.toContain('0100');
  });

  it('says nothing of accounts where only one is looked at', async () => {
    const state = createPanelState()(await report(), { ...all, account: sub }, undefined, undefined);
    expect(state.selected?.senders).toEqual([]);
    expect(state.rows.every(({ origin }) => origin === '')).toBe(true);
  });

  it('keeps the newest five texts, and nothing of messages without one', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => message(i / 2, { body: i % 2 === 0 ? `Text ${i}` : '' }));
    const { twilio } = fakeTwilio({ [main]: rows });
    const given = await pullTraffic(twilio, [{ account: main, name: 'Acme' }], { now });
    const { selected } = createPanelState()(given, all, undefined, undefined);
    expect(selected?.samples.map(({ body }) => body)).toEqual([0, 2, 4, 6, 8].map((i) => `Text ${i}`));
  });
});

describe('countries by hour', () => {
  it('are the table’s first twelve, with the hours above their usual range', async () => {
    const state = createPanelState()(await report(), all, undefined, undefined);
    expect(state.heat.map(({ country }) => country)).toEqual(['RU', 'DE']);
    const [russia, germany] = state.heat;
    expect(russia?.above.flatMap((one, at) => (one === 1 ? [at] : []))).toEqual([165]);
    expect(germany?.above.includes(1)).toBe(false);
  });
});

describe('the time it takes', () => {
  it('does not grow with the messages counted', async () => {
    const of = async (count: number) => {
      const numbers = (i: number) => ({
        to: `+${[49, 33, 7, 34, 39][i % 5]}15112345${String(i % 1000).padStart(3, '0')}`,
      });
      const rows = Array.from({ length: count }, (_, i) => message((i / count) * 160, numbers(i)));
      const { twilio } = fakeTwilio({ [main]: rows }, { pageSize: 1000 });
      return pullTraffic(twilio, [{ account: main, name: 'Acme' }], { now });
    };
    const fastest = (given: Awaited<ReturnType<typeof of>>): number => {
      const times = Array.from({ length: 15 }, (_, i) => {
        const stateOf = createPanelState();
        const began = performance.now();
        stateOf(
          given,
          { ...all, span: { from: given.window.from, to: given.window.from + (i + 1) * hour } },
          undefined,
          undefined,
        );
        return performance.now() - began;
      });
      return Math.min(...times);
    };
    const [few, many] = [await of(2000), await of(20_000)];
    fastest(few);
    expect(fastest(many)).toBeLessThan(4 * fastest(few) + 1);
  });
});
