import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Window } from '../../../src/core/traffic/window.ts';
import { builtWorker } from '../../threads/workerOf.ts';

const program = fileURLToPath(new URL('pullProcess.ts', import.meta.url));

/** The simulator that is collected from, and what of it. */
export interface PullFrom {
  readonly port: number;
  readonly secret: string;
  readonly window: Window;
}

/**
 * Collects messages and calls into an incident, in a process of its own with threads as users have them; kills it after `lives` milliseconds of
 * collecting. Gives whether that was needed, and else by how many bytes the process grew meanwhile, at most.
 */
export async function runPull(
  folder: string,
  { port, secret, window }: PullFrom,
  lives?: number,
): Promise<{ readonly killed: boolean; readonly grewBy: number }> {
  const args = [folder, port, secret, window.from, window.to, builtWorker('pages')].map(String);
  const child = spawn(process.execPath, ['--no-warnings', program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  let timer: NodeJS.Timeout | undefined;
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    said += chunk;
    if (said.includes('begun') && lives !== undefined) timer ??= setTimeout(() => child.kill('SIGKILL'), lives);
  });
  const signal = await new Promise((resolve) => child.once('close', (_code, by) => resolve(by)));
  clearTimeout(timer);
  const killed = signal === 'SIGKILL';
  if (!killed && !said.includes('complete\n')) throw new Error(`The collection failed: ${said}`);
  return { killed, grewBy: Number(/^grew by (\d+)$/m.exec(said)?.[1] ?? Number.NaN) };
}
