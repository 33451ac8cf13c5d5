/**
 * From a verdict to “token rotated, keys gone, country closed, subaccount suspended, calls ended” on an account with 50 subaccounts that
 * answers after a quarter of a second: requests, seconds of waiting and what a person has to do, beside the steps of the Console path.
 * What is about to be changed is captured into an incident’s folder first, every change is recorded in its journal on disk before it is
 * sent, and looked up in the simulated world afterwards.
 *
 * Counted by the flow of `Contain…` in a window that is still read-only: leaving that (two), the command, the list of steps as the verdict
 * fills it in, the confirmation beside the plan, what is typed for all that cannot be undone. The time a person reads is theirs and is not in it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createEvidenceStore } from '../src/adapters/evidence/evidenceStore.ts';
import { createIncidentStore } from '../src/adapters/evidence/incidentStore.ts';
import { createTwilio } from '../src/adapters/twilio/createTwilio.ts';
import { delay } from '../src/adapters/twilio/delay.ts';
import { applyPlan } from '../src/core/contain/apply.ts';
import { sureTypes, takeoverOf } from '../src/core/contain/asked.ts';
import { captureFirst, captureLimit } from '../src/core/contain/captureFirst.ts';
import { attackedAccounts } from '../src/core/contain/excess.ts';
import { mergedKeys } from '../src/core/contain/keySteps.ts';
import { applyPlans, makePlans } from '../src/core/contain/sequence.ts';
import { suggestions } from '../src/core/contain/suggestions.ts';
import type { Connection } from '../src/core/model/connection.ts';
import { actions } from '../src/core/registry.ts';
import { generateWorld } from '../src/simulator/generate/generateWorld.ts';
import { smsPumping } from '../src/simulator/incidents/smsPumping.ts';
import { startSimulator } from '../src/simulator/server/startSimulator.ts';
import { memoryAnchors } from '../test/adapters/evidence/memoryAnchors.ts';
import { worldReport } from '../test/core/traffic/worldReport.ts';
import { consolePath, stepsOf } from './consolePath.ts';

const now = Date.UTC(2026, 10, 21, 12);
const hour = 3_600_000;
const liveCalls = 12;
const keys = 5;
/** What `Validate` says of such an incident. */
const verdicts = [
  { type: 'account-takeover', grade: 'confirmed' },
  { type: 'sms-pumping', grade: 'confirmed' },
] as const;
const interactions = [
  'Switch to containment…',
  'Containment',
  'Contain…',
  'the steps as chosen',
  'confirmation',
  'typed confirmation',
];
const goal = { interactions: 6, seconds: 15 };

const window = { from: now - 24 * hour, to: now };
const clock = { now: () => now };
const world = generateWorld({
  seed: 11,
  now: clock.now,
  days: 7,
  subaccounts: 50,
  withoutCountries: ['RU'],
  incidents: [smsPumping({ account: 1, shape: 'burst', start: now - 5 * hour, end: now + hour, countries: ['RU'] })],
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
const incidents = createIncidentStore({ anchors: memoryAnchors(), clock });
const evidence = createEvidenceStore({ clock, indexes: path.join(folder, 'indexes') });
const incident = await incidents.open(
  await incidents.create(folder, {
    id: crypto.randomUUID(),
    title: 'Bench',
    accounts: [{ sid: main.sid, name: main.friendlyName }],
    window,
    status: 'open',
    created: now,
  }),
  { patience: 0 },
);
const { journal } = incident;
// The verdict was judged by it, so it is known when containment begins.
const attacked = attackedAccounts(worldReport(world));

try {
  const begun = performance.now();
  const scope = { account: main.sid, main: main.sid, now };
  const { steps } = await suggestions(
    actions,
    { scope, name: main.friendlyName, twilio },
    attacked,
    sureTypes(verdicts),
    takeoverOf(verdicts, window),
  );
  const listed = performance.now();
  const chosen = mergedKeys(steps.filter(({ picked }) => picked));
  const made = await makePlans(chosen, { connection, twilio, clock, newId: () => crypto.randomUUID() });
  const plans = made.filter(({ items }) => items.length > 0);
  const planned = performance.now();
  const accounts = [...new Map(plans.flatMap((plan) => plan.accounts).map((one) => [one.account, one])).values()];
  const first = await captureFirst(accounts, {
    twilio,
    main: main.sid,
    held: [],
    writer: () => evidence.writer(incident),
    clock,
    delay,
  });
  const captured = performance.now();
  const context = { connectionId: connection.id, twilio, journal, clock, delay };
  const applied = await applyPlans(plans, (plan) => applyPlan(plan, context), clock);
  const ended = performance.now();
  const bad = applied.plans
    .flatMap(({ outcomes }) => outcomes)
    .filter(({ result }) => result !== 'done' && result !== 'already');
  if (bad.length > 0) throw new Error(`Not done: ${bad.map(({ sentence }) => sentence).join(' ')}`);
  check();
  const seconds = (from: number, to: number) => Math.round((to - from) / 10) / 100;
  const parts = consolePath({ keys, calls: liveCalls, accounts: 2 });
  for (const { what, once, each } of parts)
    console.log(`Console path, ${what}: ${once.length}${each ? ` + ${each.of} × ${each.steps.length}` : ''} steps`);
  const result = {
    bench: 'contain',
    subaccounts: world.accounts.size - 1,
    latencyMs: 250,
    interactions: interactions.length,
    ticks: 0,
    steps: plans.length,
    requests: simulator.log.length,
    changes: simulator.log.filter(({ mutation }) => mutation).length,
    seconds: seconds(begun, ended),
    of_them: {
      list: seconds(begun, listed),
      plan: seconds(listed, planned),
      capture: seconds(planned, captured),
      apply: seconds(captured, ended),
    },
    captured: { result: first.result, ...(first.result !== 'writing' && { rows: first.rows }) },
    consoleSteps: stepsOf(parts),
    goal,
  };
  if (captured - planned > captureLimit + 100) throw new Error('Capturing evidence kept containment waiting.');
  console.log(`RESULT ${JSON.stringify(result)}`);
} finally {
  await journal.close();
  twilio.dispose();
  await simulator.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** What the world holds, whoever says what. */
function check(): void {
  const held = {
    rotated: main?.authToken !== token,
    keys: main?.keys.filter(({ friendlyName }) => friendlyName.startsWith('key ')).length,
    open: main?.smsGeo.get('RU'),
    status: abused?.status,
    calls: calls.filter(({ sid }) => abused?.calls.find(sid)?.status === 'in-progress').length,
  };
  const wanted = { rotated: true, keys: 0, open: false, status: 'suspended', calls: 0 };
  if (JSON.stringify(held) !== JSON.stringify(wanted)) throw new Error(`The world holds ${JSON.stringify(held)}.`);
}
