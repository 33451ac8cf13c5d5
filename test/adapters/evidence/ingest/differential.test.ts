import { afterAll, expect, it } from 'vitest';
import { isObject, textOf } from '../../../../src/core/model/json.ts';
import { rangeOf } from '../../../../src/core/model/numberRange.ts';
import { countryOf } from '../../../../src/core/traffic/country.ts';
import { unpriced } from '../../../../src/core/traffic/logColumns.ts';
import { type LogRow, readLogRow } from '../../../../src/core/traffic/logRow.ts';
import { blockKey, blockText } from '../../../../src/core/traffic/numberBlock.ts';
import { hostileLine } from './hostileLines.ts';
import { imported, logFolder, record } from './logFiles.ts';
import { randomStream } from './randomRows.ts';

const files = logFolder();
afterAll(() => files.remove());

/** What `JSON.parse` and the reader of texts make of a line. */
function parsed(line: string): LogRow | string | undefined {
  if (line.trim() === '') return undefined;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'not-json';
  }
  if (!isObject(value)) return 'not-an-object';
  const camel = (name: string) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return readLogRow((name) => textOf(value, name) ?? textOf(value, camel(name)));
}

it('the byte scanner reads 100,000 generated and hostile rows exactly as JSON.parse does', async () => {
  const random = randomStream(20_261_121);
  const lines = Array.from({ length: 100_000 }, (_, n) => hostileLine(random, n));
  const { rows, summary } = await imported(
    [files.write('hostile.jsonl', Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')])))],
    files.index,
  );
  const expected = lines.map((line) => parsed(line.toString('utf8')));
  const good = expected.filter((one): one is LogRow => typeof one === 'object');
  const bad = expected.flatMap((one, index) =>
    typeof one === 'string' ? [{ file: 'hostile.jsonl', line: index + 1, defect: one }] : [],
  );
  expect(good.length).toBeGreaterThan(40_000);
  expect(bad.length).toBeGreaterThan(5_000);
  expect(summary.bad.count).toBe(bad.length);
  expect(summary.bad.first).toEqual(bad.slice(0, summary.bad.first.length));
  expect(rows).toEqual(
    good.map((row) => ({
      time: row.time,
      price: row.price ?? unpriced,
      block: blockKey(row.to),
      error: row.errorCode,
      account: row.account,
      country: countryOf(row.to),
      status: row.status,
      currency: row.currency,
      direction: row.direction,
    })),
  );
  for (const { to } of good) if (/^.{0,15}$/.test(to)) expect(blockText(blockKey(to))).toBe(rangeOf(to));
});

it('a row like the one before but for one byte is read as JSON.parse reads it, wherever the byte is', async () => {
  const usual = Buffer.from(JSON.stringify(record(1, { body: 'a "b" é', error_code: 30007, price_unit: 'USD' })));
  const lines = Array.from(usual, (_, at) =>
    [0x22, 0x2c, 0x3a, 0x20, 0x78, 0x7d, 0x5c, 0xc3].flatMap((byte) => {
      const other = Buffer.from(usual);
      other[at] = byte;
      return [usual, other];
    }),
  ).flat();
  const file = files.write('one-byte.jsonl', Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')])));
  const { rows, summary } = await imported([file], files.index);
  const expected = lines.map((line) => parsed(line.toString('utf8')));
  const good = expected.filter((one): one is LogRow => typeof one === 'object');
  expect(summary.bad.count).toBe(lines.length - good.length);
  expect(summary.rows + summary.superseded).toBe(good.length);
  // All have nearly the same SID: what is left is one row of each, its last state.
  const last = new Map(good.map((row) => [row.sid.slice(2).toLowerCase(), row]));
  const word = ({ to, status, direction, price, time }: LogRow): string =>
    `${blockKey(to)} ${status} ${direction} ${price ?? unpriced} ${time}`;
  expect(rows).toHaveLength(last.size);
  expect(rows.map((row) => `${row.block} ${row.status} ${row.direction} ${row.price} ${row.time}`).sort()).toEqual(
    [...last.values()].map(word).sort(),
  );
});
