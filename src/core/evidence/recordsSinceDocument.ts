import type { ChainRecord } from './record.ts';

/** How many records a journal gained after a document was last written from it: an old document must not pass for a current one. */
export function recordsSinceDocument(records: readonly Pick<ChainRecord, 'type'>[]): number {
  const written = records.findLastIndex(({ type }) => type === 'document');
  return written < 0 ? 0 : records.length - written - 1;
}
