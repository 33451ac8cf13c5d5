import { type JsonObject, textOf } from '../model/json.ts';
import type { ChainRecord } from './record.ts';

/** What says that captures came by themselves, not because somebody collected: before a containment, and by a look of live watch. */
const byItself: ReadonlySet<string> = new Set(['evidence-first', 'live-watch']);

/** The files captured since a journal had `before` records: what a record of these types tells as `files`. */
export function filesSince(records: readonly ChainRecord[], before: number): readonly string[] {
  return records.slice(before).flatMap((record) => (record.type === 'capture' ? (textOf(record, 'file') ?? []) : []));
}

/** The files of the captures that a journal says came by themselves. */
export function cameByItself(records: readonly JsonObject[]): ReadonlySet<string> {
  return new Set(
    records.flatMap((record) => {
      const files = byItself.has(textOf(record, 'type') ?? '') ? record['files'] : undefined;
      return Array.isArray(files) ? files.filter((file): file is string => typeof file === 'string') : [];
    }),
  );
}
