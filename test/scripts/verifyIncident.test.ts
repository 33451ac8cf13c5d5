import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createIncidentStore } from '../../src/adapters/evidence/incidentStore.ts';
import { newIncident } from '../adapters/evidence/captures.ts';
import { clock, memoryAnchors } from '../adapters/evidence/journals.ts';

const golden = 'test/golden/incident-v1';
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'incident-'));
  cpSync(golden, folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = (name: string) => path.join(folder, name);
const journal = () => readFileSync(file('journal.jsonl'), 'utf8');
const lines = () => journal().trimEnd().split('\n');
const head = () => String(JSON.parse(lines().at(-1) ?? '').hash);

async function verify(...more: string[]): Promise<{ code: number; said: string }> {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, ['scripts/verify-incident.mjs', folder, ...more]);
    return { code: 0, said: stdout };
  } catch (reason) {
    const { code, stdout } = reason as { code: number; stdout: string };
    return { code, said: stdout };
  }
}

test('the incident of format 1 is whole for the extension and for the script', async () => {
  const store = createIncidentStore({ anchors: memoryAnchors(), clock });
  const opened = await store.open(folder, { patience: 0 });
  // It was made before records were sealed.
  expect([opened.journal.readOnly, opened.journal.adoptable]).toEqual([
    expect.stringMatching('^Not sealed here'),
    true,
  ]);
  expect(opened.incident).toMatchObject({ title: 'SMS pumping “Büro”', type: 'sms-pumping' });
  expect(opened.journal.records.map(({ type }) => type)).toEqual([
    'journal',
    'trimmed',
    'earlier',
    'intent',
    'outcome',
    'ofALaterVersion',
    'document',
  ]);
  expect(opened.journal.head?.hash).toBe(head());
  await opened.journal.close();
  expect(await verify('--head', head())).toEqual({ code: 0, said: `ok: 7 records, head 7 ${head()}\n` });
});

describe('each of these is one problem and ends with 1', () => {
  test.each<[string, () => void, RegExp]>([
    [
      'a changed byte',
      () => writeFileSync(file('journal.jsonl'), journal().replace('active', 'activf')),
      /line 4: its content/,
    ],
    [
      'a missing record',
      () => writeFileSync(file('journal.jsonl'), `${lines().toSpliced(5, 1).join('\n')}\n`),
      /line 6: it is record 7/,
    ],
    ['a torn tail', () => writeFileSync(file('journal.jsonl'), `${journal()}{"at`), /line 8: 4 bytes/],
    [
      'a byte that is no UTF-8',
      () => writeFileSync(file('journal.jsonl'), Buffer.from(journal().replace('東', 'ÿ'), 'latin1')),
      /line 3: no valid JSON|line 3/,
    ],
    ['a later format', () => writeFileSync(file('journal.jsonl'), '{"format":2,"type":"journal"}\n'), /line 1/],
    [
      'a changed sealed file',
      () => writeFileSync(file('journal.jsonl.torn-1'), 'other'),
      /torn-1" \(record 2\): changed/,
    ],
    ['a missing sealed file', () => rmSync(file('journal.jsonl.torn-1')), /torn-1" \(record 2\): missing/],
    ['a damaged description', () => writeFileSync(file('incident.json'), '{'), /incident.json: no valid JSON/],
    [
      'a description of another incident',
      () => writeFileSync(file('incident.json'), '{"format":1,"id":"x"}'),
      /another incident/,
    ],
    ['a missing journal', () => rmSync(file('journal.jsonl')), /journal.jsonl: missing/],
    [
      'a journal that is a link',
      () => {
        rmSync(file('journal.jsonl'));
        symlinkSync(path.resolve(golden, 'journal.jsonl'), file('journal.jsonl'));
      },
      /no plain file/,
    ],
  ])('%s', async (_name, change, problem) => {
    change();
    const { code, said } = await verify();
    expect(said).toMatch(problem);
    expect(code).toBe(1);
  });

  test('a journal cut before the record that the RCA, or the person, names', async () => {
    writeFileSync(file('journal.jsonl'), `${lines().slice(0, 5).join('\n')}\n`);
    expect((await verify()).said).toMatch('RCA.md: the journal does not contain record 6');
    rmSync(file('RCA.md'));
    expect((await verify()).code).toBe(0);
    const { code, said } = await verify('--head', 'f'.repeat(64));
    expect([code, said]).toEqual([1, expect.stringContaining('no record has the hash ffff')]);
  });
});

test('a document that people went on writing is a note, not a problem', async () => {
  writeFileSync(file('RCA.md'), `${readFileSync(file('RCA.md'), 'utf8')}\nMore.\n`);
  const { code, said } = await verify();
  expect(said).toMatch('note: "RCA.md" (record 7): changed since it was recorded');
  expect(code).toBe(0);
});

test('a document that was written again is held against its last record alone', async () => {
  const opened = await newIncident(folder);
  const digest = (text: string) => createHash('sha256').update(text).digest('hex');
  for (const text of ['first', 'second']) {
    writeFileSync(path.join(opened.folder, 'RCA.md'), text);
    await opened.journal.append({ type: 'document', name: 'RCA.md', sha256: digest(text) });
  }
  await opened.journal.close();
  for (const name of ['journal.jsonl', 'incident.json', 'RCA.md']) cpSync(path.join(opened.folder, name), file(name));
  expect((await verify()).said).toMatch(/^ok: 3 records/);
  writeFileSync(file('RCA.md'), 'by hand');
  expect((await verify()).said.match(/note: .*/g)).toEqual([
    'note: "RCA.md" (record 3): changed since it was recorded',
  ]);
});
