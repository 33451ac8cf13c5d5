import { constants } from 'node:fs';
import { type FileHandle, lstat, mkdir, open } from 'node:fs/promises';

/** What a path or an open file is. */
export interface FileState {
  readonly kind: 'file' | 'folder' | 'link' | 'other';
  readonly size: number;
  /** Hard links to it; 0 when it was deleted while open. */
  readonly links: number;
  /** Device and file number: equal for the same file only. */
  readonly identity: string;
}

export interface JournalFile {
  state(): Promise<FileState>;
  read(): Promise<Buffer>;
  /** Writes all bytes at the end of the file, wherever that is. */
  append(bytes: Uint8Array): Promise<void>;
  truncate(size: number): Promise<void>;
  /** Data, and the size needed to find it, are on the disk afterwards (fdatasync). */
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** The calls a journal makes, so that tests can let each of them fail. */
export interface JournalFs {
  /** `undefined` when nothing is there. Never follows a link. */
  state(path: string): Promise<FileState | undefined>;
  open(path: string, how: 'read' | 'append' | 'create'): Promise<JournalFile>;
  makeFolder(path: string): Promise<void>;
  /** Makes a new name in the folder durable. */
  flushFolder(path: string): Promise<void>;
}

// Windows knows neither, and has no links that a plain open would follow unasked for.
const { O_NOFOLLOW = 0, O_NONBLOCK = 0, O_RDONLY, O_RDWR, O_APPEND, O_CREAT, O_EXCL } = constants;
const flags = {
  // Non-blocking: opening a pipe that somebody put there must not wait for its other end.
  read: O_RDONLY | O_NOFOLLOW | O_NONBLOCK,
  append: O_RDWR | O_APPEND | O_NOFOLLOW | O_NONBLOCK,
  create: O_RDWR | O_APPEND | O_CREAT | O_EXCL | O_NOFOLLOW,
} as const;

/** Files 0600, folders 0700. */
export const journalFs: JournalFs = {
  async state(path) {
    try {
      return stateOf(await lstat(path, { bigint: true }));
    } catch (reason) {
      if ((reason as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw reason;
    }
  },
  async open(path, how) {
    return journalFile(await open(path, flags[how], 0o600));
  },
  async makeFolder(path) {
    await mkdir(path, { recursive: true, mode: 0o700 });
  },
  async flushFolder(path) {
    // Windows cannot open a folder; NTFS journals new names itself.
    if (process.platform === 'win32') return;
    const folder = await open(path, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  },
};

function journalFile(handle: FileHandle): JournalFile {
  return {
    state: async () => stateOf(await handle.stat({ bigint: true })),
    async read() {
      return readWhole(handle, (await handle.stat()).size);
    },
    append: (bytes) => handle.appendFile(bytes),
    truncate: (size) => handle.truncate(size),
    flush: () => handle.datasync(),
    close: () => handle.close(),
  };
}

/**
 * So many bytes from the start of a file, or less when it ends before. A read may give less than it was asked for, on network file systems
 * above all; taken for the end, it would make a whole journal look torn.
 */
export async function readWhole(handle: Pick<FileHandle, 'read'>, size: number): Promise<Buffer> {
  const content = Buffer.alloc(size);
  let done = 0;
  while (done < size) {
    const { bytesRead } = await handle.read(content, done, size - done, done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return content.subarray(0, done);
}

function stateOf(stat: Awaited<ReturnType<typeof bigStat>>): FileState {
  const kind = stat.isSymbolicLink() ? 'link' : stat.isFile() ? 'file' : stat.isDirectory() ? 'folder' : 'other';
  return { kind, size: Number(stat.size), links: Number(stat.nlink), identity: `${stat.dev}:${stat.ino}` };
}

const bigStat = (path: string) => lstat(path, { bigint: true });
