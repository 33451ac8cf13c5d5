import { afterAll, expect, it } from 'vitest';
import { countryOf } from '../../../../src/core/traffic/country.ts';
import { unpriced } from '../../../../src/core/traffic/logColumns.ts';
import { type LogField, type LogRow, readLogRow } from '../../../../src/core/traffic/logRow.ts';
import { blockKey } from '../../../../src/core/traffic/numberBlock.ts';
import { account, imported, logFolder, sidOf } from './logFiles.ts';
import { type RandomStream, randomStream } from './randomRows.ts';

const files = logFolder();
afterAll(() => files.remove());

const columns = [
  'body',
  'sid',
  'to',
  'status',
  'date_sent',
  'num_segments',
  'error_code',
  'account_sid',
  'direction',
  'price',
  'price_unit',
  'note',
] as const;

const names: readonly string[] = columns;

/** RFC 4180, one character after the other. */
function parseCsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  let field = '';
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '"') {
      for (i++; text[i] !== '"' || text[i + 1] === '"'; i++) {
        field += text[i];
        if (text[i] === '"') i++;
      }
    } else if (text[i] === ',' || text[i] === '\n') {
      row.push(field);
      field = '';
      if (text[i] === '\n') {
        rows.push(row);
        row = [];
      }
    } else if (text[i] !== '\r' || text[i + 1] !== '\n') field += text[i];
  }
  return rows;
}

function written(random: RandomStream, value: string): string {
  const mustQuote = /[",\n\r]/.test(value);
  return mustQuote || random.below(4) === 0 ? `"${value.replaceAll('"', '""')}"` : value;
}

function line(random: RandomStream, n: number): string {
  const odd = (usual: string, ...strange: readonly string[]): string =>
    random.below(12) === 0 ? random.pick(strange) : usual;
  const values: Readonly<Record<(typeof columns)[number], string>> = {
    body: random.pick([
      'hi',
      'said "no"',
      'two\nlines',
      'a,b',
      '',
      'Ünïcödé 🔥',
      '\r\n"',
      `${'long '.repeat(40)}`,
      '""',
    ]),
    sid: odd(sidOf(n), 'SM12', '', `"${sidOf(n)}`),
    to: odd(
      '+79581112233',
      '',
      'NORTHWIND',
      'Nörthwind',
      'whatsapp:+4915112345678',
      '+1415"5550100',
      '12345',
      '+1,415',
    ),
    status: odd('delivered', 'Failed', 'später', '', 'a"b', 'x'.repeat(50)),
    date_sent: odd('2026-11-20T10:00:01Z', '2026-11-20 10:00:01', 'Fri, 20 Nov 2026 10:00:01 +0000', '', 'yesterday'),
    num_segments: odd('1', '2', '', '300', 'x'),
    error_code: odd('', '30450', '30003', '0', '1e3'),
    account_sid: odd(account, '', 'AC1'),
    direction: odd('outbound-api', 'inbound', '', 'Outbound-Reply'),
    price: odd('-0.00790', '', '0', '-1.5', '5000', '1e-3'),
    price_unit: odd('USD', 'eur', '', 'EURO'),
    note: odd('', 'x', '\t'),
  };
  return `${columns.map((name) => written(random, values[name])).join(',')}${random.pick(['\n', '\n', '\r\n'])}`;
}

it('reads 20,000 generated and hostile CSV rows as a plain reader of RFC 4180 does', async () => {
  const random = randomStream(4180);
  const content = `${columns.join(',')}\n${Array.from({ length: 20_000 }, (_, n) => line(random, n)).join('')}`;
  const { rows, summary } = await imported([files.write('hostile.csv', content)], files.index);
  const expected = parseCsv(content)
    .slice(1)
    .map((values) => readLogRow((name: LogField) => values[names.indexOf(name)] || undefined));
  const good = expected.filter((one): one is LogRow => typeof one === 'object');
  expect(good.length).toBeGreaterThan(12_000);
  expect(summary.bad.count).toBe(expected.length - good.length);
  expect(summary.bad.count).toBeGreaterThan(2000);
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
});
