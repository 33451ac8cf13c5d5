import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { createImportStore } from '../../../../src/adapters/evidence/ingest/importStore.ts';
import { openHours } from '../../../../src/adapters/evidence/ingest/openIndex.ts';
import { openImportedCalls } from '../../../../src/adapters/evidence/ingest/openOthers.ts';
import { jsonLines, logFolder, record, worker } from './logFiles.ts';
import { attemptRecord, callRecord } from './otherLogFiles.ts';

const files = logFolder();
afterAll(() => files.remove());
const imports = `${files.folder}/imports`;
const store = createImportStore({ folder: imports, worker, clock: { now: () => Date.parse('2026-11-21T12:00:00Z') } });

// Bytes that nothing but the SID of a row has.
const tail = '5a'.repeat(16);
const logs = {
  'messages.jsonl': [record(1), record(2), record(0, { sid: `SM${tail}` })],
  'calls.jsonl': [callRecord(1), callRecord(0, { sid: `CA${tail}` })],
  'attempts.jsonl': [attemptRecord(0, { sid: `VL${tail}` })],
};

/** The folder of an import of messages, calls and attempts. */
async function kept(): Promise<string> {
  const paths = Object.entries(logs).map(([name, rows]) => files.write(name, jsonLines(rows)));
  return (await store.importFiles(paths, {})).kept ?? '';
}

/** Makes an import look as one whose files told rows apart, and were of the format before. */
function age(folder: string, header: 'index.json' | 'others.json'): void {
  for (const name of ['sid.col', 'updated.col']) writeFileSync(path.join(folder, name), 'of a former format');
  const file = path.join(folder, header);
  const text = readFileSync(file, 'utf8');
  const former = text.replace(/("format":"[a-z-]+\/)(\d+)"/, (_, name, number) => `${name}${Number(number) - 1}"`);
  expect(former).not.toBe(text);
  writeFileSync(file, former);
}

it('what tells rows apart while they are read is not written: 23 bytes a message, 26 a call', async () => {
  const folder = await kept();
  const all = readdirSync(folder).map((name) => [name, readFileSync(path.join(folder, name))] as const);
  const sizeOf = (end: string) => all.reduce((sum, [name, { length }]) => sum + (name.endsWith(end) ? length : 0), 0);
  expect([sizeOf('.col'), sizeOf('calls.columns')]).toEqual([3 * 23, 2 * 26]);
  for (const [, bytes] of all) expect(bytes.includes(Buffer.from(tail, 'hex'))).toBe(false);
});

it.each(['index.json', 'others.json'] as const)(
  'an import of the format before, by its %s, is as good as none, and goes whole with the next one',
  async (header) => {
    const folder = await kept();
    expect((await store.last())?.summary).toMatchObject({ rows: 3, calls: { rows: 2 }, attempts: { rows: 1 } });
    age(folder, header);
    const open = header === 'index.json' ? openHours : openImportedCalls;
    await expect(open(folder)).rejects.toThrow(/another version’s\. Import the logs again/);
    expect(await store.last()).toBeUndefined();
    const next = await kept();
    expect(existsSync(folder)).toBe(false);
    expect(readdirSync(imports)).toEqual([path.basename(next)]);
  },
);
