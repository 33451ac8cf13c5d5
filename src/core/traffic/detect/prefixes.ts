import type { NumberBlock } from './evidence.ts';
import type { Look } from './look.ts';
import { recipientsOf } from './numberEvidence.ts';

/** Blocks of this share of the messages together are worth a block of their own. */
const worthwhile = 0.5;
const most = 8;

/**
 * The blocks of 10,000, or finer where the numbers lie closer, that carry a surge: what to block or to give to Support. None where the recipients are
 * strewn, so that a block would hit customers.
 */
export function numberBlocks(look: Look): readonly NumberBlock[] {
  const named = look.evidence.find(({ kind }) => kind === 'ranges');
  if (!named?.blocks || named.decades <= 0) return [];
  const { numbers, messages } = recipientsOf(look);
  const open = Math.max(...named.blocks.map((block) => block.open), 2);
  const size = 10 ** open;
  const blocks = new Map<number, { messages: number; recipients: number }>();
  for (const [i, number] of numbers.entries()) {
    const key = Math.floor(number / size);
    const entry = blocks.get(key) ?? { messages: 0, recipients: 0 };
    entry.messages += messages[i] ?? 0;
    entry.recipients++;
    blocks.set(key, entry);
  }
  const heavy = [...blocks].sort(([, a], [, b]) => b.messages - a.messages).slice(0, most);
  const least = Math.max(3, 0.02 * look.observed);
  const kept = heavy.filter(([, { messages }]) => messages >= least);
  const together = kept.reduce((sum, [, { messages }]) => sum + messages, 0);
  if (together < worthwhile * look.observed) return named.blocks;
  return kept.map(([digits, counts]) => ({ digits: String(digits), open, ...counts }));
}

/** `+7958111xxxx` */
export function blockName({ digits, open }: NumberBlock): string {
  return `+${digits}${'x'.repeat(open)}`;
}
