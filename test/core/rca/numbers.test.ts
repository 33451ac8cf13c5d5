import { describe, expect, test } from 'vitest';
import { toMarkdown } from '../../../src/adapters/markdown.ts';
import type { ChainRecord } from '../../../src/core/evidence/record.ts';
import { applyEdits } from '../../../src/core/rca/blocks.ts';
import { createRca } from '../../../src/core/rca/createRca.ts';
import { markerEdits, numbersEntry, numbersOf, withWholeNumbers } from '../../../src/core/rca/numbers.ts';
import { createSupportPacket } from '../../../src/core/rca/supportPacket.ts';
import { someFacts } from './facts.ts';

const records = (...entries: ReturnType<typeof numbersEntry>[]): readonly ChainRecord[] =>
  entries.map((entry, i) => ({ ...entry, seq: i + 1, at: '2026-11-21T03:14:00.000Z', prev: '', hash: '' }));
const unmasked = records(numbersEntry('RCA.md', 'whole', 'The police asked for them.'));
const marked = applyEdits('# RCA\n', markerEdits('# RCA\n', 'whole'));
const facts = someFacts({ title: 'Calls to +79581118001' });

describe('phone numbers of a document', () => {
  test('are whole only where the document and the journal both say so, for this document, and not any more', () => {
    expect(numbersOf(marked, unmasked, 'RCA.md')).toBe('whole');
    expect(numbersOf(marked, unmasked, 'support-packet.md')).toBe('masked');
    expect(numbersOf(marked, [], 'RCA.md')).toBe('masked');
    expect(numbersOf('# RCA\n', unmasked, 'RCA.md')).toBe('masked');
    expect(numbersOf(undefined, unmasked, 'RCA.md')).toBe('masked');
    const again = records(numbersEntry('RCA.md', 'whole', 'a'), numbersEntry('RCA.md', 'masked'));
    expect(numbersOf(marked, again, 'RCA.md')).toBe('masked');
  });

  test('are marked on top of the text and unmarked again without a trace', () => {
    expect(marked).toBe('<!-- twilio-incident:numbers whole -->\n\n# RCA\n');
    expect(markerEdits(marked, 'whole')).toEqual([]);
    expect(applyEdits(marked, markerEdits(marked, 'masked'))).toBe('# RCA\n');
    expect(markerEdits('# RCA\n', 'masked')).toEqual([]);
  });

  test('are masked when a document is written, and whole when it was unmasked, which it then says', () => {
    for (const make of [createRca, (known: typeof facts) => createSupportPacket(known, [])]) {
      const titled = { ...facts, accounts: [{ sid: 'AC1', name: 'Line +79581118001' }] };
      const masked = toMarkdown(make(titled));
      expect(masked).toContain('+7958111XXXX');
      expect(masked).toContain('the last four digits are masked');
      expect(masked).not.toContain('79581118001');
      const whole = toMarkdown(withWholeNumbers(make({ ...titled, unmasked: { at: 0, citation: 'J25' } })));
      expect(whole).toContain('+79581118001');
      expect(whole).toContain('whole, unmasked on purpose at 1970-01-01 00:00 UTC (J25)');
      expect(whole).not.toContain('XXXX');
    }
  });
});
