import { rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { countRecipients } from '../../../../src/adapters/evidence/ingest/countRecipients.ts';
import { Cancelled } from '../../../../src/core/errors.ts';
import { countryOf } from '../../../../src/core/traffic/country.ts';
import { imported, jsonLines, logFolder, record } from './logFiles.ts';
import { randomStream } from './randomRows.ts';

const files = logFolder();
afterAll(() => files.remove());
const onset = Date.parse('2026-11-20T12:00:00Z');
const scope = { countries: new Set(['RU', 'GB']), since: onset };
const at = (minutes: number): string => `${new Date(onset + minutes * 60_000).toISOString().slice(0, 19)}Z`;

it('counts each number once that got outbound messages in these countries since then, whoever reads the rows', async () => {
  const { below, pick } = randomStream(7);
  const odd = ['whatsapp:+79581110001', '+79581110001', ' +79581110002', '+7958111XXXX', '12345', 'ACME', null, ''];
  const numbers = ['+7958111', '+447400', '+4915112'].map(
    (start) => () => `${start}${String(below(3000)).padStart(5, '0')}`,
  );
  const records = Array.from({ length: 8000 }, (_, n) =>
    record(n, {
      to: n % 10 === 0 ? pick(odd) : pick(numbers)(),
      direction: n % 7 === 0 ? 'inbound' : 'outbound-api',
      date_sent: at(below(240) - 120),
    }),
  );
  // Rows with an escape are read as texts, and must be counted like those that are not.
  const lines = jsonLines(records).split('\n');
  const text = lines
    .map((line, n) => (n % 5 === 0 ? line.replace('"status":"d', '"status":"\\u0064') : line))
    .join('\n');
  await imported([files.write('rows.jsonl', text)], files.index);
  const wanted = records.filter(
    ({ direction, date_sent, to }) =>
      direction !== 'inbound' &&
      Date.parse(String(date_sent)) >= onset &&
      scope.countries.has(countryOf(String(to ?? ''))),
  );
  const whole = wanted.flatMap(({ to }) => /\+\d{8,15}$/.exec(String(to))?.[0] ?? []);
  expect(await countRecipients(files.index, scope)).toEqual({
    numbers: new Set(whole).size,
    unknown: wanted.length - whole.length,
  });
  expect(new Set(whole).size).toBeGreaterThan(1000);
  expect(wanted.length).toBeGreaterThan(whole.length);
});

it('stops when cancelled, and says so when the index is gone or cut', async () => {
  await expect(countRecipients(files.index, scope, AbortSignal.abort())).rejects.toBeInstanceOf(Cancelled);
  await rm(path.join(files.index, 'ending.col'));
  await expect(countRecipients(files.index, scope)).rejects.toThrow('the index of the messages was removed meanwhile');
});
