import { rm, truncate } from 'node:fs/promises';
import path from 'node:path';
import { type EvidenceFs, evidenceFs } from '../../../src/adapters/evidence/evidenceStoreFs.ts';
import type { JournalFile } from '../../../src/adapters/evidence/journalFs.ts';

/** `after` the call took effect; `half`: before, or, of what it writes, half of it. */
export type CrashWhen = 'after' | 'half';

export interface CrashingFs extends EvidenceFs {
  /** The calls made, as far as the process lived. */
  readonly calls: readonly string[];
  readonly crashed: boolean;
  /** Takes from the disk what a power cut takes: bytes that were not flushed, and files whose names were not. */
  cutPower(): Promise<void>;
}

/**
 * The real file system for a process that ends at its `failing`th call, counted from 1: from then on every call fails and nothing takes effect,
 * but that files are let go of.
 */
export function crashingFs(failing: number, when: CrashWhen): CrashingFs {
  const calls: string[] = [];
  let crashed = false;
  /** Of files that were written to: how much of each is flushed, and whether its name is. */
  const written = new Map<string, { size: number; named: boolean }>();
  const gone = (): Error => Object.assign(new Error('the process ended'), { code: 'EIO' });

  async function through<T>(name: string, work: () => Promise<T>, half?: () => Promise<unknown>): Promise<T> {
    if (crashed) throw gone();
    if (calls.push(name) !== failing) return work();
    crashed = true;
    if (when === 'after') await work();
    if (when === 'half') await half?.();
    throw gone();
  }
  function fileOf(target: string, file: JournalFile): JournalFile {
    return {
      state: () => through('fstat', () => file.state()),
      read: () => through('read', () => file.read()),
      append: (bytes) =>
        through(
          'write',
          () => file.append(bytes),
          () => file.append(bytes.subarray(0, bytes.length >> 1)),
        ),
      truncate: (size) => through('truncate', () => file.truncate(size)),
      flush: () =>
        through('flush', async () => {
          await file.flush();
          const own = written.get(target);
          if (own) own.size = (await file.state()).size;
        }),
      close: () => file.close(),
    };
  }
  return {
    calls,
    get crashed() {
      return crashed;
    },
    async cutPower() {
      for (const [target, { size, named }] of written)
        if (named) await truncate(target, size).catch(() => undefined);
        else await rm(target, { force: true });
    },
    state: (target) => through('lstat', () => evidenceFs.state(target)),
    open: (target, how) =>
      through('open', async () => {
        const file = await evidenceFs.open(target, how);
        const { size } = await file.state();
        if (crashed) await file.close();
        if (how !== 'read') written.set(target, { size, named: how === 'append' });
        return fileOf(target, file);
      }),
    makeFolder: (folder) => through('mkdir', () => evidenceFs.makeFolder(folder)),
    flushFolder: (folder) =>
      through('flushFolder', async () => {
        await evidenceFs.flushFolder(folder);
        for (const [target, own] of written) if (path.dirname(target) === folder) own.named = true;
      }),
    list: (folder) => through('readdir', () => evidenceFs.list(folder)),
    rename: (from, to) => through('rename', () => evidenceFs.rename(from, to)),
    remove: (target) => through('unlink', () => evidenceFs.remove(target)),
  };
}
