import { describe, expect, test } from 'vitest';
import { createRca } from '../../../src/core/rca/createRca.ts';
import type { Block, Line, RcaDocument } from '../../../src/core/rca/document.ts';
import type { RcaFacts } from '../../../src/core/rca/facts.ts';
import { someFacts } from './facts.ts';

function words(line: Line): string {
  return line.map((part) => (part.kind === 'data' ? part.value : part.text)).join('');
}

function linesOf(block: Block): readonly string[] {
  switch (block.kind) {
    case 'heading':
      return [`${'#'.repeat(block.depth)} ${block.text}`];
    case 'paragraph':
      return [words(block.line)];
    case 'list':
      return block.items.map(words);
    case 'table':
      return [
        block.columns.map(({ heading }) => heading).join(' | '),
        ...block.rows.map((row) => row.map(words).join(' | ')),
      ];
    case 'generated':
      return block.blocks.flatMap(linesOf);
  }
}

function lines(document: RcaDocument): readonly string[] {
  return document.blocks.flatMap(linesOf);
}

function rca(changes: Partial<RcaFacts> = {}): string {
  return lines(createRca(someFacts(changes))).join('\n');
}

describe('an RCA', () => {
  test('has the four questions of the form and the three kinds of action, in order, none of them empty', () => {
    const document = createRca(someFacts());
    const headings = lines(document).filter((line) => line.startsWith('#'));
    expect(headings).toEqual([
      '# Root cause analysis',
      '## 1. Incident description',
      '## 2. Root cause',
      '## 3. Resolution',
      '## 4. Corrective and preventive actions',
      '### Secure credential handling',
      '### Repository and server hardening',
      '### Monitoring and compliance',
    ]);
    for (const [i, block] of document.blocks.entries()) {
      const next = document.blocks[i + 1];
      if (block.kind !== 'heading') continue;
      expect(next !== undefined && (next.kind !== 'heading' || next.depth > block.depth), block.text).toBe(true);
    }
  });

  test('states incident, status, accounts and the window in UTC', () => {
    const text = rca();
    expect(text).toContain('Incident: SMS pumping');
    expect(text).toContain('Status: Draft');
    expect(text).toContain(`Account: Acme, AC${'1'.repeat(32)}`);
    expect(text).toContain('Window: 2026-11-20 22:14 UTC to 2026-11-21 03:14 UTC');
  });

  test('lists countries by excess, with cost, currency and what is estimated', () => {
    const rows = rca().split('\n');
    const russia = rows.indexOf(
      'Russia (RU) | 8,412 | 12.5 | 8,400 | 4,123.50 USD (estimated) | 1,203 | 2026-11-20 22:14 UTC',
    );
    const latvia = rows.indexOf('Latvia (LV) | 412 | 3 | 409 | 23.10 USD | 0 | not seen');
    expect(russia).toBeGreaterThan(-1);
    expect(latvia).toBe(russia + 1);
  });

  test('sums up the traffic, and each currency on its own', () => {
    expect(rca()).toContain(
      '8,824 messages went to 2 countries where 15.5 a day were to be expected: 8,809 in excess. Cost: 4,146.60 USD (estimated). Twilio blocked 1,203',
    );
    const [first, second] = someFacts().traffic ?? [];
    if (!first || !second) throw new Error('two rows expected');
    expect(rca({ traffic: [first, { ...second, currency: 'EUR' }] })).toContain(
      'Cost: 4,123.50 EUR (estimated) and 23.10 USD.',
    );
    const { cost: _, ...unpriced } = first;
    expect(rca({ traffic: [unpriced] })).toContain('Cost: not priced yet.');
    expect(rca({ traffic: [unpriced, { ...second, costEstimated: false }] })).toContain(
      'Cost: 4,123.50 USD (estimated).',
    );
  });

  test('says that it is incomplete and why', () => {
    expect(rca()).toContain('Complete: everything asked for was read.');
    const partial = rca({ gaps: ['Stopped after page 7', 'Alerts are capped at 10,000'] });
    expect(partial).toContain(
      'Incomplete: the figures cover only what was read. Stopped after page 7; Alerts are capped at 10,000',
    );
    expect(partial).not.toContain('Complete:');
  });

  test('does not call unread traffic complete or clean', () => {
    const { traffic: _, ...facts } = someFacts();
    const text = lines(createRca(facts)).join('\n');
    expect(text).toContain('No traffic has been read');
    expect(text).not.toContain('Complete:');
    expect(rca({ traffic: [] })).toContain('No country stood out in the 24 hours before 2026-11-21 03:14 UTC.');
  });

  test('lists containment steps by time with their outcome, or says there were none', () => {
    const [step] = someFacts().containment;
    if (!step) throw new Error('a step expected');
    const text = rca({
      containment: [
        step,
        { at: step.at - 60_000, action: 'End Calls', target: 'Acme', outcome: 'refused', detail: 'error 20003' },
      ],
    });
    const rows = text.split('\n');
    const ended = rows.indexOf('2026-11-21 02:13 UTC | End Calls | Acme | refused: error 20003');
    expect(ended).toBeGreaterThan(-1);
    expect(rows[ended + 1]).toBe(`2026-11-21 02:14 UTC | Suspend Subaccount | Acme Pay AC${'2'.repeat(32)} | done`);
    expect(rca({ containment: [] })).toContain('No containment step is recorded in this incident.');
  });

  test('proposes to close the countries in excess, and nothing when there are none', () => {
    expect(rca()).toContain('Close these countries in the SMS geo-permissions');
    expect(rca({ traffic: [] })).not.toContain('Close these countries');
  });

  test('masks phone numbers wherever they come from', () => {
    const number = '+79581118001';
    const text = rca({
      title: `Calls to ${number}`,
      accounts: [{ sid: 'AC', name: number }],
      gaps: [`stopped at ${number}`, '+7 (958)     111    8001'],
      containment: [{ at: 0, action: 'x', target: number, outcome: 'done', detail: number }],
    });
    expect(text).not.toContain('8001');
    expect(text).toContain('+7 (958) 111 XXXX');
    expect(text.match(/\+7958111XXXX/g)).toHaveLength(5);
  });

  test('says that a time is unknown instead of failing', () => {
    expect(rca({ window: { from: Number.NaN, to: 0 } })).toContain('Window: unknown time to 1970-01-01 00:00 UTC');
  });
});
