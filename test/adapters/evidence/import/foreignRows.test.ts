import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createIncidentStore } from '../../../../src/adapters/evidence/incidentStore.ts';
import { createCancellation } from '../../../../src/core/cancellation.ts';
import { Cancelled } from '../../../../src/core/errors.ts';
import type { TakeForeign } from '../../../../src/core/evidence/evidenceStore.ts';
import { ownAccounts } from '../../../../src/core/evidence/importedAccounts.ts';
import { importOf } from '../../../../src/core/evidence/importRecord.ts';
import type { OpenIncident } from '../../../../src/core/evidence/incidentStore.ts';
import { heldImports } from '../../../../src/core/evidence/recordedImports.ts';
import { knownEvidence } from '../../../../src/core/incidentView/knownEvidence.ts';
import { evidenceFacts } from '../../../../src/core/rca/evidenceFacts.ts';
import { account, all, incident, newIncident, other, reopened, storeIn } from '../captures.ts';
import { jsonLines, record, sidOf } from '../ingest/logFiles.ts';
import { clock, freshFolder, memoryAnchors } from '../journals.ts';

const folder = freshFolder();
const unnamed = `AC${'0'.repeat(32)}`;
const third = `AC${'c'.repeat(32)}`;
const of = (sid: string | null, ...numbers: number[]) => jsonLines(numbers.map((n) => record(n, { account_sid: sid })));

async function importing(opened: OpenIncident, files: Readonly<Record<string, string>>, takeForeign?: TakeForeign) {
  const paths = Object.keys(files).map((name) => path.join(folder.path, name));
  for (const [n, content] of Object.values(files).entries()) await writeFile(paths[n] ?? '', content);
  const store = storeIn(folder.path);
  const taken = await store.importLogs(opened, paths, takeForeign && { takeForeign });
  const rows = (await all(store.rows(opened, ['messages']))).map((one) => [one.account, one.row['sid']]);
  return { taken, rows, records: opened.journal.records.flatMap((one) => importOf(one) ?? []) };
}

/** Answers with `take` and remembers what was asked. */
function asking(take: boolean) {
  const asked: unknown[] = [];
  const answer: TakeForeign = async (file, accounts) => {
    asked.push([file, ...accounts.map(({ sid, rows }) => `${sid} ${rows}`)]);
    return take;
  };
  return { asked, answer };
}

test('rows of an account that the incident is not about stay out unless they are wanted, and the journal says whose', async () => {
  const files = { 'mixed.jsonl': of(account, 1) + of(other, 2, 3) };
  const leftOut = [{ sid: other, rows: 2 }];
  for (const answer of [undefined, asking(false).answer]) {
    const opened = await newIncident(folder.path);
    const { taken, rows, records } = await importing(opened, files, answer);
    expect(rows).toEqual([[account, sidOf(1)]]);
    expect(taken).toMatchObject([{ rows: 1, accounts: [{ sid: account, rows: 1 }], leftOut }]);
    expect(records).toMatchObject([{ rows: 1, accounts: [{ sid: account, rows: 1 }], leftOut }]);
    await opened.journal.close();
  }
  const opened = await newIncident(folder.path);
  const { asked, answer } = asking(true);
  const { rows, records } = await importing(opened, files, answer);
  expect(asked).toEqual([['mixed.jsonl', `${other} 2`]]);
  expect(rows).toHaveLength(3);
  expect(records[0]?.accounts).toEqual([
    { sid: account, rows: 1 },
    { sid: other, rows: 2 },
  ]);
  expect(records[0]).not.toHaveProperty('leftOut');
  await opened.journal.close();
});

test('each account is asked about once for all files of an import', async () => {
  const opened = await newIncident(folder.path);
  const { asked, answer } = asking(false);
  const files = { 'a.jsonl': of(other, 1), 'b.jsonl': of(other, 2) + of(third, 3), 'c.jsonl': of(account, 4) };
  const { rows, taken } = await importing(opened, files, answer);
  expect(asked).toEqual([
    ['a.jsonl', `${other} 1`],
    ['b.jsonl', `${third} 1`],
  ]);
  expect(rows).toEqual([[account, sidOf(4)]]);
  expect(taken.map((one) => one.rows)).toEqual([0, 0, 1]);
  await opened.journal.close();
});

test('a file of which nothing was wanted is asked about again when it is imported again', async () => {
  const opened = await newIncident(folder.path);
  const files = { 'a.jsonl': of(other, 1) };
  expect((await importing(opened, files)).taken).toMatchObject([{ rows: 0, known: false }]);
  const later = await reopened(opened);
  expect((await importing(later, files, asking(true).answer)).taken).toMatchObject([{ rows: 1, known: false }]);
  expect((await importing(later, files)).taken).toMatchObject([{ rows: 1, known: true }]);
  await later.journal.close();
});

