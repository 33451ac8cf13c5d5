import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createExporter } from '../../../../src/adapters/evidence/export/createExporter.ts';
import { heldCaptures } from '../../../../src/core/evidence/heldCaptures.ts';
import type { OpenIncident } from '../../../../src/core/evidence/incidentStore.ts';
import { sources } from '../../../../src/core/evidence/sources.ts';
import type { JsonObject } from '../../../../src/core/model/json.ts';
import { readCsv } from '../../../core/evidence/export/readCsv.ts';
import { account, message, newIncident, storeIn, writeSlice } from '../captures.ts';
import { clock, freshFolder } from '../journals.ts';

const place = freshFolder();

async function capture(incident: OpenIncident, pages: readonly (readonly JsonObject[])[]): Promise<void> {
  const writer = await storeIn(place.path).writer(incident);
  await writeSlice(writer, pages);
  await writer.close();
}

async function exported(incident: OpenIncident, during: () => Promise<void> = async () => undefined) {
  const { rows } = storeIn(place.path);
  mkdirSync(path.join(place.path, 'out'), { recursive: true });
  const exporter = createExporter({
    async *rows(...all) {
      yield* rows(...all);
      await during();
    },
    keyOf: ({ source, row }) => sources.find(({ id }) => id === source)?.key(row),
    version: '1.2.3',
    clock,
  });
  const target = path.join(place.path, 'out', 'result');
  const made = await exporter.export(incident, { format: 'csv', numbers: 'masked', evidence: true, target });
  const read = (name: string) => readCsv(readFileSync(path.join(target, name), 'utf8'), ',');
  return { made, read };
}

test('captures are exported with the line each row is in, and with what they cover', async () => {
  const incident = await newIncident(place.path);
  await capture(incident, [[message(1), message(2)], [message(3)]]);
  const { made, read } = await exported(incident);
  expect(made).toMatchObject({ count: 3, damaged: [], recorded: true });
  const [names = [], ...lines] = read('messages.csv');
  const at = (name: string) => lines.map((line) => line[names.indexOf(name)]);
  expect(at('capture_line')).toEqual(['1', '2', '3']);
  expect(new Set(at('capture_file'))).toEqual(
    new Set(heldCaptures(incident.journal.records).map(({ capture }) => capture.file)),
  );
  expect(read('coverage.csv')[1]).toEqual(expect.arrayContaining(['messages', 'true', '3']));
  await incident.journal.close();
});

test('a damaged file of evidence is told, in the result and beside the tables, and the others are exported', async () => {
  const incident = await newIncident(place.path);
  await capture(incident, [[message(1)]]);
  await capture(incident, [[message(2)]]);
  const [first] = heldCaptures(incident.journal.records);
  writeFileSync(path.join(incident.folder, first?.capture.file ?? ''), 'x');
  const { made, read } = await exported(incident);
  expect(made).toMatchObject({ count: 1, damaged: [expect.stringContaining('messages-0001')] });
  expect(read('coverage.csv').at(-1)).toEqual(
    expect.arrayContaining(['false', expect.stringContaining('messages-0001')]),
  );
  await incident.journal.close();
});

test('what was never read is told beside the tables, too', async () => {
  const incident = await newIncident(place.path);
  await capture(incident, [[message(1)]]);
  const { read } = await exported(incident);
  const lines = read('coverage.csv').map(([source = '', of = '', , , complete = '', why = '']) => [
    source,
    of,
    complete,
    why,
  ]);
  expect(lines.filter(([source]) => source === 'messages')).toEqual([['messages', account, 'true', '']]);
  expect(lines).toContainEqual(['calls', account, 'false', expect.stringContaining('not collected yet')]);
  expect(lines).toContainEqual(['keys', account, 'false', 'It has not been collected.']);
  await incident.journal.close();
});

test('what is collected while it is exported is not half in it', async () => {
  const incident = await newIncident(place.path);
  await capture(incident, [[message(1)], [message(1, { status: 'failed' })]]);
  let next = 2;
  const { made } = await exported(incident, () => capture(incident, [[message(next++)]]));
  expect(next).toBeGreaterThan(2);
  expect(made.count).toBe(1);
  await incident.journal.close();
});
