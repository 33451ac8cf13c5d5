import { type RowTable, tableOf } from '../../../core/evidence/collect/rowTable.ts';
import type { SourceId } from '../../../core/evidence/source.ts';
import { sources } from '../../../core/evidence/sources.ts';
import { isObject, type JsonObject, textOf } from '../../../core/model/json.ts';
import type { KnownSecrets } from '../knownSecrets.ts';
import { type Answer, type ReadingLimits, readReply, type Unreadable } from '../readReply.ts';
import { stripSecrets } from '../stripSecrets.ts';

/** A reply that lists rows of a source. */
export interface PageTask {
  readonly source: SourceId;
  /** The member of the body that is the list. */
  readonly list: string;
  readonly status: number;
  /** Those that say how the body is encoded. */
  readonly headers: { readonly 'content-encoding'?: string; readonly 'content-type'?: string };
  readonly wire: Uint8Array;
  /** Largest body after decompression, bytes. */
  readonly most: number;
}

/** What is told of a page without its rows. */
export interface PageHead extends Pick<Answer, 'status' | 'sha256' | 'bytes' | 'body'> {
  readonly kind: 'page';
  /** Secrets that were taken out: path of the field → how often. */
  readonly removed: Readonly<Record<string, number>>;
  readonly table: RowTable;
  readonly items: number;
  readonly odd: number;
  readonly last?: string;
}

/**
 * Reads a page as `readReply` does, with secrets removed; its rows apart. In `head.body` the list is empty, or missing when it is missing in the reply.
 */
export async function readPage(
  { source: id, list, status, headers, wire, most }: PageTask,
  known: Pick<KnownSecrets, 'blank'>,
  how: Pick<ReadingLimits, 'atOneGo'> = {},
): Promise<{ readonly head: PageHead; readonly rows: readonly JsonObject[] } | Unreadable> {
  const own = Buffer.from(wire.buffer, wire.byteOffset, wire.byteLength);
  const answer = await readReply({ kind: 'reply', status, headers, wire: own }, { body: most, ...how });
  if (answer.kind === 'unreadable') return answer;
  const stripped = stripSecrets(answer.body, known, list);
  const source = sources.find((one) => one.id === id);
  if (!stripped || !source) return { kind: 'unreadable', status, breakage: 'not-json' };
  const { body, removed } = stripped;
  const listed: readonly unknown[] | undefined = Array.isArray(body[list]) ? body[list] : undefined;
  const items = (listed ?? []).filter(isObject);
  const rows = source.rows ? items.flatMap((item) => source.rows?.(item) ?? []) : items;
  const last = textOf(items.at(-1) ?? {}, 'sid');
  const head: PageHead = {
    kind: 'page',
    status,
    sha256: answer.sha256,
    bytes: answer.bytes,
    removed,
    body: listed ? { ...body, [list]: [] } : body,
    table: tableOf(source, rows),
    items: items.length,
    odd: (listed ?? []).length - items.length,
    ...(last !== undefined && { last }),
  };
  return { head, rows };
}
