import { availableParallelism } from 'node:os';
import { type HeldRows, type PackedRows, rowsAt } from '../../../core/evidence/heldRows.ts';
import { packRows } from '../../evidence/captureWriterSlice.ts';
import type { KnownSecrets } from '../knownSecrets.ts';
import type { Unreadable } from '../readReply.ts';
import { type PageThread, startPageThread } from './pageThread.ts';
import { type PageHead, type PageTask, readPage } from './readPage.ts';

/** A page that was read in another thread. */
export interface HeldPage extends PageHead {
  readonly rows: HeldRows;
}

export interface PageThreads {
  /** Reads a page elsewhere; `undefined` when it has to be read on this thread. */
  read(task: PageTask): Promise<HeldPage | Unreadable | undefined>;
  /** Reads no more; the threads end when what was read is packed or dropped. */
  dispose(): void;
}

export interface PageThreadsParts {
  /** What the threads run. */
  readonly script: string | URL;
  readonly known: Pick<KnownSecrets, 'all' | 'blank'>;
  /** Milliseconds without work after which they end. */
  readonly idle?: number;
  readonly start?: typeof startPageThread;
}

/** With 24 requests at once a page comes every ten milliseconds or so, and each takes a thread about fifteen. */
const most = 2;

/**
 * Threads for the pages of an account's logs: a page of a thousand rows takes some twenty milliseconds to decompress, read, mask and compress,
 * which the thread that all extensions share has not got. They start with the first page, which is read on this one, and end when there is nothing
 * to do for a while. A page whose thread ended before it was packed is read again on this one.
 */
export function createPageThreads({
  script,
  known,
  idle = 5000,
  start = startPageThread,
}: PageThreadsParts): PageThreads {
  let threads: readonly PageThread[] = [];
  const told = new WeakMap<PageThread, number>();
  let resting: ReturnType<typeof setTimeout> | undefined;
  let pages = 0;
  // Pages that are neither packed nor dropped.
  let out = 0;
  let useless = false;
  let closing = false;

  function end(): void {
    clearTimeout(resting);
    for (const thread of threads) thread.end();
    threads = [];
  }

  /** The threads there are, the least busy first; new ones when there are none, unless they would not start. */
  function awake(): readonly PageThread[] {
    useless ||= threads.some(({ state }) => state === 'failed');
    threads = threads.filter(({ state }) => state === 'starting' || state === 'ready');
    if (useless || closing) return [];
    const count = Math.min(most, availableParallelism());
    if (threads.length === 0) threads = Array.from({ length: count }, () => start(script));
    stayAwake();
    return threads.toSorted((a, b) => a.busy - b.busy);
  }

  function stayAwake(): void {
    clearTimeout(resting);
    resting = setTimeout(() => (threads.some(({ busy }) => busy > 0) ? stayAwake() : end()), idle);
  }

  async function readIn(thread: PageThread, page: number, task: PageTask): Promise<PageHead | Unreadable> {
    const secrets = known.all.slice(told.get(thread));
    told.set(thread, known.all.length);
    return (await thread.ask({ kind: 'read', page, secrets, ...task })) as PageHead | Unreadable;
  }

  return {
    async read(task) {
      const thread = awake().find(({ state }) => state === 'ready');
      if (!thread) return undefined;
      pages += 1;
      const page = pages;
      try {
        const head = await readIn(thread, page, task);
        if (head.kind === 'unreadable') return head;
        out += 1;
        return { ...head, rows: heldRows(thread, page, head, task) };
      } catch {
        return undefined;
      }
    },
    dispose() {
      closing = true;
      if (out === 0) end();
    },
  };

  function heldRows(thread: PageThread, page: number, { table, items, odd, last }: PageHead, task: PageTask): HeldRows {
    let here = true;
    const leave = (): void => {
      out -= 1;
      if (closing && out === 0) end();
    };
    return {
      table,
      items,
      odd,
      ...(last !== undefined && { last }),
      async pack(places, bodies) {
        here = false;
        try {
          return (await thread.ask({ kind: 'pack', page, places, bodies })) as PackedRows;
        } catch {
          const again = await readPage(task, known);
          if ('kind' in again) throw new Error('a page that can be read only once');
          return await packRows(task.source, bodies, rowsAt(again.rows, places));
        } finally {
          leave();
        }
      },
      drop() {
        if (!here) return;
        here = false;
        thread.ask({ kind: 'drop', page }).catch(() => undefined);
        leave();
      },
    };
  }
}
