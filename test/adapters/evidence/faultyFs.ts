import { type EvidenceFs, evidenceFs } from '../../../src/adapters/evidence/evidenceStoreFs.ts';
import type { JournalFile } from '../../../src/adapters/evidence/journalFs.ts';

/** The real file system, whose `failing`th call fails with `code`; counts from 1. Journal and captures may share it. */
export function faultyFs(failing: number, code: string): EvidenceFs & { readonly calls: readonly string[] } {
  const calls: string[] = [];
  const step = (name: string): void => {
    if (calls.push(name) === failing) throw Object.assign(new Error(`${code}: ${name}`), { code });
  };
  const faultyFile = (file: JournalFile): JournalFile => ({
    async state() {
      step('fstat');
      return file.state();
    },
    async read() {
      step('read');
      return file.read();
    },
    async append(bytes) {
      // A full disk takes a part first.
      if (calls.length + 1 === failing) await file.append(bytes.subarray(0, bytes.length >> 1));
      step('write');
      await file.append(bytes);
    },
    async truncate(size) {
      step('truncate');
      await file.truncate(size);
    },
    async flush() {
      step('flush');
      await file.flush();
    },
    async close() {
      await file.close();
      step('close');
    },
  });
  return {
    calls,
    async state(path) {
      step('lstat');
      return evidenceFs.state(path);
    },
    async open(path, how) {
      step('open');
      return faultyFile(await evidenceFs.open(path, how));
    },
    async makeFolder(path) {
      step('mkdir');
      await evidenceFs.makeFolder(path);
    },
    async flushFolder(path) {
      step('flushFolder');
      await evidenceFs.flushFolder(path);
    },
    async list(folder) {
      step('readdir');
      return evidenceFs.list(folder);
    },
    async rename(from, to) {
      step('rename');
      await evidenceFs.rename(from, to);
    },
    async remove(path) {
      step('unlink');
      await evidenceFs.remove(path);
    },
  };
}
