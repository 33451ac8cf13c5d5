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
    case 'prompt':
      return [`✍ ${block.question}`];
    case 'figure':
      return [block.file];
    case 'diagram':
      return block.lines;
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
      '### What was attacked',
      '### Indicators',
      '### Timeline',
      '### Impact',
      '### Evidence',
      '## 2. Root cause',
      '### Five whys',
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
    expect(text).toContain('Window: 2026-11-20 20:14 UTC to 2026-11-21 03:14 UTC');
  });

  test('lists countries by excess, with cost, currency and what is estimated', () => {
    const rows = rca().split('\n');
    const russia = rows.indexOf(
      'Russia (RU) | 8,412 | 12 | 8,400 | 4,123.50 USD (estimated) | 1,203 | 2026-11-20 22:14 UTC | E2, E3',
    );
    const latvia = rows.indexOf('Latvia (LV) | 412 | 3 | 409 | 23.10 USD | 0 | not seen | –');
    expect(russia).toBeGreaterThan(-1);
    expect(latvia).toBe(russia + 1);
  });

  test('sums up the traffic, and each currency on its own', () => {
    expect(rca()).toContain(
      '8,824 messages went to 2 countries where 15 a day were to be expected: 8,809 in excess. Cost: 4,146.60 USD (estimated). Twilio blocked 1,203',
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
    const ended = rows.indexOf('2026-11-21 02:13 UTC | End Calls | Acme | refused: error 20003 | – | –');
    expect(ended).toBeGreaterThan(-1);
    expect(rows[ended + 1]).toBe(
      `2026-11-21 02:14 UTC | Suspend Subaccount | Acme Pay AC${'2'.repeat(32)} | done | “Reactivate Subaccount” | J4`,
    );
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
    expect(text.match(/\+7958111XXXX/g)).toHaveLength(6);
  });

  test('says what was attacked, each statement with where it comes from', () => {
    const text = rca();
    expect(text).toContain('Destination: Russia (RU): 8,412 messages in 24 hours where 12 a day were to be expected');
    expect(text).toContain('Number ranges: +7958111xxxx 5,120 messages (E2, E3)');
    expect(text).toContain('Sent by: Acme Pay 8,412 messages (E2, E3)');
    expect(text).toContain('Error 30450: SMS Pumping Protection block, reported 1,203 times');
    expect(text).toContain('Account: API key created from 203.0.113.42, first 2026-11-20 21:14 UTC (E1:17)');
    expect(text).not.toContain('Account: Console login');
    expect(text).not.toContain('Error 30003');
    const [, row] = someFacts().traffic ?? [];
    const ranges = [{ block: '+234710066xxxx', messages: 1 }];
    expect(rca({ traffic: row ? [{ ...row, ranges }] : [] })).toContain('+234710066xxxx 1 message (E2, E3)');
  });

  test('tells conversion before and since, calls and what data was read', () => {
    const text = rca();
    expect(text).toContain(
      'Verify conversion: 75 % of 400 attempts before the onset, 2 % of 8,000 attempts from it on (E5)',
    );
    expect(text).toContain('Outbound calls: 12 with 340 begun minutes, the longest 61 minutes, 51.00 USD (E6)');
    expect(text).toContain(
      'Data read: Bulk export at 2026-11-20 21:44 UTC from 203.0.113.42, Day 2026-11-19 downloaded (E1:21)',
    );
    const { logs } = someFacts();
    if (!logs) throw new Error('logs expected');
    expect(rca({ logs: { ...logs, events: [] } })).not.toContain('Data read:');
  });

  test('orders everything it knows in UTC, with a diagram of its own words only', () => {
    const rows = rca().split('\n');
    const table = rows.slice(rows.indexOf('Time (UTC) | What | Evidence') + 1);
    const times = table
      .slice(
        0,
        table.findIndex((row) => !/^\d{4}/.test(row)),
      )
      .map((row) => row.slice(0, 20));
    expect(times).toHaveLength(8);
    expect(times).toEqual(times.toSorted());
    expect(times.every((time) => time.endsWith('UTC'))).toBe(true);
    expect(rows).toContain('gantt');
    expect(rows).toContain('  Messages above the usual level begin :milestone, 2026-11-20 22:14, 0m');
    const diagram = rows.slice(rows.indexOf('gantt'), rows.indexOf('Time (UTC) | What | Evidence')).join();
    expect(diagram).not.toMatch(/Acme|evil|203/);
  });

  test('leaves everyday events of addresses that did nothing grave out of the timeline', () => {
    const { logs } = someFacts();
    const [login, ...grave] = logs?.events ?? [];
    if (!logs || !login) throw new Error('events expected');
    const at = (ip: string) => rca({ logs: { ...logs, events: [{ ...login, ip }, ...grave] } });
    expect(at('203.0.113.42')).toContain('Console login from 203.0.113.42');
    expect(at('198.51.100.7')).not.toContain('Console login');
  });

  test('says what speaks for each of the five root-cause classes, and proposes actions because of it', () => {
    const text = rca();
    expect(text).toContain(
      'Credential exposure | A key or token was created or changed by API: whoever did it held a credential already. | E1:17',
    );
    expect(text).toContain(
      'Unprotected public endpoint | Conversion fell from 75 % to 2 %: the requests came from no real users. | E5',
    );
    expect(text).toContain('Delete every API key that nobody owns, replace the others | E1:17 | to do | ✍ | ✍');
    const { logs: _, ...without } = someFacts();
    const quiet = lines(createRca({ ...without, traffic: [] })).join('\n');
    expect(quiet).not.toContain('Delete every API key');
    expect(quiet).toContain('Keep credentials in a secret store and rotate them on a schedule | good practice');
  });

  test('has a verdict when the indicators were checked, else says that they were not', () => {
    expect(rca()).toContain('Verdict: not validated yet');
    const hits = [{ id: 'P2', title: 'Unusual countries', sentence: 'Russia: 8,412 messages', citations: ['E2'] }];
    const text = rca({ verdict: { sentence: 'SMS pumping', at: 0, hits } });
    expect(text).toContain('Verdict: SMS pumping, checked 1970-01-01 00:00 UTC');
    expect(text).toContain('P2 Unusual countries | Russia: 8,412 messages | – | also everyday | E2');
  });

  test('says that a time is unknown instead of failing', () => {
    expect(rca({ window: { from: Number.NaN, to: 0 } })).toContain('Window: unknown time to 1970-01-01 00:00 UTC');
  });
});
