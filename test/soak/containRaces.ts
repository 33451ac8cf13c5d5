import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startSimulator } from '../../src/simulator/server/startSimulator.ts';
import { leverCases } from '../core/contain/leverCases.ts';
import { mainSid, smallWorld } from '../simulator/smallWorld.ts';

/** What came of processes that start the same plan at once, judged by the simulator's log. */
export interface Races {
  rounds: number;
  /** Changes the simulator made. */
  changes: number;
  /** Requests it did twice, or not at all. */
  doubled: number;
  missing: number;
  /** Rounds that did not end as done once and already so for all others. */
  wrong: number;
}

const windows = 4;

/** Lets four processes carry out the same change at the same moment, round after round, with every lever in turn. */
export async function raceWindows(rounds: number): Promise<Races> {
  const totals: Races = { rounds: 0, changes: 0, doubled: 0, missing: 0, wrong: 0 };
  const folder = mkdtempSync(path.join(tmpdir(), 'contain-races-'));
  const program = path.join(import.meta.dirname, 'containRacer.ts');
  const children = Array.from({ length: windows }, () => fork(program, { execArgv: ['--no-warnings'] }));
  try {
    await Promise.all(children.map(said));
    for (; totals.rounds < rounds; totals.rounds += 1) await round(children, folder, totals);
  } finally {
    for (const child of children) child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
  return totals;
}

async function round(children: readonly ChildProcess[], folder: string, totals: Races): Promise<void> {
  const index = totals.rounds % leverCases.length;
  const one = leverCases[index];
  if (!one) throw new Error(`there is no case ${index}`);
  const world = smallWorld();
  one.prepare?.(world);
  const simulator = await startSimulator({ world, latencyMs: 2, random: Math.random });
  // Each round has a journal of its own: a long one takes longer to read than all the rest.
  const own = path.join(folder, `round-${totals.rounds}`);
  const job = { index, port: simulator.port, folder: own, secrets: path.join(folder, 'secrets.json') };
  rmSync(job.secrets, { force: true });
  await everyone(children, job);
  const ends = await everyone(children, 'go');
  const made = simulator.log
    .filter(({ mutation, acted }) => mutation && acted)
    .map(({ method, host, path: to, body }) => `${method} ${host}${to} ${body}`);
  totals.changes += made.length;
  totals.doubled += made.length - new Set(made).size;
  if (!one.isDone(world)) totals.missing += 1;
  // A window whose token another one has just rotated can read nothing, and sends nothing.
  const late = one.action === 'rotateAuthToken' && one.target.account === mainSid ? 'refused' : 'already';
  if (ends.filter((end) => end === late).length !== windows - 1 || !ends.includes('done')) totals.wrong += 1;
  await simulator.stop();
  rmSync(own, { recursive: true, force: true });
}

async function everyone(children: readonly ChildProcess[], message: object | string): Promise<readonly string[]> {
  const answers = children.map(said);
  for (const child of children) child.send(message);
  return Promise.all(answers);
}

async function said(child: ChildProcess): Promise<string> {
  const [message] = await once(child, 'message');
  return String(message);
}
