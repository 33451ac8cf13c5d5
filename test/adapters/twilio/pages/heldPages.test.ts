import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { packRows } from '../../../../src/adapters/evidence/captureWriterSlice.ts';
import type { TwilioOptions } from '../../../../src/adapters/twilio/createTwilio.ts';
import { collectEvidence } from '../../../../src/core/evidence/collect/collectEvidence.ts';
import { tableOf } from '../../../../src/core/evidence/collect/rowTable.ts';
import { messages as source } from '../../../../src/core/evidence/sources/messages.ts';
import type { JsonObject } from '../../../../src/core/model/json.ts';
import type { Page } from '../../../../src/core/ports.ts';
import type { TwilioRequest } from '../../../../src/core/twilio/request.ts';
import { arrayTraffic } from '../../../../src/simulator/arrayTraffic.ts';
import { startSimulator } from '../../../../src/simulator/server/startSimulator.ts';
import { withCode, withoutCode } from '../../../core/evidence/codeCorpus.ts';
import { day, mainSid, message, noon, sid, smallWorld } from '../../../simulator/smallWorld.ts';
import { workerOf } from '../../../threads/workerOf.ts';
import { all, newIncident, storeIn } from '../../evidence/captures.ts';
import { freshFolder } from '../../evidence/journals.ts';
import { connect, demo, json, main, messages, serve, token } from '../loopback.ts';
import { seeded } from '../virtualClock.ts';

const folder = freshFolder();
const pageScript = workerOf('pages');

/** Rows of every kind that Twilio does not send and somebody might, and texts with and without codes. */
function hostileRows(seed: number): readonly unknown[] {
  const random = seeded(seed);
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)];
  const texts = [
    ...withCode.map(([, text]) => text),
    ...withoutCode,
    `leaked ${token}`,
    'line\nbreak "quote" \\ back\u2028slash \u0000 😀 \ud800',
    `Basic ${Buffer.from(`${main}:${token}`).toString('base64')}`,
    'https://user:password@example.com/x',
    '',
  ];
  const odd = [null, 7, 'text', [], [{ sid: 'SMinside' }], {}, { sid: 5 }, { sid: null, date_sent: 'never' }];
  return Array.from({ length: 1000 }, (_, n) => {
    if (random() < 0.02) return pick(odd);
    return {
      sid: `SM${Math.floor(random() * 990)
        .toString(16)
        .padStart(32, '0')}`,
      body: pick(texts),
      date_sent: pick(['Fri, 20 Nov 2026 10:00:01 +0000', '2026-11-20T10:00:01Z', null, 'soon', undefined]),
      date_created: new Date(1_795_000_000_000 + n * 1000).toUTCString(),
      date_updated: pick([null, 'Fri, 20 Nov 2026 10:00:05 +0000']),
      price: pick(['-0.0079', null, -0.0079, 1e21]),
      ...(random() < 0.05 && { auth_token: 'x', nested: { password: 'p', __proto__: null, list: [token] } }),
      ...(random() < 0.05 && { constructor: 'c', toString: 1, messages: [1] }),
    };
  });
}

