import { describe, expect, it, onTestFinished } from 'vitest';
import { delay } from '../../../src/adapters/twilio/delay.ts';
import { collectEvidence } from '../../../src/core/evidence/collect/collectEvidence.ts';
import type { EvidenceSource } from '../../../src/core/evidence/source.ts';
import { messages as messageSource } from '../../../src/core/evidence/sources/messages.ts';
import { pricesOf } from '../../../src/core/evidence/sources/prices.ts';
import { sources as collected } from '../../../src/core/evidence/sources.ts';
import type { Cancellation } from '../../../src/core/ports.ts';
import { describe as inWords, toHttp } from '../../../src/core/twilio/request.ts';
import { arrayTraffic } from '../../../src/simulator/arrayTraffic.ts';
import type { Fault, FaultRule } from '../../../src/simulator/server/faults.ts';
import { startSimulator } from '../../../src/simulator/server/startSimulator.ts';
import { memoryWriter } from '../../core/evidence/collect/fakes.ts';
import {
  day,
  hour,
  mainSid,
  message,
  noon,
  sid,
  smallWorld,
  subSid,
  suspendedSid,
} from '../../simulator/smallWorld.ts';
import { connect, demo, serve } from '../twilio/loopback.ts';

const window = { from: noon - 7 * day, to: noon };
/** Prices are asked for by country. */
const sources = collected.map((source) => (source.id === 'prices' ? pricesOf(['GB']) : source));
/** One slice each: what is collected of the time before the window would be another. */
const alone = sources.map((source) => ({ ...source, leadDays: 0 }));
const many = Array.from({ length: 9_000 }, (_, i) =>
  message(sid('SM', 1000 + i), noon - hour - ((i * 7919) % 9_000) * 60_000),
);

async function simulated(parts: Parameters<typeof smallWorld>[0] = {}, concurrencyLimit?: number, patient = true) {
  const world = smallWorld(parts);
  const simulator = await startSimulator({
    world,
    latencyMs: concurrencyLimit ? 10 : 0,
    ...(concurrencyLimit && { concurrencyLimit }),
  });
  onTestFinished(() => simulator.stop());
  const connection = { ...demo, account: mainSid };
  // Ten times as fast as in life.
  const patience = { random: Math.random, delay: (ms: number, cancel?: Cancellation) => delay(ms / 10, cancel) };
  const { twilio } = connect(simulator.port, {
    connection,
    secret: world.mainAccount.authToken,
    ...(concurrencyLimit && patience),
    ...(!patient && { random: () => 0, delay: async () => {} }),
  });
  const collect = async (wanted: readonly EvidenceSource[], accounts = [mainSid]) => {
    const memory = memoryWriter();
    const result = await collectEvidence(twilio, {
      sources: wanted,
      accounts: accounts.map((account) => ({ account, name: '' })),
      main: mainSid,
      window,
      now: noon,
      held: [],
      writer: memory.writer,
      clock: { now: () => noon },
      delay: async () => {},
    });
    return { result, ...memory };
  };
  return { simulator, world, collect };
}

