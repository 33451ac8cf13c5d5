import { describe, expect, it } from 'vitest';
import { rejectedText } from '../../../src/core/traffic/rejectedText.ts';

const row = { file: 'a.jsonl', line: 3, reason: 'is not valid JSON', row: '{"sid"', cut: false };

describe('the document of rejected rows', () => {
  it('lists rows by file and line, and says how many there are in all', () => {
    const text = rejectedText([{ ...row, line: 12 }, row, { ...row, file: 'B.csv', line: 1 }], 1200);
    expect(text.match(/^Line \d+/gm)).toEqual(['Line 1', 'Line 3', 'Line 12']);
    expect(text).toContain('1,200 rows, of which 3 are shown.');
    expect(rejectedText([row], 1)).toContain('\n\n1 row. One-time codes are masked.');
    expect(rejectedText([{ ...row, cut: true }], 1)).toContain('(the row is longer than this)');
  });

  it('keeps hostile text on indented lines of its own, without links and invisible characters', () => {
    const hostile = '\n# Heading\n[run](command:evil) <img src=http://evil.example/x>\u202E\u001b[2J';
    const text = rejectedText([{ ...row, file: hostile, row: hostile }], 1);
    const lines = text.split('\n').filter((line) => line.includes('Heading'));
    expect(lines).toHaveLength(2);
    for (const line of lines) expect(line).toMatch(/^ {4}\S/);
    expect(text).not.toMatch(/http:\/\/|[\u202E]/);
    expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });
});
