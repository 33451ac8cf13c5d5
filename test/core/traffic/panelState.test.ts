import { describe, expect, it } from 'vitest';
import { Cancelled, UserError } from '../../../src/core/errors.ts';
import { parseToView } from '../../../src/core/messages.ts';
import type { JsonObject } from '../../../src/core/model/json.ts';
import type { Page, Twilio } from '../../../src/core/ports.ts';
import { createPanelState } from '../../../src/core/traffic/panelState.ts';
import { pullTraffic } from '../../../src/core/traffic/pull.ts';
import { readReport } from '../../../src/core/traffic/readReport.ts';
import { listSources } from '../../../src/core/traffic/sources.ts';
import { proof } from '../fakeTwilio.ts';
import { fakeTwilio, main, message, messages, now, sub } from './fakeTwilio.ts';

const hostileName = `<img src=x onerror=alert(1)>\u202Egpj.exe ${'A'.repeat(10_000)}`;

async function twoAccounts() {
  const { twilio } = fakeTwilio({
    [main]: messages(30, (i) => i * 5),
    [sub]: [...messages(25, () => 2, { to: '+79581112233' }), message(1, { sid: null })],
  });
  const sources = [
    { account: main, name: 'Acme' },
    { account: sub, name: hostileName },
  ];
  return pullTraffic(twilio, sources, { now });
}

describe('panelState', () => {
  it('shows nothing before anything is read, and is a legal message', () => {
    const state = createPanelState()(
      undefined,
      { account: undefined, country: undefined },
      { rows: 3, accountsDone: 0, accounts: 2 },
      undefined,
    );
    expect(state).toMatchObject({ rows: [], window: null, selected: null, reading: { rows: 3 } });
    expect(parseToView({ type: 'state', body: state })).toBeDefined();
  });

  it('selects the first country until another one is chosen', async () => {
    const report = await twoAccounts();
    const stateOf = createPanelState();
    const first = stateOf(report, { account: undefined, country: undefined }, undefined, undefined);
    expect(first.rows.map(({ country }) => country)).toEqual(['RU', 'DE']);
    expect(first.selected?.country).toBe('RU');
    expect(parseToView({ type: 'state', body: first })).toBeDefined();
    const other = stateOf(report, { account: undefined, country: first.rows[1]?.country }, undefined, undefined);
    expect(other.selected?.country).toBe('DE');
    expect(other.rows).toBe(first.rows);
  });

  it('shows one account, and falls back when it or the country is gone', async () => {
    const report = await twoAccounts();
    const stateOf = createPanelState();
    const one = stateOf(report, { account: main, country: '001' }, undefined, undefined);
    expect(one.rows.map(({ country }) => country)).toEqual(['DE']);
    expect(one.selected?.country).toBe('DE');
    const gone = `AC${'9'.repeat(32)}` as typeof main;
    expect(stateOf(report, { account: gone, country: undefined }, undefined, undefined).account).toBeNull();
  });

  it('makes names and reasons visible and short', async () => {
    const state = createPanelState()(
      await twoAccounts(),
      { account: undefined, country: undefined },
      undefined,
      `no\n${hostileName}`,
    );
    for (const text of [state.accounts[1]?.name, state.gaps[0], state.failure]) {
      expect(text).not.toMatch(/[\u202E\n]/);
      expect(text?.length).toBeLessThan(400);
    }
    expect(parseToView({ type: 'state', body: state })).toBeDefined();
  });

  it('calls files by their names, and breaks addresses with characters that every font has', async () => {
    const report = { ...(await twoAccounts()), gaps: ['calls (1).csv, line 2: see https://evil.example/a.json.gz'] };
    const { gaps } = createPanelState()(report, { account: undefined, country: undefined }, undefined, undefined);
    expect(gaps).toContain('calls (1).csv, line 2: see hxxps[://]evil[.]example/a.json.gz');
  });
});

describe('accounts to read', () => {
  const account = (sid: string, status: string): JsonObject => ({
    sid,
    friendly_name: `name of ${sid.slice(2, 4)}`,
    status,
  });
  const listing = (pages: readonly (readonly JsonObject[] | Error)[]): Twilio => ({
    async page(request) {
      const at = Number(request.continueAt ?? 0);
      const items = pages[at] ?? [];
      if (items instanceof Error) throw items;
      const page: Page = { status: 200, body: {}, proof, items };
      return at + 1 < pages.length ? { ...page, next: { ...request, continueAt: String(at + 1) } } : page;
    },
    send: () => Promise.reject(new Error('nothing may be changed')),
  });
  const own = { account: main, name: 'Acme' };

  it('are the main one and every subaccount that is not closed', async () => {
    const closed = `AC${'3'.repeat(32)}`;
    const twilio = listing([[account(main, 'active'), account(closed, 'closed')], [account(sub, 'suspended')]]);
    expect(await listSources(twilio, own)).toEqual({ sources: [own, { account: sub, name: 'name of 22' }] });
  });

  it('are those known when the list breaks off, and the report says so', async () => {
    const refused = new UserError('not-permitted', 'This key cannot list accounts.');
    const twilio = listing([[account(sub, 'active')], refused]);
    const { sources, gap } = await listSources(twilio, own);
    expect(sources).toHaveLength(2);
    expect(gap).toContain('This key cannot list accounts.');
    const report = await readReport(listing([refused]), own, { now });
    expect(report.gaps[0]).toContain('may be missing');
    await expect(readReport(listing([new Cancelled()]), own, { now })).rejects.toBeInstanceOf(Cancelled);
  });
});
