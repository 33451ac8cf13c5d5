import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type Interrupted, interruptedIn, settleInterrupted } from '../../src/core/contain/interrupted.ts';
import { holds, readLive } from '../../src/core/contain/readLive.ts';
import { isObject, type JsonObject } from '../../src/core/model/json.ts';
import { actions } from '../../src/core/registry.ts';
import { startSimulator } from '../../src/simulator/server/startSimulator.ts';
import { smallWorld } from '../simulator/smallWorld.ts';
import { open } from './containSide.ts';

// Kills a process that uses levers at random moments, 1,000 times unless told otherwise; settles by reading what it left open; and holds
// the journal against the simulator's own log: changes without an intent, changes made twice, outcomes that are not so.
const kills = Number(process.argv[2] ?? 1000);
const simulator = await startSimulator({ world: smallWorld(), latencyMs: 4, random: Math.random });
const folder = mkdtempSync(path.join(tmpdir(), 'contain-soak-'));
const counted = new WeakSet<object>();
const totals = { kills: 0, changes: 0, interrupted: 0, lost: 0, doubled: 0, wrong: 0 };

try {
  for (; totals.kills < kills; totals.kills += 1) await round();
} finally {
  await simulator.stop();
  rmSync(folder, { recursive: true, force: true });
}
console.log(`RESULT ${JSON.stringify(totals)}`);
process.exitCode = totals.lost + totals.doubled + totals.wrong === 0 ? 0 : 1;

async function round(): Promise<void> {
  const already = records().length;
  const loop = path.join(import.meta.dirname, 'containLoop.ts');
  const child = spawn(process.execPath, [loop, String(simulator.port), folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  await setTimeout(Math.random() * 400);
  child.kill('SIGKILL');
  await once(child, 'exit');
  // What it sent last may still be on its way through the simulator.
  await setTimeout(30);
  const { twilio, journal, clock } = open(simulator.port, folder);
  const left = interruptedIn(records(), actions);
  totals.interrupted += left.length;
  await settleInterrupted(left, { twilio, journal, clock });
  const recorded = records().slice(already);
  compare(recorded);
  for (const change of left) if (!(await isTrue(change, recorded, twilio))) totals.wrong += 1;
  if (interruptedIn(records(), actions).length > 0) totals.lost += 1;
  twilio.dispose();
}

/** Every change that was made was intended before, and no more often than it was intended. */
function compare(recorded: readonly JsonObject[]): void {
  const intended = recorded.filter(({ type }) => type === 'intent').flatMap(({ requests }) => requests as string[]);
  const made = simulator.log
    .filter((one) => one.mutation && one.acted && !counted.has(one))
    .map((one) => {
      counted.add(one);
      return one;
    })
    .map(({ method, host, path: to, body }) => `${method} https://${host}${to}${body ? ` ${body}` : ''}`);
  totals.changes += made.length;
  for (const line of new Set(made)) {
    const times = (list: readonly string[]) => list.filter((one) => one === line).length;
    if (times(intended) === 0) totals.lost += 1;
    else if (times(made) > times(intended)) totals.doubled += 1;
  }
}

/** What was settled is what Twilio holds: nobody else changes this world. */
async function isTrue(
  { plan, action, target, wanted }: Interrupted,
  recorded: readonly JsonObject[],
  twilio: ReturnType<typeof open>['twilio'],
): Promise<boolean> {
  const outcome = recorded.findLast((one) => one['type'] === 'outcome' && one['plan'] === plan);
  const { state } = await readLive(action, target, twilio);
  return outcome !== undefined && (outcome['result'] === 'done') === holds(state, wanted);
}

/** The journal as it is on disk; a line that was never written to its end is none. */
function records(): readonly JsonObject[] {
  let text = '';
  try {
    text = readFileSync(path.join(folder, 'journal.jsonl'), 'utf8');
  } catch {
    return [];
  }
  return text.split('\n').flatMap((line) => {
    try {
      const value: unknown = JSON.parse(line);
      return isObject(value) ? [value] : [];
    } catch {
      return [];
    }
  });
}
