import { describe, expect, it } from 'vitest';
import { parseToView } from '../../../src/core/messages.ts';
import type { JsonObject } from '../../../src/core/model/json.ts';
import { createPanelState } from '../../../src/core/traffic/panelState.ts';
import { pullTraffic } from '../../../src/core/traffic/pull.ts';
import { readOtherChannel } from '../../../src/core/traffic/readReport.ts';
import { proof } from '../fakeTwilio.ts';
import { fakeTwilio, hour, main, message, now } from './fakeTwilio.ts';

const at = (ago: number) => new Date(now - ago * hour);

function call(index: number, over: Record<string, unknown> = {}): JsonObject {
  return {
    sid: `CA${index.toString(16).padStart(32, '0')}`,
    start_time: at(2).toUTCString(),
    direction: 'outbound-api',
    to: '+37122334455',
    from: '+14155550100',
    status: 'completed',
    duration: '61',
    price: '-0.5',
    price_unit: 'USD',
    ...(over as JsonObject),
  };
}

function attempt(index: number, converted: boolean, over: Record<string, unknown> = {}): JsonObject {
  return {
    sid: `VL${index.toString(16).padStart(32, '0')}`,
    date_created: at(3).toISOString(),
    conversion_status: converted ? 'converted' : 'unconverted',
    channel: 'sms',
    price: { value: '0.05', currency: 'usd' },
    channel_data: { to: '+79581112233', message_status: 'delivered', error_code: null, ...(over as JsonObject) },
  };
}

const all = { account: undefined, country: undefined, live: true } as const;

async function messagesRead() {
  const { twilio } = fakeTwilio({ [main]: [message(1)] });
  return pullTraffic(twilio, [{ account: main, name: 'Acme' }], { now });
}

describe('another channel', () => {
  it('of calls is counted in the window of the messages: answered, failed, cost, ranges; inbound ones are not', async () => {
    const report = await messagesRead();
    const rows = [
      ...Array.from({ length: 25 }, (_, i) => call(i)),
      call(30, { status: 'no-answer', duration: '0', price: null }),
      call(31, { direction: 'inbound' }),
      call(32, { direction: null }),
    ];
    const { twilio, asked } = fakeTwilio({ [main]: rows });
    const both = await readOtherChannel(twilio, report, 'voice', {});
    expect(new Set(asked.map(({ operation }) => operation))).toEqual(new Set(['listCalls']));
    expect(both.accounts).toBe(report.accounts);
    expect(both.others?.voice).toMatchObject({ channel: 'voice', window: report.window });
    expect(both.others?.voice?.accounts[0]?.missing).toBe('1 calls had no SID, date or direction and are not counted.');
    const state = createPanelState()(both, { ...all, channel: 'voice' }, undefined, undefined);
    expect(state).toMatchObject({ channel: 'voice', channels: ['sms', 'voice', 'verify'] });
    expect(state.rows).toHaveLength(1);
    expect(state.rows[0]).toMatchObject({ country: 'LV', observed: 26, delivered: 25, unpriced: 0 });
    expect(state.rows[0]?.cost).toEqual([{ currency: 'USD', amount: 12.5 }]);
    expect(state.rows[0]?.sentence).toContain('26 calls in the last 24 h');
    expect(state.selected?.ranges[0]).toMatchObject({ range: '+3712233xxxx', messages: 26 });
    expect(state.selected?.samples.map(({ body, outcome }) => `${body} ${outcome}`)).toContain(
      'Lasted 1 min 1 s. answered',
    );
    expect(parseToView({ type: 'state', body: state })).toBeDefined();
  });

  it('of calls without a price is estimated by the minute, with what Twilio lists, and marked', async () => {
    const rows = [
      ...Array.from({ length: 25 }, (_, i) => call(i, { price: null })),
      call(30, { price: null, status: 'busy' }),
    ];
    const { twilio } = fakeTwilio({ [main]: rows });
    const lines = [{ prefixes: ['371'], current_price: '0.2' }];
    const body = { iso_country: 'LV', price_unit: 'USD', outbound_prefix_prices: lines };
    const asked: string[] = [];
    const priced: typeof twilio = {
      ...twilio,
      async page(request, cancel) {
        if (request.operation !== 'fetchVoicePricing') return twilio.page(request, cancel);
        asked.push(request.path?.['IsoCountry'] ?? '');
        return { status: 200, body, proof, items: [] };
      },
    };
    const both = await readOtherChannel(priced, await messagesRead(), 'voice', {});
    const state = createPanelState()(both, { ...all, channel: 'voice' }, undefined, undefined);
    expect(asked).toEqual(['LV']);
    // Twenty-five calls of 61 seconds are fifty minutes; a busy line costs nothing.
    expect(state.rows[0]).toMatchObject({ costEstimated: true, unpriced: 0 });
    expect(state.rows[0]?.cost).toEqual([{ currency: 'USD', amount: expect.closeTo(10, 9) }]);
  });

  it('of Verify counts the codes that were entered, and those Fraud Guard blocked', async () => {
    const rows = [
      ...Array.from({ length: 8 }, (_, i) => attempt(i, i < 6)),
      attempt(20, false, { message_status: 'undelivered', error_code: '60410' }),
    ];
    const { twilio, asked } = fakeTwilio({ [main]: rows });
    const both = await readOtherChannel(twilio, await messagesRead(), 'verify', {});
    expect(asked[0]).toMatchObject({ operation: 'listVerifyAttempts' });
    const state = createPanelState()(both, { ...all, channel: 'verify' }, undefined, undefined);
    expect(state.rows[0]).toMatchObject({ country: 'RU', observed: 9, delivered: 6, blocked: 1 });
    expect(state.rows[0]?.cost[0]?.amount).toBeCloseTo(0.45, 9);
  });

  it('is not said to lack what it has: Verify says which codes were used, and calls have none', async () => {
    const waves = {
      voice: Array.from({ length: 90 }, (_, i) => call(i)),
      verify: Array.from({ length: 90 }, (_, i) => attempt(i, false)),
    };
    for (const channel of ['voice', 'verify'] as const) {
      const { twilio } = fakeTwilio({ [main]: waves[channel] });
      const both = await readOtherChannel(twilio, await messagesRead(), channel, {});
      const [row] = createPanelState()(both, { ...all, channel }, undefined, undefined).rows;
      expect(row?.flag).toBe('never-seen');
      expect(`${row?.verdict} ${row?.finding?.missing}`).not.toContain('codes');
    }
  });

  it('is offered for an account that is open, and shows nothing until it is read', async () => {
    const report = await messagesRead();
    const stateOf = createPanelState();
    const waiting = stateOf(report, { ...all, channel: 'voice' }, { rows: 0, accountsDone: 0, accounts: 1 }, undefined);
    expect(waiting).toMatchObject({ channel: 'voice', rows: [], window: null });
    // Logs that hold messages only have nothing else to choose.
    const logs = stateOf(report, { ...all, live: false, channel: 'voice' }, undefined, undefined);
    expect(logs).toMatchObject({ channel: 'sms', channels: ['sms'] });
    expect(logs.rows).toHaveLength(1);
  });
});