test('an incident that names no account and holds nothing yet takes any, and is about these from then on', async () => {
  const store = createIncidentStore({ anchors: memoryAnchors(), clock });
  const opened = await store.open(await store.create(folder.path, { ...incident, accounts: [] }), { patience: 0 });
  const { asked, answer } = asking(false);
  expect((await importing(opened, { 'a.jsonl': of(other, 1), 'b.jsonl': of(third, 2) }, answer)).rows).toHaveLength(2);
  expect(asked).toEqual([]);
  const { rows } = await importing(opened, { 'c.jsonl': of(account, 3), 'd.jsonl': of(null, 4) }, answer);
  expect(asked).toEqual([['c.jsonl', `${account} 1`]]);
  expect(rows.map(([sid]) => sid)).toEqual([other, third, unnamed]);
  await opened.journal.close();
});

test('an incident that holds only rows which name no account asks before it takes those of one', async () => {
  const store = createIncidentStore({ anchors: memoryAnchors(), clock });
  const opened = await store.open(await store.create(folder.path, { ...incident, accounts: [] }), { patience: 0 });
  const { asked, answer } = asking(false);
  const { records } = await importing(opened, { 'a.jsonl': of(null, 1) }, answer);
  expect(asked).toEqual([]);
  expect(records).toMatchObject([{ rows: 1, unnamed: 1 }]);
  expect(records[0]).not.toHaveProperty('accounts');
  const { rows } = await importing(opened, { 'b.jsonl': of(other, 2) + of(null, 3) }, answer);
  expect(asked).toEqual([['b.jsonl', `${other} 1`]]);
  expect(rows.map(([sid]) => sid)).toEqual([unnamed, unnamed]);
  await opened.journal.close();
});

test('an account whose rows were taken in is the incident’s from then on: counted, held and not asked about again', async () => {
  const opened = await newIncident(folder.path);
  const { asked, answer } = asking(true);
  await importing(opened, { 'a.jsonl': of(account, 1) + of(other, 2, 3) }, answer);
  await importing(opened, { 'b.jsonl': of(other, 4) }, answer);
  expect(asked).toEqual([['a.jsonl', `${other} 2`]]);
  expect(ownAccounts(opened)).toEqual([
    { sid: account, name: 'Acme' },
    { sid: other, name: '' },
  ]);
  const held = () => {
    const { coverage, accounts } = knownEvidence(incident, opened.journal.records, clock.now());
    const facts = evidenceFacts(opened.journal.records, coverage, accounts);
    const counted = coverage.filter((one) => one.account !== account || one.rows > 0);
    return [
      counted.map((one) => [one.source, one.account, one.state, one.rows]),
      facts?.sources.filter(({ rows }) => rows > 0).map((one) => [one.source, one.account, one.rows]),
    ];
  };
  expect(held()).toEqual([
    [
      ['messages', account, 'partial', 1],
      ['messages', other, 'partial', 3],
    ],
    [
      ['Messages', 'Acme', 1],
      ['Messages', other, 3],
    ],
  ]);
  // Taken out again, nothing of it is left, and somebody has to say so again.
  for (const { sha256 } of heldImports(opened.journal.records)) await storeIn(folder.path).remove(opened, sha256);
  expect(held()).toEqual([[], []]);
  await importing(opened, { 'c.jsonl': of(other, 5) }, answer);
  expect(asked).toHaveLength(2);
  await opened.journal.close();
});

test('of a file nothing of which was wanted, what was not understood is not kept either', async () => {
  const opened = await newIncident(folder.path);
  const [foreign, mixed] = [`${of(other, 1)}their text\n`, `${of(account, 2) + of(other, 3)}own text\n`];
  const { taken } = await importing(opened, { 'foreign.jsonl': foreign });
  expect(taken).toMatchObject([{ rows: 0, bad: 1, leftOut: [{ sid: other, rows: 1 }] }]);
  expect(taken[0]).not.toHaveProperty('rejected');
  expect(await readdir(path.join(opened.folder, 'evidence'))).toEqual([]);
  expect((await importing(opened, { 'mixed.jsonl': mixed })).taken).toMatchObject([{ rejected: { rows: 1 } }]);
  await opened.journal.close();
});

test('an import that is stopped while it asks keeps nothing, whatever the answer', async () => {
  const opened = await newIncident(folder.path);
  const file = path.join(folder.path, 'a.jsonl');
  await writeFile(file, of(account, 1) + of(other, 2));
  const { signal: cancel, abort } = createCancellation();
  const takeForeign = async () => {
    abort();
    return true;
  };
  await expect(storeIn(folder.path).importLogs(opened, [file], { cancel, takeForeign })).rejects.toThrow(Cancelled);
  expect(opened.journal.records.map(({ type }) => type)).not.toContain('import');
  expect(await readdir(path.join(opened.folder, 'evidence'))).toEqual([]);
  await opened.journal.close();
});
