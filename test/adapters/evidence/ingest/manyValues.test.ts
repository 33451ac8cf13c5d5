import { existsSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { ingestLogs } from '../../../../src/adapters/evidence/ingest/ingest.ts';
import { imported, jsonLines, logFolder, record, worker } from './logFiles.ts';

const files = logFolder();
afterAll(() => files.remove());

const statuses = (first: number, count: number): string =>
  jsonLines(Array.from({ length: count }, (_, n) => record(first + n, { status: `status-${first + n}` })));

it('counts rows with more statuses than a column tells apart as not understood, and keeps the others as they are', async () => {
  const { summary, rows } = await imported([files.write('statuses.jsonl', statuses(0, 300))], files.index);
  expect(summary).toMatchObject({ rows: 256, bad: { count: 44 } });
  expect(summary.bad.first[0]).toEqual({ file: 'statuses.jsonl', line: 257, defect: 'too-many-values' });
  expect(rows.map(({ status }) => status)).toEqual(Array.from({ length: 256 }, (_, n) => `status-${n}`));
});

it('does the same with accounts', async () => {
  const accountOf = (n: number): string => `AC${n.toString(16).padStart(32, '0')}`;
  const records = Array.from({ length: 65_540 }, (_, n) => record(n, { account_sid: accountOf(n + 1) }));
  const { summary, rows } = await imported([files.write('accounts.jsonl', jsonLines(records))], files.index);
  expect(summary).toMatchObject({ rows: 65_536, bad: { count: 4 } });
  expect(rows.every(({ account }, n) => account === accountOf(n + 1))).toBe(true);
});

it('refuses files that only together have more statuses than a column tells apart, and leaves no index', async () => {
  const paths = [files.write('a.jsonl', statuses(0, 200)), files.write('b.jsonl', statuses(200, 200))];
  const importing = ingestLogs(paths, files.index, { worker, threads: 2 });
  await expect(importing).rejects.toThrow(/more different accounts or statuses.*Nothing was imported/);
  expect(existsSync(files.index)).toBe(false);
});
