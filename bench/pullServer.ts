import { type JsonObject, objectsOf, textOf } from '../src/core/model/json.ts';
import { arrayTraffic } from '../src/simulator/arrayTraffic.ts';
import { startSimulator } from '../src/simulator/server/startSimulator.ts';
import type { SimAccount, SimMessage } from '../src/simulator/world.ts';
import { createPages } from './pullPages.ts';
import { latencyMs, now, pullAccount, token } from './pullSide.ts';

// The Twilio of the bench, in a process of its own: one account, a week of messages of which a third came within six hours, answers after a
// quarter of a second, and a number of requests at once beyond which it refuses. Its pages are written before anything is measured.
const [messages = 0, ceiling = 0] = process.argv.slice(2).map(Number);
const day = 86_400_000;
const hour = 3_600_000;
const surgeFrom = now - 2.4 * day;

let state = 7;
/** In [0, 1), the same every time (Park and Miller, 1988). */
function random(): number {
  state = (state * 48_271) % 2_147_483_647;
  return state / 2_147_483_647;
}

function message(index: number): SimMessage {
  const inSurge = index < messages * 0.35;
  // Whole milliseconds, as all instants of a world: the end of a second would lie between two windows otherwise.
  const at = Math.floor(inSurge ? surgeFrom + random() * 6 * hour : now - 7 * day + random() * (7 * day - 60_000));
  const sid = `SM${index.toString(16).padStart(8, '0')}${Math.floor(random() * 2 ** 31)
    .toString(16)
    .padStart(24, '0')}`;
  return {
    sid,
    at,
    sent: at + Math.floor(random() * 3000),
    from: '+14155550101',
    to: `+7958111${String(Math.floor(random() * 10_000)).padStart(4, '0')}`,
    body: `Your Northwind Pharmacy code is ${100_000 + Math.floor(random() * 900_000)}. Do not share it with anyone.`,
    direction: 'outbound-api',
    status: random() < 0.9 ? 'delivered' : 'undelivered',
    errorCode: undefined,
    segments: 1,
    price: -0.0415,
    messagingServiceSid: undefined,
  };
}

const account: SimAccount = {
  sid: pullAccount,
  owner: pullAccount,
  friendlyName: 'Bench',
  status: 'active',
  suspendedByTwilio: false,
  created: now - 800 * day,
  updated: now - 800 * day,
  authToken: token,
  secondaryToken: undefined,
  keys: [],
  numbers: [],
  messagingServices: [],
  verifyServices: [],
  events: [],
  alerts: arrayTraffic([]),
  usageTriggers: [],
  smsGeo: new Map(),
  voiceGeo: new Map(),
  safeList: new Set(),
  messages: arrayTraffic(Array.from({ length: messages }, (_, index) => message(index))),
  calls: arrayTraffic([]),
  attempts: arrayTraffic([]),
};

const world = { seed: 7, now: () => now, main: pullAccount, accounts: new Map([[pullAccount, account]]) };
const simulator = await startSimulator({
  world,
  latencyMs,
  random,
  pack: createPages(await everything()),
  ...(ceiling > 0 && { concurrencyLimit: ceiling }),
});
process.send?.(simulator.port);
process.on('message', () => {
  process.send?.(simulator.log.map(({ status }) => status ?? 0));
});

/** Every message as the simulator lists it, read page by page before anything is measured. */
async function everything(): Promise<readonly JsonObject[]> {
  const { origin, stop } = await startSimulator({ world });
  const rows: JsonObject[] = [];
  const headers = {
    'X-Original-Host': 'api.twilio.com',
    Authorization: `Basic ${Buffer.from(`${pullAccount}:${token}`).toString('base64')}`,
  };
  let next: string | undefined = `/2010-04-01/Accounts/${pullAccount}/Messages.json?PageSize=1000`;
  while (next) {
    const page: JsonObject = JSON.parse(await (await fetch(origin + next, { headers })).text());
    rows.push(...objectsOf(page, 'messages'));
    next = textOf(page, 'next_page_uri');
  }
  await stop();
  return rows;
}
