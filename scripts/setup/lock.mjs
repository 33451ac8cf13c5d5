import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Does `work` while no other process does work under the same lock file. The file holds the owner's process id; the lock of a
 * process that no longer lives is taken over.
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @param {{ waitMs?: number }} [options] how long to wait for the other one, milliseconds
 * @returns {Promise<T>}
 */
export async function withLock(file, work, { waitMs = 15 * 60_000 } = {}) {
  mkdirSync(path.dirname(file), { recursive: true });
  const deadline = performance.now() + waitMs;
  for (let told = false; !take(file); await sleep(200)) {
    if (performance.now() > deadline) {
      throw new Error(
        `Another process still holds ${file}. If none of yours is setting up, delete that file and try again.`,
      );
    }
    if (!told) console.log('Another process is doing the same set-up; waiting for it…');
    told = true;
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

/**
 * @param {string} file
 * @returns {boolean} whether the lock is ours now
 */
function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  }
  if (isAlive(owner(file))) return false;
  // Rename first: of two processes that find the same dead owner, one gets the file and the other an error.
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
    rmSync(aside, { force: true });
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error;
  }
  return take(file);
}

/** @param {string} file */
function owner(file) {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    return 0; // gone meanwhile: simply try again
  }
}

/** @param {number} pid 0 while the owner is still writing its id */
function isAlive(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return isCode(error, 'EPERM');
  }
}

/**
 * @param {unknown} error
 * @param {string} code
 */
function isCode(error, code) {
  return error instanceof Error && 'code' in error && error.code === code;
}
