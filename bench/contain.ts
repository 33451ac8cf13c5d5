/**
 * From a verdict to “token rotated, keys gone, country closed, subaccount suspended, calls ended” on an account with 50 subaccounts that
 * answers after a quarter of a second: requests, seconds of waiting and what a person has to do. Every change is recorded in a
 * journal on disk before it is sent, and looked up in the simulated world afterwards.
 *
 * Counted by the flow of `Contain…`: the command, the list of steps, the confirmation beside the plan, the typed SID. The ticks in
 * the list are told apart. The time a person reads is theirs and is not in it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createAccountJournal } from '../src/adapters/evidence/accountJournal.ts';
import { createTwilio } from '../src/adapters/twilio/createTwilio.ts';
import { delay } from '../src/adapters/twilio/delay.ts';
import { applyPlan } from '../src/core/contain/apply.ts';
import { applyPlans, makePlans } from '../src/core/contain/sequence.ts';
import { type Suggestion, suggestions } from '../src/core/contain/suggestions.ts';
import type { Connection } from '../src/core/model/connection.ts';
import { actions } from '../src/core/registry.ts';
import { generateWorld } from '../src/simulator/generate/generateWorld.ts';
import { smsPumping } from '../src/simulator/incidents/smsPumping.ts';
import { startSimulator } from '../src/simulator/server/startSimulator.ts';

const now = Date.UTC(2026, 10, 21, 12);
const hour = 3_600_000;
const liveCalls = 12;
const keys = 5;
const levers = ['rotateAuthToken', 'deleteApiKey', 'closeSmsCountry', 'suspendSubaccount', 'endLiveCalls'];
const dialogs = ['Contain…', 'steps', 'confirmation', 'typed SID'];

const clock = { now: () => now };
const world = generateWorld({
  seed: 11,
  now: clock.now,
  days: 7,
  subaccounts: 50,
  withoutCountries: ['RU'],
  incidents: [smsPumping({ account: 0, shape: 'burst', start: now - 5 * hour, end: now + hour, countries: ['RU'] })],
});
const [main, abused] = world.accounts.values();
if (!main || !abused) throw new Error('The world has no subaccount.');
const calls = [...abused.calls.newestFirst(0, now)].slice(0, liveCalls);
for (const { sid } of calls) abused.calls.change(sid, { status: 'in-progress' });
for (let index = 1; index <= keys; index += 1)
  main.keys.push({
    sid: `SK${String(index).padStart(32, '0')}`,
    friendlyName: `key ${index}`,
    secret: `secret of key ${index}`,
    created: now - index * hour,
    kind: 'standard',
    allow: [],
  });

const connection: Connection = {
  id: 'demo',
  name: main.friendlyName,
  account: main.sid,
  credential: { kind: 'authToken' },
  demo: true,
};
const simulator = await startSimulator({ world, latencyMs: 250 });
const folder = mkdtempSync(path.join(tmpdir(), 'twilio-incident-contain-'));
const token = main.authToken;
main.smsGeo.set('RU', true);
const twilio = createTwilio({
  connection,
  secret: token,
  mode: () => 'containment',
  route: { kind: 'simulator', port: simulator.port },
  clock,
  random: Math.random,
  delay,
  log: { info: () => {}, error: console.error },
  keep: async () => {},
});
const heads = new Map<string, Parameters<Parameters<typeof createAccountJournal>[0]['anchors']['write']>[1]>();
const anchors = {
  read: async (id: string) => heads.get(id),
  write: async (id: string, head: NonNullable<ReturnType<typeof heads.get>>) => void heads.set(id, head),
};
const journal = createAccountJournal({ folder, account: main.sid, anchors, clock });

try {
  const begun = performance.now();
  const scope = { account: main.sid, main: main.sid, now };
  const offered = await suggestions(actions, { scope, name: main.friendlyName, twilio });
  const listed = performance.now();
  const chosen = offered.steps.filter(isWanted);
  const missing = levers.filter((id) => !chosen.some(({ action }) => action.id === id));
  if (missing.length > 0) throw new Error(`Not offered: ${missing.join(', ')}.`);
  const plans = await makePlans(chosen, { connection, twilio, clock, newId: () => crypto.randomUUID() });
  const planned = performance.now();
  const context = { connectionId: connection.id, twilio, journal, clock, delay };
  const applied = await applyPlans(
    plans.filter(({ items }) => items.length > 0),
    (plan) => applyPlan(plan, context),
    clock,
  );
  const ended = performance.now();
  const bad = applied.plans.flatMap(({ outcomes }) => outcomes).filter(({ result }) => result !== 'done');
  if (bad.length > 0) throw new Error(`Not done: ${bad.map(({ sentence }) => sentence).join(' ')}`);
  check();
  const seconds = (from: number, to: number) => Math.round((to - from) / 10) / 100;
  const result = {
    bench: 'contain',
    subaccounts: world.accounts.size - 1,
    latencyMs: 250,
    interactions: dialogs.length,
    ticks: chosen.length,
    requests: simulator.log.length,
    changes: simulator.log.filter(({ mutation }) => mutation).length,
    seconds: {
      list: seconds(begun, listed),
      plan: seconds(listed, planned),
      apply: seconds(planned, ended),
      all: seconds(begun, ended),
    },
  };
  console.log(`RESULT ${JSON.stringify(result)}`);
} finally {
  twilio.dispose();
  await simulator.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** The main account's credentials, the attacked country, and the subaccount whose calls go on. */
function isWanted({ action, targets }: Suggestion): boolean {
  const [target] = targets;
  if (action.id === 'suspendSubaccount') return target?.account === abused?.sid;
  if (action.id === 'endLiveCalls' || action.id === 'rotateAuthToken') return target?.account === main?.sid;
  if (action.id === 'closeSmsCountry') return target?.kind === 'smsCountry' && target.iso === 'RU';
  return action.id === 'deleteApiKey' && targets.length > 1;
}

/** What the world holds, whoever says what. */
function check(): void {
  const held = {
    rotated: main?.authToken !== token,
    keys: main?.keys.length,
    open: main?.smsGeo.get('RU'),
    status: abused?.status,
    calls: calls.filter(({ sid }) => abused?.calls.find(sid)?.status === 'in-progress').length,
  };
  const wanted = { rotated: true, keys: 0, open: false, status: 'suspended', calls: 0 };
  if (JSON.stringify(held) !== JSON.stringify(wanted)) throw new Error(`The world holds ${JSON.stringify(held)}.`);
}
