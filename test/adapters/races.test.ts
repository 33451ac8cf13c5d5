import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { takeWriterLock } from '../../src/adapters/evidence/writerLock.ts';
import { raceWindows } from '../soak/containRaces.ts';

const source = path.resolve(import.meta.dirname, '../../src/adapters/evidence/writerLock.ts');

/** A process that takes the lock after this code ran, says whether it could, and stays. */
async function taker(identity: string, first = ''): Promise<{ said: string; process: ChildProcess }> {
  const script = `${first}
    const { takeWriterLock } = await import(${JSON.stringify(source)});
    const lock = await takeWriterLock(${JSON.stringify(tmpdir())}, ${JSON.stringify(identity)});
    console.log(lock ? 'taken' : 'held by another');
    setInterval(() => lock, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [chunk] = await once(child.stdout, 'data');
  return { said: String(chunk).trim(), process: child };
}

test('four processes that start the same plan at once, 6 times: each change is made once', async () => {
  const { changes, ...totals } = await raceWindows(6);
  expect(totals).toEqual({ rounds: 6, doubled: 0, missing: 0, wrong: 0 });
  expect(changes).toBeGreaterThanOrEqual(6);
});

test('a live lock is not taken by a process with the same number, nor by one whose clock is years off', async () => {
  const identity = `live ${process.pid}`;
  const holder = await taker(identity, 'Date.now = () => 0;');
  expect(holder.said).toBe('taken');
  const years = 10 * 365 * 86_400_000;
  for (const first of [
    `Object.defineProperty(process, 'pid', { value: ${holder.process.pid} });`,
    `const now = Date.now(); Date.now = () => now + ${years};`,
    `const now = Date.now(); Date.now = () => now - ${years};`,
  ])
    expect((await taker(identity, first)).said).toBe('held by another');
});

test('the lock of a process that is killed is free within 5 s', async () => {
  const identity = `killed ${process.pid}`;
  const holder = await taker(identity);
  expect([holder.said, await takeWriterLock(tmpdir(), identity)]).toEqual(['taken', undefined]);
  holder.process.kill('SIGKILL');
  const before = performance.now();
  for (;;) {
    const lock = await takeWriterLock(tmpdir(), identity);
    if (lock) await lock.release();
    if (lock) break;
    expect(performance.now() - before).toBeLessThan(5000);
  }
});
