import { expect, test } from 'vitest';
import { unfinished } from '../../../src/core/rca/unfinished.ts';

const known = { evidence: new Map(), records: 7, hashOf: () => undefined, later: 0 };
const text = ['# RCA', '', '| Rotate | Tom | ✍ |', '', '> ✍ When was it discovered (UTC)?', ''].join('\n');

test('a draft with questions says how many are open, and where the first is', () => {
  expect(unfinished(text, 'Draft', { ...known, later: 3 })).toEqual({
    questions: 2,
    first: { line: 2, question: '' },
    later: 3,
    findings: 0,
    sentence: 'Status Draft; 2 places marked ✍ are not answered; the journal has 3 newer records',
  });
  const one = text.replace('✍ |', '2026-11-30 |');
  expect(unfinished(one, 'In review', { ...known, later: 1 })).toMatchObject({
    first: { line: 4, question: 'When was it discovered (UTC)?' },
    sentence: 'Status In review; 1 place marked ✍ is not answered; the journal has 1 newer record',
  });
});

test('a final document without anything open says nothing, and one with a live link that it has a problem', () => {
  const done = '# RCA\n\nWe were attacked.\n';
  expect(unfinished(done, 'Final', known)).toEqual({ questions: 0, later: 0, findings: 0, sentence: '' });
  expect(unfinished(`${done}\nSee https://evil.example/x\n`, 'Final', known).sentence).toBe('1 problem marked in it');
});
