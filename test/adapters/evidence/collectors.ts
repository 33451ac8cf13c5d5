import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createIncidentStore } from '../../../src/adapters/evidence/incidentStore.ts';
import { all, captures, incident, storeIn } from './captures.ts';
import { clock, memoryAnchors } from './journals.ts';

const program = fileURLToPath(new URL('collectLoop.ts', import.meta.url));

/** What killing collectors at random moments did to what they collected. */
export interface KillResult {
  readonly kills: number;
  /** Slices that were acknowledged. */
  readonly slices: number;
  /** Acknowledged slices that are not there whole. */
  readonly lost: number;
  /** Recorded files that are not as they were recorded. */
  readonly damaged: number;
  /** Rows that are there more than once, or of a dropped slice, or of a slice that is not whole. */
  readonly wrong: number;
}

/** Lets one collector after the other write into a new incident of the folder and kills each at a random moment. */
export async function killCollectors(workspace: string, kills: number): Promise<KillResult> {
  const store = createIncidentStore({ anchors: memoryAnchors(), clock });
  const folder = await store.create(workspace, incident);
  const acknowledged = new Set<number>();
  for (let kill = 0; kill < kills; kill += 1)
    for (const first of await killOne(folder, kill * 1_000_000)) acknowledged.add(first);
  const opened = await store.open(folder, { patience: 5000 });
  if (opened.journal.readOnly !== undefined) throw new Error(opened.journal.readOnly);
  let damaged = 0;
  const rows = await all(storeIn(workspace).rows(opened, ['messages', 'calls'], () => void damaged++));
  await opened.journal.close();
  const found = new Map<number, Set<number>>();
  let wrong = 0;
  for (const { row } of rows) {
    const number = Number.parseInt(String(row['sid']).slice(2), 16);
    const first = number - (number % 10);
    const slice = found.get(first) ?? new Set();
    if (first % 70 === 0 || slice.has(number)) wrong++;
    found.set(first, slice.add(number));
  }
  wrong += [...found.values()].filter(({ size }) => size !== 10).length;
  const lost = [...acknowledged].filter((first) => !found.has(first)).length;
  if (captures(opened).length < kills) throw new Error('Some collectors recorded nothing.');
  return { kills, slices: acknowledged.size, lost, damaged, wrong };
}

async function killOne(folder: string, from: number): Promise<readonly number[]> {
  const child = spawn(process.execPath, ['--no-warnings', program, folder, String(from)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let said = '';
  await new Promise<void>((resolve, reject) => {
    child.once('exit', () => reject(new Error(`The collector ended by itself: ${said}`)));
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
      if (/^\d+$/m.test(said)) resolve();
    });
  });
  await new Promise((resolve) => setTimeout(resolve, Math.random() * 20));
  child.kill('SIGKILL');
  await gone;
  // A line that is cut was not acknowledged to anybody.
  return said
    .split('\n')
    .slice(0, -1)
    .flatMap((line) => (/^\d+$/.test(line) ? [Number(line)] : []));
}
