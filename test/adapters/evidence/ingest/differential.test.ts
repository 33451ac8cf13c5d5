import { afterAll, expect, it } from 'vitest';
import { isObject, textOf } from '../../../../src/core/model/json.ts';
import { rangeOf } from '../../../../src/core/model/numberRange.ts';
import { countryOf } from '../../../../src/core/traffic/country.ts';
import { unpriced } from '../../../../src/core/traffic/logColumns.ts';
import { type LogRow, readLogRow } from '../../../../src/core/traffic/logRow.ts';
import { blockKey, blockText } from '../../../../src/core/traffic/numberBlock.ts';
import { hostileLine } from './hostileLines.ts';
import { imported, logFolder } from './logFiles.ts';
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
}, 20_000);
