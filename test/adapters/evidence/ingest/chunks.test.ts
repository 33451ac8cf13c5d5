import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { imported, jsonLines, logFolder, record } from './logFiles.ts';

const files = logFolder();
afterAll(() => files.remove());

/** Long enough to be read in several pieces, whose ends lie anywhere in a row; texts of several lines. */
const records = Array.from({ length: 1500 }, (_, n) =>
  record(n, {
    body: 'first\nsecond "line"\n'.repeat(1 + (n % 37)),
    to: `+4915${1_000_000_000 + ((n * 7_919_777) % 1e9)}`,
  }),
);
const columns = [
  'sid',
  'to',
  'body',
  'direction',
  'status',
  'price',
  'date_sent',
  'date_updated',
  'account_sid',
] as const;
const csv = [
  'Sid,To,Body,Direction,Status,Price,SentDate,DateUpdated,AccountSid',
  ...records.map((one) => columns.map((name) => `"${String(one[name] ?? '').replaceAll('"', '""')}"`).join(',')),
].join('\n');

describe('rows that are cut by the end of a piece of the file', () => {
  it.each([
    ['lines', jsonLines(records)],
    ['CSV whose texts have lines', csv],
    ['a list with a line for each field', JSON.stringify(records, null, 1)],
    ['objects over several lines', records.map((one) => JSON.stringify(one, null, 1)).join('\n')],
  ])('are read whole: %s', async (_, text) => {
    expect(text.length).toBeGreaterThan(5 * 128 * 1024);
    for (const content of [text, gzipSync(text)]) {
      const { rows, summary } = await imported([files.write('log', content)], files.index);
      expect(summary).toMatchObject({ rows: records.length, bad: { count: 0 } });
      const numbers = rows.map(({ block, price, status }) => [block, price, status]);
      expect(numbers).toEqual(records.map(({ to }) => [Number(`1${String(to).slice(1, -4)}`), 7900, 'delivered']));
    }
  });
});
