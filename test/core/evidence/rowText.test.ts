import { expect, test } from 'vitest';
import { lineOf } from '../../../src/core/evidence/lineRef.ts';
import { rowText } from '../../../src/core/evidence/rowText.ts';
import { captured } from '../validate/captured.ts';

const capture = {
  file: 'evidence/messages-0001.jsonl.gz',
  sha256: 'ab'.repeat(32),
  bytes: 9,
  source: 'messages',
  slices: [],
} as const;
const held = { capture, at: Date.UTC(2026, 10, 21, 12), seq: 7 };

test('a captured row reads line by line below what proves it, and does nothing', () => {
  const body = 'Pay now: https://evil.example/x\n```\n# Not a heading \u202egnol\u200b';
  const lines = rowText(
    'Message [x](command:y)\nSM1',
    captured('messages', { sid: 'SM1', to: '+79581118123', body }),
    held,
  ).split('\n');
  expect(lines[0]).toMatch(/^# Message/);
  expect(lines).toContain(`- SHA-256 of the file: ${'ab'.repeat(32)}`);
  expect(lines).toContain('  "sid": "SM1",');
  expect(lines).toContain('  "to": "+7958111XXXX",');
  // Neither a fence nor a heading of the row's begins a line, and nothing of it can be clicked or turns text around.
  expect(lines.filter((line) => line.startsWith('```'))).toEqual(['```json', '```']);
  expect(lines.filter((line) => line.startsWith('#'))).toHaveLength(1);
  expect(lines.join('\n')).toContain('hxxps[://]evil[.]example');
  expect(lines.join('\n')).not.toMatch(/[\u202e\u200b]|https?:\/\//);
  expect(JSON.parse(lines.slice(lines.indexOf('```json') + 1, lines.lastIndexOf('```')).join('\n'))).toMatchObject({
    sid: 'SM1',
  });
});

test.each([
  ['evidence/messages-0003.jsonl.gz:17', { file: 'evidence/messages-0003.jsonl.gz', line: 17 }],
  ['evidence/messages-0003.jsonl.gz:0', undefined],
  ['evidence/messages-0003.jsonl.gz:1.5', undefined],
  ['evidence/messages-0003.jsonl.gz', undefined],
  ['../evidence/messages-0003.jsonl.gz:1', undefined],
  ['AE1', undefined],
] as const)('%s is told as a line of a capture or as none', (ref, line) => {
  expect(lineOf(ref)).toEqual(line);
});
