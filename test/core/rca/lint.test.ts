import { describe, expect, test } from 'vitest';
import { toMarkdown } from '../../../src/adapters/markdown.ts';
import { createRca } from '../../../src/core/rca/createRca.ts';
import { lint } from '../../../src/core/rca/lint.ts';
import type { KnownRecord } from '../../../src/core/rca/lintEvidence.ts';
import { lintCodes } from '../../../src/core/rca/lintFinding.ts';
import { someFacts } from './facts.ts';

const hash = 'ab'.repeat(32);
const known: KnownRecord = {
  evidence: new Map([
    ['E1', 'held'],
    ['E2', 'deleted'],
  ]),
  records: 7,
  hashOf: (seq) => (seq === 5 ? hash : undefined),
  later: 0,
};
/** Code, marked text and what the fix makes of it. */
function found(text: string, record = known) {
  const lines = text.split('\n');
  return lint(text, record).map(({ code, line, start, end, fixes: [fix] }) =>
    [
      code,
      lines[line]?.slice(start, end),
      fix && ('text' in fix ? fix.text : 'lines' in fix ? fix.lines.join('\n') : fix.command),
    ].filter((part) => part !== undefined),
  );
}

describe('looking through an RCA', () => {
  test('marks questions and cells that are not answered', () => {
    expect(found('> ✍ What happened?')).toEqual([['unanswered-question', '✍ What happened?', '']]);
    expect(found('1. ✍ Why?')).toEqual([['unanswered-question', '✍ Why?', 'Why? ']]);
    expect(found('| Rotate | E1 | ✍ | Tom |')).toEqual([['unanswered-question', '✍', '–']]);
    expect(found('We were attacked.')).toEqual([]);
  });

  test('marks evidence that is not there, and what was deleted', () => {
    expect(found('As E1:17 and J7 show.')).toEqual([]);
    expect(found('As E3:17, E2 and J8 show.')).toEqual([
      ['unknown-evidence', 'E3:17', 'cite'],
      ['unknown-evidence', 'E2', 'cite'],
      ['unknown-evidence', 'J8', 'cite'],
    ]);
    const [wrong] = lint('It was so (E9), as told.', known);
    expect(wrong?.fixes[1]).toEqual({ title: 'Remove the citation', lines: ['It was so, as told.'] });
    expect(found('The format E164 of a CE1-mark, IE11, E.1')).toEqual([]);
    expect(lint('As E9 shows.')).toEqual([]);
  });

  test('marks claims of a person that cite nothing, paragraph by paragraph and row by row', () => {
    expect(found('They sent 8,412 messages.')).toEqual([['claim-without-evidence', '8,412 messages', 'cite']]);
    expect(found('They sent 8,412 messages (E1).')).toEqual([]);
    expect(found('They sent 8,412 messages\nin one hour (E1).')).toEqual([]);
    expect(found('- 12 calls (E1)\n- 13 calls')).toEqual([['claim-without-evidence', '13 calls', 'cite']]);
    expect(found('| 12 calls | E1 |\n| 13 calls | |')).toEqual([['claim-without-evidence', '13 calls', 'cite']]);
    expect(found('It cost $400.')).toEqual([['claim-without-evidence', '$4', 'cite']]);
  });

  test('marks a chain head the journal does not have, and one that is behind', () => {
    const line = `- **Journal:** record 5, SHA-256 ${hash} (J5)`;
    expect(found(line)).toEqual([]);
    expect(found(line, { ...known, later: 2 })).toEqual([['stale-journal', `record 5, SHA-256 ${hash}`, 'refreshRca']]);
    expect(found(line.replace('record 5', 'record 4'))).toEqual([
      ['stale-journal', `record 4, SHA-256 ${hash}`, 'refreshRca'],
    ]);
  });

  test('marks live addresses but Twilio’s own, and defangs them', () => {
    expect(found('See https://evil.example/a and www.evil.example.')).toEqual([
      ['live-url', 'https://evil.example/a', 'hxxps[://]evil[.]example/a'],
      ['live-url', 'www.evil.example', 'www[.]evil[.]example'],
    ]);
    expect(found('See https://www.twilio.com/docs and https://console.twilio.com.')).toEqual([]);
    expect(found('https://twilio.com.evil.example/')).toHaveLength(1);
    expect(found('`hxxps[://]evil[.]example`')).toEqual([]);
  });

  test('marks what looks like a secret, and no SID', () => {
    const token = '0123456789abcdef'.repeat(2);
    expect(found(`the token ${token}.`)).toEqual([['secret', token, '[removed]']]);
    expect(found(`key AbCdEf0123456789AbCdEf0123456789`)).toEqual([
      ['secret', 'AbCdEf0123456789AbCdEf0123456789', '[removed]'],
    ]);
    expect(found(`AC${token} (E1)`)).toEqual([]);
    expect(found(`SHA-256 ${token}${token}`)).toEqual([]);
  });

  test('marks whole phone numbers and masks them', () => {
    // The beginning of a hash may be digits alone.
    expect(found('the file (12345678…)')).toEqual([]);
    expect(found('to +79581118001, again')).toEqual([['unmasked-number', '+79581118001', '+7958111XXXX']]);
    expect(found('to +7958111XXXX and +7958111xxxx on 2026-11-21')).toEqual([]);
  });

  test('marks times that do not say UTC', () => {
    expect(found('At 03:14 UTC, from 03:14 to 04:15 UTC, at 03:14Z')).toEqual([]);
    expect(found('At 03:14 it began')).toEqual([['local-time', '03:14', '03:14 UTC']]);
    expect(found('At 3:14 pm it began')).toEqual([['local-time', '3:14 pm', '15:14 UTC']]);
    expect(found('At 03:14 CEST it began')).toEqual([['local-time', '03:14', 'At 01:14 UTC it began']]);
    expect(found('On 2026-11-21 01:14 +02:00 it (E1)')).toEqual([
      ['local-time', '01:14', 'On 2026-11-20 23:14 UTC it (E1)'],
    ]);
    expect(found('At 01:14 CEST it began')).toEqual([['local-time', '01:14', '01:14 UTC']]);
    expect(found('At 03:14 SMS began')).toEqual([['local-time', '03:14', '03:14 UTC']]);
  });

  test('marks headings that nothing follows, whatever comment stands there', () => {
    expect(found('# A\n\n## B\n\n<!-- x -->\n\n## C\n\ntext\n')).toEqual([
      ['empty-section', '## B', '## B\n\n> ✍ What belongs here?'],
    ]);
    expect(found('# A\n\n## B\n\n### C\n')).toEqual([['empty-section', '### C', '### C\n\n> ✍ What belongs here?']]);
    expect(found('# A\n\n```sh\n# no heading\n# nor this\n```\n')).toEqual([]);
    expect(found('# A\n\n## B\n\n# C\n\nx')).toHaveLength(1);
  });

  test('takes whole numbers for right where the document was unmasked, and says that it was', () => {
    const text = '<!-- twilio-incident:numbers whole -->\n\nto +79581118001';
    expect(found(text, { ...known, unmasked: true })).toEqual([
      ['unmasked-number', '<!-- twilio-incident:numbers whole -->', 'switchNumbers'],
    ]);
    expect(found(text).map(([code]) => code)).toEqual(['unmasked-number', 'unmasked-number']);
  });

  test('offers a way to put right whatever it marks, for every kind of finding', () => {
    const texts = [
      '# Empty',
      '> ✍ What?',
      '8,412 messages',
      '(E9)',
      `record 4, SHA-256 ${hash}`,
      'https://evil.example',
      `token ${'0123456789abcdef'.repeat(2)}`,
      '+79581118001',
      'At 03:14',
    ];
    const findings = texts.flatMap((text) => lint(text, known));
    expect(new Set(findings.map(({ code }) => code))).toEqual(new Set(lintCodes));
    for (const { code, fixes } of findings) expect(fixes.length, code).toBeGreaterThan(0);
  });

  test('takes time in proportion to the text, whatever is in it', () => {
    const parts = ['1,', '1 ', 'https://', '12:', 'E1', '(+1 ', 'a1B2', '8,412 messages\n', '1 x\n'];
    const took = (times: number) => {
      const begun = performance.now();
      for (const part of parts) lint(part.repeat(times), known);
      return performance.now() - begun;
    };
    took(1000);
    // Twenty times the text may take a hundred times as long on a busy machine; if it grew with the square it would take 400 times.
    expect(took(40_000)).toBeLessThan(Math.max(20, took(2000)) * 100);
  });

  test('finds nothing but open questions in a document that was just written', () => {
    const { logs: _, ...facts } = someFacts({ traffic: [], containment: [], journal: [] });
    for (const one of [facts, someFacts()]) {
      const codes = new Set(lint(toMarkdown(createRca(one))).map(({ code }) => code));
      expect([...codes]).toEqual(['unanswered-question']);
    }
  });
});
