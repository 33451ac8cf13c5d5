import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvDictionary, csvHeader, csvRow, exact } from '../../../../src/core/evidence/export/csv.ts';
import { tableRow } from '../../../../src/core/evidence/export/tableRow.ts';
import { columnsOf, tables } from '../../../../src/core/evidence/export/tables.ts';
import { hostileText, readCsv } from './readCsv.ts';
import { captured, messageRow } from './sampleRows.ts';

const columns = columnsOf(tables.messages);
const names = [...columns, exact].map(({ name }) => name);

function written(row: Parameters<typeof messageRow>[1]) {
  const line = csvRow(columns, tableRow(tables.messages, captured('messages', messageRow(1, row)), 'full'));
  const [values = []] = readCsv(line, ',');
  return { line, cells: Object.fromEntries(names.map((name, i) => [name, values[i]])), values };
}

/** What a spreadsheet calculates when a cell begins with it; plain numbers, masked or not, are none. */
const formula = /^[\s"]*[=+\-@|\t\r＝＋－＠｜﹦﹢﹣﹫−]/;
const harmless = /^(?:-?\d+(?:\.\d+)?|\+\d{1,15}|\+\d{1,11}(?:XXXX|xxxx))$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const control = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u200b-\u200f\ufeff]/;

describe('a CSV table', () => {
  it('has numbers of phones as text, instants as ISO 8601 and empty cells where there is no value', () => {
    const { line, cells } = written({ body: '' });
    expect(line).toContain('"+79581111234"');
    expect(line).toContain('2026-11-21T03:12:08.000Z');
    expect(cells).toMatchObject({ price: '-0.045', error_code: '', body: '', exact: '' });
    expect(line.endsWith('\r\n')).toBe(true);
  });

  it('gives back exactly, beside the harmless cell, what it had to change', () => {
    const body = '=HYPERLINK("http://evil.example";A1)\r\n\u202Ex\u0000;=1';
    const { cells } = written({ body });
    expect(cells['body']).toMatch(/^'=/);
    expect(JSON.parse(cells['exact'] ?? '')).toEqual({ body });
  });

  it('names every column once, in order', () => {
    expect(csvHeader(columns)).toBe(`${names.join(',')}\r\n`);
    expect(new Set(names).size).toBe(names.length);
  });

  it('explains every column of every table', () => {
    const lines = readCsv(csvDictionary({ messages: columns }), ',');
    expect(lines).toHaveLength(columns.length + 1);
    expect(lines.every((line) => line.length === 5 && line[4] !== '')).toBe(true);
  });

  it('shows hostile texts as text, in both kinds of locale, and returns each of them exactly', () => {
    fc.assert(
      fc.property(fc.array(hostileText, { minLength: 50, maxLength: 50 }), (texts) => {
        for (const [i, text] of texts.entries()) {
          const name = ['body', 'status', 'to', 'rest_of_it'][i % 4] ?? 'body';
          const { line, cells, values } = written({ [name]: text });
          expect(values).toHaveLength(names.length);
          for (const separator of [',', ';'])
            for (const cell of readCsv(line, separator).flat())
              if (formula.test(cell) && !harmless.test(cell)) expect.fail(`a formula: ${JSON.stringify(cell)}`);
          if (control.test(line.slice(0, -2))) expect.fail(`a control character: ${JSON.stringify(line)}`);
          const rest = JSON.parse(cells['rest'] || '{}');
          const changed = JSON.parse(cells['exact'] || '{}');
          if ((rest[name] ?? changed[name] ?? cells[name]) !== text)
            expect.fail(`not returned: ${JSON.stringify(text)}`);
        }
      }),
      { numRuns: Number(process.env['HOSTILE_TEXTS'] ?? 5000) / 50 },
    );
  });
});
