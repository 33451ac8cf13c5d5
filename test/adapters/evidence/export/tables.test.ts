import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { expect, test } from 'vitest';
import { sha256 } from '../../../../src/adapters/evidence/sha256.ts';
import { createCancellation } from '../../../../src/core/cancellation.ts';
import { Cancelled, UserError } from '../../../../src/core/errors.ts';
import type { ExportOrder } from '../../../../src/core/evidence/export/exporter.ts';
import { tableRow } from '../../../../src/core/evidence/export/tableRow.ts';
import { columnsOf, tables } from '../../../../src/core/evidence/export/tables.ts';
import { readCsv } from '../../../core/evidence/export/readCsv.ts';
import { captured, messageRow, sidOf } from '../../../core/evidence/export/sampleRows.ts';
import { exporterOf, incidentForEach } from './incidents.ts';

const place = incidentForEach();
const hostile = ['=1+1', '\u202Egnp.exe', 'a\r\nb', '', '"', 'é🙂', '$(trash)', '\ud800'];
const rows = Array.from({ length: 20_000 }, (_, i) =>
  captured(
    'messages',
    messageRow(i, { body: hostile[i % hostile.length] ?? '', error_code: i % 7 === 0 ? 30450 : null }),
    i + 1,
  ),
);
const event = captured('events', {
  sid: sidOf('AE', 1),
  event_date: '2026-11-21T03:00:00Z',
  event_type: 'a.b',
  event_data: { x: 1 },
});
const order = (format: 'csv' | 'parquet', more: Partial<ExportOrder> = {}): ExportOrder => ({
  format,
  numbers: 'masked',
  evidence: true,
  target: place.out('result'),
  ...more,
});
const columns = columnsOf(tables.messages);

test('a Parquet table gives back every row as it was, over several row groups', async () => {
  const made = await exporterOf([...rows, event]).export(place.incident, order('parquet', { numbers: 'full' }));
  const { files, ...told } = made;
  expect(told).toMatchObject({ count: 20_001, recorded: true, leftOut: 0 });
  expect(told.rows).toEqual([
    { source: 'messages', rows: 20_000 },
    { source: 'events', rows: 1 },
  ]);
  expect(files.map(({ name }) => name)).toEqual(['messages.parquet', 'events.parquet', 'columns.csv', 'coverage.csv']);
  const file = await asyncBufferFromFile(place.out('result/messages.parquet'));
  const { row_groups, schema } = await parquetMetadataAsync(file);
  expect(row_groups.length).toBeGreaterThan(2);
  expect(schema.find(({ name }) => name === 'date_sent')).toMatchObject({
    type: 'INT64',
    converted_type: 'TIMESTAMP_MILLIS',
    logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true },
  });
  const read = await parquetReadObjects({ file });
  expect(read).toHaveLength(rows.length);
  rows.forEach((row, i) => {
    const cells = tableRow(tables.messages, row, 'full');
    const expected = columns.map(({ name, type }, at) => {
      const cell = cells[at] ?? null;
      return [name, type === 'instant' && cell !== null ? new Date(Number(cell)) : cell];
    });
    expect(read[i]).toEqual(Object.fromEntries(expected));
  });
});

test('a CSV table gives back every row, and the changed cells exactly', async () => {
  await exporterOf(rows).export(place.incident, order('csv', { numbers: 'full' }));
  const [names = [], ...lines] = readCsv(await readFile(place.out('result/messages.csv'), 'utf8'), ',');
  expect(lines).toHaveLength(rows.length);
  const [body, exact, to, rest] = ['body', 'exact', 'to', 'rest'].map((name) => names.indexOf(name));
  lines.forEach((line, i) => {
    const changed = JSON.parse(line[exact ?? 0] || '{}');
    const left = JSON.parse(line[rest ?? 0] || '{}');
    expect(left.body ?? changed.body ?? line[body ?? 0]).toBe(rows[i]?.row['body']);
    expect(line[to ?? 0]).toBe('+79581111234');
  });
});

