import type { PackedRows } from '../../../core/evidence/heldRows.ts';
import type { Bodies } from '../../../core/evidence/privacy.ts';
import type { SourceId } from '../../../core/evidence/source.ts';
import type { JsonObject } from '../../../core/model/json.ts';
import { packRows } from '../../evidence/captureWriterSlice.ts';
import { createKnownSecrets } from '../knownSecrets.ts';
import type { Unreadable } from '../readReply.ts';
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
 * request depends on it.
 */
export function createKeeper(): { run(task: KeeperTask): Promise<KeeperResult> } {
  const known = createKnownSecrets();
  const pages = new Map<number, { readonly source: SourceId; readonly rows: readonly JsonObject[] }>();
  let reading = 0;
  const packing: (() => void)[] = [];

  function packAll(): void {
    for (const pack of packing.splice(0)) pack();
  }

  async function read(task: PageTask) {
    reading += 1;
    try {
      return await readPage(task, known);
    } finally {
      reading -= 1;
      if (reading === 0) packAll();
    }
  }

  return {
    async run(task) {
      if (task.kind === 'drop') {
        pages.delete(task.page);
        return undefined;
      }
      if (task.kind === 'read') {
        for (const secret of task.secrets) known.add(secret);
        const page = await read(task);
        if ('kind' in page) return page;
        pages.set(task.page, { source: task.source, rows: page.rows });
        if (pages.size > mostKept) packAll();
        return page.head;
      }
      if (reading > 0 && pages.size <= mostKept) await new Promise<void>((pack) => packing.push(pack));
      const page = pages.get(task.page);
      if (!page) throw new Error('a page that is not here');
      pages.delete(task.page);
      const rows = Array.from(task.places, (place) => page.rows[place]).filter((row) => row !== undefined);
      return packRows(page.source, task.bodies, rows);
    },
  };
}
