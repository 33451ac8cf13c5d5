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

/** Pages kept at once, at most: on a busy machine more would come than are packed. */
const mostKept = 4;
/** Milliseconds a page waits for room among those, at most. */
const longestWait = 5000;

/**
 * Reads pages and keeps their rows until they are packed or dropped. What a page says is asked for before what is in it is packed: the next
 * request depends on it. So packing waits for a turn of the event loop of its own, before which what came meanwhile is read; and where too many
 * are kept, reading waits until one of them is packed or dropped.
 */
export function createKeeper(): { run(task: KeeperTask): Promise<KeeperResult> } {
  const known = createKnownSecrets();
  const pages = new Map<number, { readonly source: SourceId; readonly rows: readonly JsonObject[] }>();
  const ownTurn = createTurns();
  const reading: (() => void)[] = [];
  // Pages that are being read or kept.
  let held = 0;

  async function room(): Promise<void> {
    if (held < mostKept) {
      held += 1;
      return;
    }
    await new Promise<void>((enter) => {
      reading.push(enter);
      // Pages that somebody forgot must not stop the others for good.
      setTimeout(() => {
        const place = reading.indexOf(enter);
        if (place < 0) return;
        reading.splice(place, 1);
        held += 1;
        enter();
      }, longestWait).unref();
    });
  }

  /** One is no longer kept: whoever waits to read has its room. */
  function leave(): void {
    const next = reading.shift();
    if (next) next();
    else held -= 1;
  }

  async function read(task: KeeperTask & { readonly kind: 'read' }): Promise<KeeperResult> {
    for (const secret of task.secrets) known.add(secret);
    await room();
    let isKept = false;
    try {
      const page = await readPage(task, known, { atOneGo: true });
      if ('kind' in page) return page;
      pages.set(task.page, { source: task.source, rows: page.rows });
      isKept = true;
      return page.head;
    } finally {
      if (!isKept) leave();
    }
  }

  function pack({ page: number, places, bodies }: KeeperTask & { readonly kind: 'pack' }): KeeperResult {
    const page = pages.get(number);
    if (!page) throw new Error('a page that is not here');
    pages.delete(number);
    leave();
    return packRowsHere(page.source, bodies, rowsAt(page.rows, places));
  }

  return {
    async run(task) {
      if (task.kind === 'drop') {
        if (pages.delete(task.page)) leave();
        return undefined;
      }
      if (task.kind === 'read') return read(task);
      await ownTurn();
      return pack(task);
    },
  };
}
