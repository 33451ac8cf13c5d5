import type { Json } from '../model/json.ts';
import type { ChainRecord } from './record.ts';

/**
 * How many records a journal gained after a document was last written from it: an old document must not pass for a current one. Figures are
 * documents too, but say nothing of the record.
 */
export function recordsSinceDocument(
  records: readonly (Pick<ChainRecord, 'type'> & { readonly name?: Json })[],
): number {
  const isFigure = (name: Json | undefined): boolean => typeof name === 'string' && name.startsWith('figures/');
  const written = records.findLastIndex(({ type, name }) => type === 'document' && !isFigure(name));
  return written < 0 ? 0 : records.length - written - 1;
}
