import { cameByItself } from '../evidence/cameByItself.ts';
import type { ChainRecord } from '../evidence/record.ts';
import { textOf } from '../model/json.ts';

/**
 * What became of a validation's evidence after the record with the number `read`. `outdated`: somebody collected or deleted some, or live watch found
 * a surge that was not in it. What came by itself is none of that: `newerThan` says when the evidence ended, epoch milliseconds, that was judged.
 */
export function sinceReading(
  records: readonly ChainRecord[],
  read: number,
): { readonly outdated: boolean; readonly newerThan?: number } {
  const since = records.filter(({ seq }) => seq > read);
  const captures = since.filter(({ type }) => type === 'capture');
  const own = cameByItself(since);
  const outdated =
    since.some(({ type, held }) => type === 'evidence-deleted' || (type === 'traffic-onset' && held !== true)) ||
    captures.some((record) => !own.has(textOf(record, 'file') ?? ''));
  const ended = records.findLast(({ seq }) => seq <= read);
  return { outdated, ...(!outdated && captures.length > 0 && ended && { newerThan: Date.parse(ended.at) }) };
}
