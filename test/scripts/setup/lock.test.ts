import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { withLock } from '../../../scripts/setup/lock.mjs';

let folder = '';
let file = '';
beforeEach(() => {
  vi.spyOn(console, 'log').mockReturnValue();
  folder = mkdtempSync(path.join(tmpdir(), 'lock-'));
  file = path.join(folder, 'nested/work.lock');
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

test('two holders of one lock never work at the same time', async () => {
  let inside = 0;
  let most = 0;
  const work = async () => {
    most = Math.max(most, ++inside);
    await sleep(20);
    inside--;
  };
  await Promise.all([withLock(file, work), withLock(file, work), withLock(file, work)]);
  expect(most).toBe(1);
});

test('the lock is free again after work that failed', async () => {
  await expect(withLock(file, () => Promise.reject(new Error('no network')))).rejects.toThrow('no network');
  expect(existsSync(file)).toBe(false);
  expect(await withLock(file, () => Promise.resolve('done'))).toBe('done');
});

test('the lock of a process that no longer lives is taken over', async () => {
  const dead = spawnSync(process.execPath, ['--version']).pid;
  await withLock(file, () => Promise.resolve());
  writeFileSync(file, String(dead));
  expect(await withLock(file, () => Promise.resolve('done'), { waitMs: 5000 })).toBe('done');
  expect(console.log).not.toHaveBeenCalled();
});

test('waiting for a living holder ends with a sentence that names the file', async () => {
  await withLock(file, async () => {
    await expect(withLock(file, () => Promise.resolve(), { waitMs: 100 })).rejects.toThrow(`holds ${file}`);
  });
});
