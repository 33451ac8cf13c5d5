import type { FileState, JournalFile, JournalFs } from '../../../src/adapters/evidence/journalFs.ts';

interface Kept {
  /** What programs read. */
  written: Buffer;
  /** What has been flushed: all that a power cut is sure to leave. */
  durable: Buffer;
  /** Whether the name in its folder was flushed. */
  named: boolean;
}

/** What a crash leaves of bytes that were written and not flushed. */
export type Remains = 'none' | 'half' | 'all';

type Step = (call: string, when: 'before' | 'after') => void;

export interface VolatileFs extends JournalFs {
  /** The file's bytes that would survive a power cut now; empty for a name that would not. */
  durable(path: string): string;
  /** The same disk after a crash, for the next process. */
  after(remains: Remains, step?: Step): VolatileFs;
}

let disks = 0;

/** A disk in memory that forgets what was not flushed. `step` is told of each call before and after it takes effect, and may throw. */
export function volatileFs(step: Step = () => {}, kept: ReadonlyMap<string, Kept> = new Map()): VolatileFs {
  disks += 1;
  const disk = `${process.pid}-${disks}`;
  const files = new Map(kept);
  const missing = () => Object.assign(new Error('ENOENT'), { code: 'ENOENT' });

  function through<T>(call: string, work: () => T): T {
    step(call, 'before');
    const result = work();
    step(call, 'after');
    return result;
  }

  function opened(path: string, file: Kept): JournalFile {
    return {
      state: async () => through('fstat', () => stateOf(path, file)),
      read: async () => through('read', () => file.written),
      append: async (bytes) =>
        through('write', () => {
          file.written = Buffer.concat([file.written, bytes]);
        }),
      truncate: async (size) =>
        through('truncate', () => {
          file.written = file.written.subarray(0, size);
        }),
      flush: async () =>
        through('flush', () => {
          file.durable = file.written;
        }),
      close: async () => through('close', () => undefined),
    };
  }

  function stateOf(path: string, file: Kept): FileState {
    return { kind: 'file', size: file.written.length, links: 1, identity: `${disk}:${path}` };
  }

  return {
    state: async (path) =>
      through('lstat', () => {
        const file = files.get(path);
        if (file) return stateOf(path, file);
        const isFolder = !path.includes('.');
        return isFolder ? { kind: 'folder', size: 0, links: 2, identity: `${disk}:${path}` } : undefined;
      }),
    open: async (path, how) =>
      through('open', () => {
        const file = files.get(path);
        if (how === 'create') {
          const made = { written: Buffer.alloc(0), durable: Buffer.alloc(0), named: false };
          files.set(path, made);
          return opened(path, made);
        }
        if (!file) throw missing();
        return opened(path, file);
      }),
    makeFolder: async () => through('mkdir', () => undefined),
    flushFolder: async (folder) =>
      through('flushFolder', () => {
        for (const [path, file] of files) if (path.startsWith(`${folder}/`)) file.named = true;
      }),
    durable(path) {
      const file = files.get(path);
      return file?.named ? file.durable.toString() : '';
    },
    after(remains, next) {
      const left = [...files].filter(([, { named }]) => named || remains === 'all');
      return volatileFs(next, new Map(left.map(([path, file]) => [path, { ...asLeft(file, remains), named: true }])));
    },
  };
}

function asLeft({ written, durable }: Kept, remains: Remains): Pick<Kept, 'written' | 'durable'> {
  const lost = Math.max(0, written.length - durable.length);
  const size = durable.length + (remains === 'all' ? lost : remains === 'half' ? lost >> 1 : 0);
  const content = remains === 'none' ? durable : written.subarray(0, size);
  return { written: content, durable: content };
}
