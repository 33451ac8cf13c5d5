import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { interruptedIn, settleInterrupted } from '../../src/core/contain/interrupted.ts';
import { isObject, type JsonObject } from '../../src/core/model/json.ts';
import { actions } from '../../src/core/registry.ts';
import { type Simulator, startSimulator } from '../../src/simulator/server/startSimulator.ts';
import { type LeverCase, leverCases } from '../core/contain/leverCases.ts';
import { type SmallWorld, smallWorld } from '../simulator/smallWorld.ts';
import type { Job } from './containLoop.ts';
import { journalFile, keptIn, open } from './containSide.ts';

/** What was found, judged by the simulator's own log and world. The last four must be 0. */
export interface Killed {
  kills: number;
  /** Changes that the simulator made. */
  changes: number;
  /** Levers of which a kill left an intent without an outcome, and which levers those were. */
  interrupted: number;
  readonly levers: Set<string>;
  /** Changes without an intent, intents that stayed without an outcome, and records that cannot be read any more. */
  lost: number;
  /** Changes made more often than intended. */
  doubled: number;
  /** Outcomes that are not so. */
  wrong: number;
  /** Tokens that the account takes and nobody kept. */
  lockedOut: number;
}

/** A lever under way, and the world it is used on. */
interface Stage {
  readonly one: LeverCase;
  readonly world: SmallWorld;
  readonly simulator: Simulator;
  readonly job: Job;
  /** Records before it began. */
  readonly from: number;
}

/**
 * Lets processes use levers, each on a world of its own, kills them at random moments, and settles by reading what they left open. `hear`
 * is told what was found so far.
 */
export async function killLevers(kills: number, hear: (totals: Killed) => void = () => {}): Promise<Killed> {
  const totals: Killed = {
    ...{ kills: 0, changes: 0, interrupted: 0, lost: 0, doubled: 0, wrong: 0, lockedOut: 0 },
    levers: new Set(),
  };
  const cache = await compiled();
  let folder = '';
  for (; totals.kills < kills; totals.kills += 1) {
    // A fresh journal now and then: reading a long one would take more time than the killing.
    if (totals.kills % 25 === 0) {
      if (folder) rmSync(folder, { recursive: true });
      folder = mkdtempSync(path.join(tmpdir(), 'contain-soak-'));
    }
    await round(folder, cache, totals);
    if (totals.kills % 25 === 24) hear({ ...totals, kills: totals.kills + 1 });
  }
  for (const one of [folder, cache]) rmSync(one, { recursive: true, force: true });
  return totals;
}

/** Node's cache of compiled code, written by a process that ends by itself: starting takes a third of the time then. */
async function compiled(): Promise<string> {
  const cache = mkdtempSync(path.join(tmpdir(), 'contain-cache-'));
  const child = start(cache);
  await once(child, 'message');
  const stage = await begin(cache);
  await ask(child, stage.job);
  child.disconnect();
  await once(child, 'exit');
  await stage.simulator.stop();
  return cache;
}

function start(cache: string): ChildProcess {
  const env = { ...process.env, NODE_COMPILE_CACHE: cache };
  return fork(path.join(import.meta.dirname, 'containLoop.ts'), { execArgv: ['--no-warnings'], env });
}

async function round(folder: string, cache: string, totals: Killed): Promise<void> {
  const child = start(cache);
  const gone = once(child, 'exit').then(() => undefined);
  await once(child, 'message');
  let death: Promise<unknown> | undefined;
  const begun = performance.now();
  for (let turn = 0, alive = true; alive; turn += 1) {
    const stage = await begin(folder);
    // The first lever loads the SDK, which takes longer than all the rest: it is let through, and says how fast this machine is now.
    if (turn === 1) death = setTimeout(Math.random() * (performance.now() - begun)).then(() => child.kill('SIGKILL'));
    const said = await Promise.race([ask(child, stage.job), gone]);
    alive = said !== undefined;
    // What it sent last may still be on its way through the simulator.
    if (!alive) await setTimeout(30);
    if (alive) judge(stage, totals);
    else await settle(stage, totals);
    await stage.simulator.stop();
  }
  await death;
}

async function begin(folder: string): Promise<Stage> {
  const index = Math.floor(Math.random() * leverCases.length);
  const one = leverCases[index];
  if (!one) throw new Error('there are no levers');
  const world = smallWorld();
  one.prepare?.(world);
  const simulator = await startSimulator({ world, latencyMs: 4, random: Math.random });
  const secrets = path.join(folder, 'secrets.json');
  rmSync(secrets, { force: true });
  const job = { index, port: simulator.port, folder, secrets };
  return { one, world, simulator, job, from: records(folder).length };
}

async function ask(child: ChildProcess, job: Job): Promise<string> {
  const answer = once(child, 'message');
  child.send(job, () => undefined);
  return String((await answer)[0]);
}

/** The process is gone: what is open is read back, and the token still works. */
async function settle(stage: Stage, totals: Killed): Promise<void> {
  const { job, world } = stage;
  const { twilio, journal, clock } = open(job);
  const left = interruptedIn(records(job.folder), actions);
  totals.interrupted += left.length;
  for (const { action } of left) totals.levers.add(action.id);
  await settleInterrupted(left, { twilio, journal, clock });
  twilio.dispose();
  const kept = Object.values({ own: 'token-of-1', ...keptIn(job.secrets) });
  if (!kept.includes(world.mainAccount.authToken)) totals.lockedOut += 1;
  judge(stage, totals);
}

/** Holds what was recorded since the lever began against what the simulator did. */
function judge({ one, world, simulator, job, from }: Stage, totals: Killed): void {
  const recorded = records(job.folder).slice(from);
  const intended = recorded.filter(({ type }) => type === 'intent').flatMap(({ requests }) => requests as string[]);
  const made = simulator.log
    .filter(({ mutation, acted }) => mutation && acted)
    .map(({ method, host, path: to, body }) => `${method} https://${host}${to}${body ? ` ${body}` : ''}`);
  totals.changes += made.length;
  const times = (list: readonly string[], line: string) => list.filter((other) => other === line).length;
  for (const line of new Set(made)) {
    if (times(intended, line) === 0) totals.lost += 1;
    else if (times(made, line) > times(intended, line)) totals.doubled += 1;
  }
  const outcomes = recorded.filter(({ type }) => type === 'outcome');
  if (intended.length > 0 && outcomes.length === 0) totals.lost += 1;
  if (outcomes.length > 1) totals.wrong += 1;
  for (const { result } of outcomes) if ((result === 'done') !== one.isDone(world)) totals.wrong += 1;
}

/** The journal as it is on disk; a line that was never written to its end is none. */
function records(folder: string): readonly JsonObject[] {
  let text = '';
  try {
    text = readFileSync(journalFile(folder), 'utf8');
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