/** Asks until the threads are awake. */
async function heldPage(ask: () => Promise<Page>): Promise<Page> {
  for (;;) {
    const page = await ask();
    if (page.held) return page;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test('a page is the same read in a thread as read here: what is told of it, and every byte that reaches the disk', async () => {
  let body: JsonObject = {};
  const { port } = await serve((_seen, response) => json(response, body));
  const here = connect(port).twilio;
  const away = connect(port, { pageScript }).twilio;
  let compared = 0;
  for (const seed of [1, 2, 3]) {
    body = { messages: hostileRows(seed), page: 0, start: 0, end: 999, auth_token: token } as JsonObject;
    const plain = await here.page(messages);
    const { held, ...page } = await heldPage(() => away.page(messages, undefined, { rowsOf: 'messages' }));
    if (!held) throw new Error('not held');
    const { receivedAt: _, ...proof } = plain.proof;
    expect(page.proof).toMatchObject(proof);
    expect(page.items).toEqual([]);
    expect({ ...page.body, messages: [] }).toEqual({ ...plain.body, messages: [] });
    expect(held.table).toEqual(tableOf(source, plain.items));
    expect([held.items, held.odd]).toEqual([plain.items.length, 1000 - plain.items.length]);
    const places = Uint32Array.from(plain.items.keys()).filter((place) => place % 7 !== seed);
    const bodies = seed === 3 ? 'full' : 'masked';
    const kept = Array.from(places, (place) => plain.items[place] ?? {});
    const [packed, wanted] = [await held.pack(places, bodies), await packRows('messages', bodies, kept)];
    expect(packed.removed).toEqual(wanted.removed);
    if (bodies === 'masked') expect(packed.removed['one-time codes']).toBeGreaterThan(100);
    expect(gunzipSync(packed.member ?? '').equals(gunzipSync(wanted.member ?? ''))).toBe(true);
    expect(gunzipSync(packed.member ?? '').includes(token)).toBe(false);
    compared += kept.length;
  }
  expect(compared).toBeGreaterThan(2000);
});

test('small pages, pages that nobody asked to hold and pages that lead elsewhere stay here', async () => {
  const many = hostileRows(4);
  const replies: JsonObject[] = [{ messages: [] }];
  const { port } = await serve((_seen, response) => json(response, replies.at(-1)));
  const { twilio } = connect(port, { pageScript });
  const ask = (rowsOf?: 'messages') => twilio.page(messages, undefined, rowsOf && { rowsOf });
  replies.push({ messages: many } as JsonObject);
  (await heldPage(() => ask('messages'))).held?.drop();
  expect((await ask()).held).toBeUndefined();
  replies.push({ messages: [], page: 0 });
  expect((await ask('messages')).held).toBeUndefined();
  replies.push({ messages: many, next_page_uri: 'https://evil.example/next' } as JsonObject);
  await expect(ask('messages')).rejects.toThrow('names a next page that does not belong to it');
  replies.push({ other: many } as JsonObject);
  await expect(ask('messages')).rejects.toThrow('has no "messages"');
});

test('what is collected through threads is what is collected without them, under a ceiling and faults that pass', async () => {
  const many = Array.from({ length: 4000 }, (_, i) => message(sid('SM', i + 1), noon - day + i * 20_000));
  const world = smallWorld({ messages: arrayTraffic(many) });
  const simulator = await startSimulator({ world, latencyMs: 5, concurrencyLimit: 3 });
  onTestFinished(() => simulator.stop());
  const about = { connection: { ...demo, account: mainSid }, secret: world.mainAccount.authToken };
  const lines = async (parts: Partial<TwilioOptions>) => {
    const { twilio } = connect(simulator.port, { ...about, ...parts });
    const first: TwilioRequest = { operation: 'listMessages', account: mainSid };
    if (parts.pageScript) (await heldPage(() => twilio.page(first, undefined, { rowsOf: 'messages' }))).held?.drop();
    const off = (['throttle', 'reset'] as const).map((kind) =>
      simulator.faults.add({ fault: { kind, acted: false }, operationId: 'ListMessage', skip: 2, times: 2 }),
    );
    const opened = await newIncident(path.join(folder.path, parts.pageScript ? 'away' : 'here'));
    const writer = await storeIn(folder.path).writer(opened);
    const { outcomes } = await collectEvidence(twilio, {
      ...{ sources: [source], accounts: [{ account: mainSid, name: '' }], main: mainSid, held: [], writer },
      ...{ window: { from: noon - 2 * day, to: noon }, now: noon, clock: { now: () => noon }, delay: async () => {} },
    });
    await writer.close();
    for (const end of off) end();
    expect(outcomes).toMatchObject([{ complete: true, rows: many.length }]);
    const rows = await all(storeIn(folder.path).rows(opened, ['messages']));
    await opened.journal.close();
    return rows.map(({ row }) => JSON.stringify(row)).toSorted();
  };
  expect(await lines({ pageScript })).toEqual(await lines({}));
});
