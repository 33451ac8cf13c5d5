import { type Block, paragraph, strong, text } from './document.ts';
import type { EvidenceRow } from './facts.ts';
import { utcMinute } from './formats.ts';

/** What even a source that was read to its end may lack, so that nobody reads more out of it than is in it. */
export function evidenceLimits(rows: readonly EvidenceRow[]): readonly Block[] {
  const read = rows.filter(({ state }) => state === 'complete' || state === 'partial');
  const caveats = new Set(read.flatMap(({ source, caveat }) => (caveat === undefined ? [] : [`${source}: ${caveat}`])));
  const since = new Map<string, Set<string>>();
  for (const { source, unsettledFrom } of read) {
    if (unsettledFrom === undefined) continue;
    const from = utcMinute(unsettledFrom);
    since.set(from, (since.get(from) ?? new Set()).add(source));
  }
  const young = [...since].map(([from, sources]) => `${[...sources].join(', ')} from ${from} on`).join('; ');
  const soon = `Read soon after it happened, so that more may have arrived since: ${young}.`;
  const items = [...(young === '' ? [] : [soon]), ...caveats];
  if (items.length === 0) return [];
  return [
    paragraph(strong('Limits:'), text(' what even a complete reading may lack.')),
    { kind: 'list', items: items.map((item) => [text(item)]) },
  ];
}
