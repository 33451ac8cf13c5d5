import { type PackedRows, rowsAt } from '../../../core/evidence/heldRows.ts';
import type { Bodies } from '../../../core/evidence/privacy.ts';
import type { SourceId } from '../../../core/evidence/source.ts';
import type { JsonObject } from '../../../core/model/json.ts';
import { packRowsHere } from '../../evidence/captureWriterSlice.ts';
import { createKnownSecrets } from '../knownSecrets.ts';
import type { Unreadable } from '../readReply.ts';
import { createTurns } from '../turns.ts';
import { type PageHead, type PageTask, readPage } from './readPage.ts';

/** What a thread is asked; `page` is the number its reader gave the page. */
export type KeeperTask =
  /** `secrets`: those it was not told of before. */
  | ({ readonly kind: 'read'; readonly page: number; readonly secrets: readonly string[] } & PageTask)
  | { readonly kind: 'pack'; readonly page: number; readonly places: Uint32Array; readonly bodies: Bodies }
  | { readonly kind: 'drop'; readonly page: number };

export type KeeperResult = PageHead | Unreadable | PackedRows | undefined;

/** Pages kept at once, at most, while packing waits for reading. */
const mostKept = 6;

/**
 * Reads pages and keeps their rows until they are packed or dropped. What a page says is asked for before what is in it is packed: the next
 * request depends on it. So packing waits for a turn of the event loop of its own, before which what came meanwhile is read.
 */
export function createKeeper(): { run(task: KeeperTask): Promise<KeeperResult> } {
  const known = createKnownSecrets();
  const pages = new Map<number, { readonly source: SourceId; readonly rows: readonly JsonObject[] }>();
  const ownTurn = createTurns();
  const waiting = new Set<() => void>();

  async function read(task: KeeperTask & { readonly kind: 'read' }): Promise<KeeperResult> {
    // Those that wait to be packed, the longest first: whoever asked for this page waits for less than for memory to run out.
    if (pages.size >= mostKept) for (const pack of waiting) pack();
    for (const secret of task.secrets) known.add(secret);
    const page = await readPage(task, known, { atOneGo: true });
    if ('kind' in page) return page;
    pages.set(task.page, { source: task.source, rows: page.rows });
    return page.head;
  }

  function pack({ page: number, places, bodies }: KeeperTask & { readonly kind: 'pack' }): KeeperResult {
    const page = pages.get(number);
    if (!page) throw new Error('a page that is not here');
    pages.delete(number);
    return packRowsHere(page.source, bodies, rowsAt(page.rows, places));
  }

  return {
    async run(task) {
      if (task.kind === 'drop') {
        pages.delete(task.page);
        return undefined;
      }
      if (task.kind === 'read') return read(task);
      return new Promise((resolve, reject) => {
        const packNow = () => {
          if (!waiting.delete(packNow)) return;
          try {
            resolve(pack(task));
          } catch (error) {
            reject(error);
          }
        };
        waiting.add(packNow);
        void ownTurn().then(packNow);
      });
    },
  };
}
