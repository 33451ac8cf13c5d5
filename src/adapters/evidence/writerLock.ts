import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { sha256 } from './sha256.ts';

/** Held by one process at a time. */
export interface WriterLock {
  release(): Promise<void>;
}

/**
 * Takes the lock of a folder, `undefined` when somebody else holds it. `identity` names the folder itself, so that another path to
 * it, or its new name, is the same lock.
 *
 * The kernel owns the lock and frees it with its owner, however that ends. So there is no stale lock to judge by age or process
 * number, both of which a clock jump or a reused number would make wrong. Linux: an abstract Unix socket, which exists only while it is
 * bound (unix(7)). Elsewhere: a file opened exclusively, which libuv documents for macOS and Windows (UV_FS_O_EXLOCK) and Linux lacks.
 * Containers with networks of their own do not see each other's sockets: there the journal's own check of its size before each append
 * finds the second writer.
 */
export async function takeWriterLock(folder: string, identity: string): Promise<WriterLock | undefined> {
  try {
    return process.platform === 'linux' ? await bindSocket(identity) : await openExclusively(folder);
  } catch (reason) {
    const code = (reason as NodeJS.ErrnoException).code ?? '';
    if (['EADDRINUSE', 'EAGAIN', 'EWOULDBLOCK', 'EBUSY'].includes(code)) return undefined;
    throw reason;
  }
}

async function bindSocket(identity: string): Promise<WriterLock> {
  const server = createServer((visitor) => visitor.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(`\0twilio-incident-${sha256(identity)}`, resolve);
  });
  server.unref();
  return { release: () => new Promise((resolve) => server.close(() => resolve())) };
}

// <fcntl.h> of macOS and the BSDs; libuv's own number on Windows. Node names neither.
const exclusive = process.platform === 'win32' ? 0x10000000 : 0x20;

async function openExclusively(folder: string): Promise<WriterLock> {
  const { O_RDWR, O_CREAT, O_NONBLOCK = 0, O_NOFOLLOW = 0 } = constants;
  const flags = O_RDWR | O_CREAT | O_NONBLOCK | O_NOFOLLOW | exclusive;
  const file = await open(path.join(folder, 'journal.lock'), flags, 0o600);
  return { release: () => file.close() };
}