test('only the last state of each thing is exported', async () => {
  const late = captured(
    'messages',
    messageRow(3, { status: 'undelivered', date_updated: 'Sun, 22 Nov 2026 00:00:00 +0000' }),
  );
  const { count } = await exporterOf([late, ...rows.slice(0, 10)]).export(place.incident, order('csv'));
  expect(count).toBe(10);
  expect(await readFile(place.out('result/messages.csv'), 'utf8')).toContain('undelivered');
});

test('masked numbers are the rule, and the journal says what left with which hashes', async () => {
  const { files } = await exporterOf(rows.slice(0, 5)).export(place.incident, order('csv'));
  const text = await readFile(place.out('result/messages.csv'));
  expect(text.toString()).toContain('+7958111XXXX');
  expect(text.toString()).not.toContain('79581111234');
  const record = place.incident.journal.records.at(-1);
  expect(record).toMatchObject({ type: 'export', format: 'csv', numbers: 'masked', rows: 5, files });
  expect(files[0]).toEqual({ name: 'messages.csv', bytes: text.length, sha256: sha256(text) });
});

test('a cancelled export leaves nothing, neither files nor a record', async () => {
  const source = createCancellation();
  const done = exporterOf(rows).export(place.incident, order('parquet'), {
    cancel: source.signal,
    progress: (count) => count > 9000 && source.abort(),
  });
  await expect(done).rejects.toBeInstanceOf(Cancelled);
  expect(place.made()).toEqual([]);
  expect(place.incident.journal.records.some(({ type }) => type === 'export')).toBe(false);
});

test('a failure in the middle of the rows leaves nothing', async () => {
  const poisoned = {
    ...captured('messages', messageRow(1)),
    get file(): string {
      throw new UserError('bad-input', 'changed');
    },
  };
  await expect(exporterOf([...rows.slice(0, 9), poisoned]).export(place.incident, order('csv'))).rejects.toThrow(
    'changed',
  );
  expect(place.made()).toEqual([]);
});

test.each(['a file', 'a folder', 'a link'])(
  'where %s has the name already, it stays and nothing is written',
  async (what) => {
    const target = place.out('result');
    if (what === 'a file') await writeFile(target, 'mine');
    if (what === 'a folder') await mkdir(target);
    if (what === 'a link') await symlink('/etc', target);
    await expect(exporterOf(rows).export(place.incident, order('csv'))).rejects.toBeInstanceOf(UserError);
    expect(place.made()).toEqual(['result']);
    expect(place.incident.journal.records.some(({ type }) => type === 'export')).toBe(false);
  },
);

test('nothing is written into a folder that is a link, nor into the incident’s own', async () => {
  await symlink('/tmp', place.out('link'));
  const exporter = exporterOf(rows);
  await expect(exporter.export(place.incident, order('csv', { target: place.out('link/x') }))).rejects.toThrow('link');
  const inside = `${place.incident.folder}/x`;
  await expect(exporter.export(place.incident, order('csv', { target: inside }))).rejects.toThrow('own folder');
});

test('an incident without logs says so and leaves nothing', async () => {
  await expect(exporterOf([]).export(place.incident, order('parquet'))).rejects.toThrow('no logs yet');
  expect(place.made()).toEqual([]);
});

test('full numbers do not leave an incident that cannot record it; masked ones do', async () => {
  const { incident } = place;
  const viewOnly = { ...incident, journal: { ...incident.journal, records: [], head: undefined, readOnly: 'It is.' } };
  const exporter = exporterOf(rows.slice(0, 5));
  await expect(exporter.export(viewOnly, order('csv', { numbers: 'full' }))).rejects.toThrow('read-only. It is.');
  expect(await exporter.export(viewOnly, order('csv'))).toMatchObject({ recorded: false, count: 5 });
});

test('a folder that cannot be written is told with its code', async () => {
  await expect(
    exporterOf(rows).export(place.incident, order('csv', { target: place.out('missing/x') })),
  ).rejects.toThrow('not there');
});
