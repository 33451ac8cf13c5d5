import { expect, test } from 'vitest';
import { ignoresEvidence } from '../../../src/core/evidence/gitIgnore.ts';

test.each([
  'evidence/\njournal.lock\n',
  '/evidence\r\n',
  '**/evidence/',
  'evidence/**',
  '*\n!.gitignore',
  '!evidence/\nevidence/',
])('evidence stays out of git with %j', (text) => {
  expect(ignoresEvidence(text)).toBe(true);
});

test.each([
  undefined,
  '',
  'journal.lock\n',
  '# evidence/\n',
  'evidence/\n!evidence/\n',
  'evidence/*\n!evidence/messages-0001.jsonl.gz',
  'my-evidence/',
  'evidence/old',
])('evidence could get into git with %j', (text) => {
  expect(ignoresEvidence(text)).toBe(false);
});