describe('collecting from a whole Twilio', () => {
  it('gets every source of an account, and proof of each page', async () => {
    const { collect, simulator } = await simulated();
    const { result, slices } = await collect(sources);
    expect(result.outcomes.filter(({ complete }) => !complete)).toEqual([]);
    expect(new Set(slices.map(({ source }) => source))).toEqual(new Set(sources.map(({ id }) => id)));
    // What was before the window may be nothing.
    const inWindow = slices.filter(({ slice }) => (slice.window?.to ?? noon) >= window.from);
    expect(inWindow.filter(({ rows }) => rows.length === 0)).toEqual([]);
    const pages = slices.flatMap(({ slice }) => slice.pages);
    // How many rows a day has is asked as well, and is no evidence.
    expect(pages).toHaveLength(simulator.log.filter(({ path }) => !path.includes('Category=')).length);
    for (const page of pages) {
      expect(page.request).toMatch(/^GET https:\/\/[a-z]+\.twilio\.com\//);
      expect(page.sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(page.requestId).toMatch(/^RQ/);
      expect(page.serverTime).toBe(noon);
    }
    const accounts = slices.find(({ source }) => source === 'accounts');
    expect(accounts?.slice.pages[0]?.removed).toEqual({ 'accounts.auth_token': 3 });
    expect(JSON.stringify(slices)).not.toContain('token-of-');
  });

  it('goes on with other accounts when one is suspended, and says what could not be read of that', async () => {
    const { collect } = await simulated();
    const { result } = await collect(sources, [mainSid, subSid, suspendedSid]);
    const incomplete = new Set(result.outcomes.filter(({ complete }) => !complete).map(({ account }) => account));
    expect(incomplete.has(mainSid)).toBe(false);
    expect(incomplete.has(subSid)).toBe(false);
    expect(result.outcomes.every(({ complete, why }) => complete === (why.length === 0))).toBe(true);
  });

  it('stops at an account whose token somebody else changed meanwhile, keeps what came before, and says so without the token', async () => {
    const { collect, simulator, world } = await simulated({ messages: arrayTraffic(many) }, 2);
    const old = world.mainAccount.authToken;
    let done = false;
    const changing = (async () => {
      while (!done && simulator.log.length < 6) await new Promise((resolve) => setImmediate(resolve));
      world.mainAccount.authToken = 'changed-by-somebody-else-0123456';
    })();
    const { result, slices } = await collect([messageSource]).finally(() => {
      done = true;
    });
    await changing;
    expect(result.outcomes.map(({ complete }) => complete)).toEqual([false]);
    expect(result.outcomes[0]?.why.join(' ')).toMatch(/[a-z]{3}.*\./);
    expect(JSON.stringify([result, slices.map(({ slice }) => slice)])).not.toContain(old);
    // Refused requests are not repeated without end.
    expect(simulator.log.filter(({ status }) => status === 401).length).toBeLessThan(60);
    expect(simulator.log.some(({ status }) => status === 401)).toBe(true);
  });

  it('gets every message once under a hidden ceiling of requests at once', async () => {
    const { collect, simulator } = await simulated({ messages: arrayTraffic(many) }, 2);
    const { sids, complete, result } = await collect([messageSource]);
    expect(result.outcomes.flatMap(({ why }) => why)).toEqual([]);
    expect(complete()).toBe(true);
    expect(sids().toSorted()).toEqual(many.map((one) => one.sid).toSorted());
    expect(simulator.log.some(({ status }) => status === 429)).toBe(true);
  });

  const spoilt: readonly (readonly [string, Omit<FaultRule, 'operationId'>])[] = [
    ['a row is left out', { fault: { kind: 'dropItem' }, skip: 3, times: 1 }],
    ['a row comes twice', { fault: { kind: 'repeatItem' }, skip: 3, times: 1 }],
    ['a page leads back to itself', { fault: { kind: 'wrongNextPage', to: 'itself' }, skip: 3 }],
    ['a page leads elsewhere', { fault: { kind: 'wrongNextPage', to: 'anotherHost' }, skip: 3 }],
    ['a web page comes instead', { fault: { kind: 'html' }, skip: 3, times: 1 }],
    ['Twilio fails for good', { fault: { kind: 'serverError', acted: false }, skip: 3 }],
  ];
  it.each(spoilt)('never calls it complete when %s', async (_, rule) => {
    const { collect, simulator } = await simulated({ messages: arrayTraffic(many) });
    simulator.faults.add({ ...rule, operationId: 'ListMessage' });
    const { result } = await collect([messageSource]);
    expect(result.outcomes[0]?.complete).toBe(false);
  });

  it('loses nothing to faults that pass', async () => {
    const { collect, simulator } = await simulated({ messages: arrayTraffic(many) });
    for (const fault of [
      { kind: 'throttle' },
      { kind: 'serverError', acted: false },
      { kind: 'reset', acted: false },
    ] satisfies Fault[])
      simulator.faults.add({ fault, operationId: 'ListMessage', skip: 2, times: 2 });
    const { sids, complete } = await collect([messageSource]);
    expect(complete()).toBe(true);
    expect(new Set(sids()).size).toBe(many.length);
  });
});

describe('a reply cut off', () => {
  it.each(alone.map((source) => [source.id, source] as const))(
    'at any of a hundred places is never complete: %s',
    async (_, source) => {
      const { collect, simulator, world } = await simulated();
      const [request] = source.requests({ account: mainSid, window });
      if (!request) throw new Error('it asks for nothing');
      const { host, path } = toHttp(request);
      const basic = Buffer.from(`${mainSid}:${world.mainAccount.authToken}`).toString('base64');
      const headers = { 'X-Original-Host': host, Authorization: `Basic ${basic}`, 'Accept-Encoding': 'gzip' };
      const whole = await fetch(simulator.origin + path, { headers });
      await whole.text();
      const size = Number(whole.headers.get('content-length'));
      expect(size, inWords(request)).toBeGreaterThan(100);
      for (let place = 0; place < 100; place += 1) {
        const off = simulator.faults.add({ fault: { kind: 'cutGzip', at: Math.floor((size * place) / 100) } });
        const { result, slices } = await collect([source]);
        off();
        expect(result.outcomes.map(({ complete }) => complete)).toEqual([false]);
        expect(slices.map(({ slice }) => [slice.complete, slice.rows])).toEqual([[false, 0]]);
      }
      expect((await collect([source])).complete()).toBe(true);
    },
  );

  it.each(['events', 'messages', 'verify-services'].flatMap((id) => alone.filter((source) => source.id === id)))(
    'by the connection at any of a hundred places is never complete: $id',
    async (source) => {
      const { collect, simulator } = await simulated({}, undefined, false);
      for (let place = 0; place < 100; place += 1) {
        const off = simulator.faults.add({ fault: { kind: 'cutBody', at: place * 3 } });
        const { result, slices } = await collect([source]);
        off();
        expect(result.outcomes.map(({ complete }) => complete)).toEqual([false]);
        expect(slices.map(({ slice }) => [slice.complete, slice.rows])).toEqual([[false, 0]]);
      }
      expect((await collect([source])).complete()).toBe(true);
    },
  );

  it('before it was compressed, at any of a hundred places, is never complete', async () => {
    const rows = Array.from({ length: 20 }, (_, i) => ({
      sid: sid('SM', i),
      date_sent: new Date(noon - hour).toUTCString(),
    }));
    const body = Buffer.from(JSON.stringify({ messages: rows, start: 0, end: 19, page: 0 }));
    let size = body.length;
    const { port } = await serve((_seen, response) => response.writeHead(200).end(body.subarray(0, size)));
    const { twilio } = connect(port, { connection: { ...demo, account: mainSid } });
    const collect = async () => {
      const memory = memoryWriter();
      const about = { accounts: [{ account: mainSid, name: '' }], main: mainSid, window, now: noon, held: [] };
      const parts = { writer: memory.writer, clock: { now: () => noon }, delay: async () => {} };
      return { ...(await collectEvidence(twilio, { sources: [messageSource], ...about, ...parts })), ...memory };
    };
    for (let place = 0; place < 100; place += 1) {
      size = Math.floor((body.length * place) / 100);
      const { outcomes, sids } = await collect();
      expect(outcomes.map(({ complete }) => complete)).toEqual([false]);
      expect(sids()).toEqual([]);
    }
    size = body.length;
    const whole = await collect();
    expect(whole.complete()).toBe(true);
    expect(whole.sids()).toHaveLength(20);
  });
});
