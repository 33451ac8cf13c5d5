import { truncate } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import {
  evidenceRow,
  type ValidateIncidentOptions,
  validateIncident,
} from '../../../../src/adapters/evidence/validate/validateIncident.ts';
import { createCancellation } from '../../../../src/core/cancellation.ts';
import { Cancelled } from '../../../../src/core/errors.ts';
import { heldCaptures } from '../../../../src/core/evidence/heldCaptures.ts';
import { readThresholds } from '../../../../src/core/validate/thresholdSettings.ts';
import { validatedSources } from '../../../../src/core/validate/validate.ts';
import { workerOf } from '../../../threads/workerOf.ts';
import { account, message, newIncident, storeIn, writeSlice } from '../captures.ts';
import { clock, freshFolder } from '../journals.ts';

const folder = freshFolder();
const worker = workerOf('validate');
const coverage: ValidateIncidentOptions['coverage'] = validatedSources.map((source) =>
  source === 'messages'
    ? { source, account, state: 'complete', why: [] }
    : { source, account, state: 'not collected', why: ['It has not been collected.'] },
);
const whole: ValidateIncidentOptions = { coverage, now: clock.now(), lost: new Set() };

/** An incident with this many messages that Twilio blocked. */
async function blocked(count: number) {
  const opened = await newIncident(folder.path);
  const writer = await storeIn(folder.path).writer(opened);
  const rows = Array.from({ length: count }, (_, n) => message(n, { status: 'failed', error_code: 30450 }));
  await writeSlice(writer, [rows]);
  await writer.close();
  const [held] = heldCaptures(opened.journal.records);
  if (!held) throw new Error('nothing was captured');
  return { opened, file: held.capture.file };
}

test('judges what was captured in a thread of its own, with the lines it rests on, and says how far it is', async () => {
  const { opened, file } = await blocked(12_000);
  const told: unknown[] = [];
  const checked = await validateIncident(opened, worker, { ...whole, onProgress: (progress) => told.push(progress) });
  const p6 = checked.results.find(({ id }) => id === 'P6');
  expect(p6).toMatchObject({ state: 'hit', severity: 'critical', evidence: expect.arrayContaining([`${file}:1`]) });
  expect(p6?.sentence).toContain('12,000');
  expect(checked.results).toHaveLength(25);
  expect(told.at(0)).toEqual({ rows: 5000, total: 12_000, reading: 1 });
  expect(told.at(-1)).toEqual({ rows: 10_000, total: 12_000, reading: 2 });
  expect(opened.journal.records.map(({ type }) => type)).not.toContain('validation');
  await opened.journal.close();
});

test('tells what the lines are that it rests on, and gives each back as it was captured', async () => {
  const { opened, file } = await blocked(9000);
  const { results, cited } = await validateIncident(opened, worker, whole);
  const refs = new Set(results.flatMap(({ evidence }) => evidence.filter((ref) => ref.startsWith('evidence/'))));
  expect(new Set(cited.map(({ ref }) => ref))).toEqual(refs);
  expect(cited.every(({ sid, at }) => /^SM/.test(sid ?? '') && at !== undefined)).toBe(true);
  const [first] = cited;
  const found = await evidenceRow(opened, first?.ref ?? '');
  expect([found?.row.row['sid'], found?.held.capture.file]).toEqual([first?.sid, file]);
  for (const ref of [`${file}:9001`, 'evidence/messages-9999.jsonl.gz:1', '../incident.json:1', 'SM1'])
    expect(await evidenceRow(opened, ref)).toBeUndefined();
  await truncate(path.join(opened.folder, file), 50);
  await expect(evidenceRow(opened, `${file}:1`)).rejects.toThrow(file);
  await opened.journal.close();
});

test('judges by the thresholds it is given, and tells those that are not the usual ones', async () => {
  const { opened } = await blocked(100);
  const set = readThresholds((name) => (name.endsWith('blocks.critical') ? 500 : undefined));
  const { results, changed } = await validateIncident(opened, worker, { ...whole, ...set });
  expect(results.find(({ id }) => id === 'P6')).toMatchObject({ state: 'hit', severity: 'warning' });
  expect(changed).toEqual([{ name: 'pumping.blocks.critical', value: 500, usual: 20 }]);
  await opened.journal.close();
});

test('leaves a damaged file out, names it, and calls nothing judged by it complete', async () => {
  const { opened, file } = await blocked(100);
  await truncate(path.join(opened.folder, file), 50);
  const { results, incomplete } = await validateIncident(opened, worker, whole);
  expect(incomplete[0]).toContain(file);
  expect(results.find(({ id }) => id === 'P6')).toMatchObject({
    state: 'clean',
    incomplete: expect.arrayContaining(['messages']),
  });
  await opened.journal.close();
});

test('does not look for a file that is known to be gone', async () => {
  const { opened, file } = await blocked(100);
  await truncate(path.join(opened.folder, file), 50);
  const { incomplete } = await validateIncident(opened, worker, { ...whole, lost: new Set([file]) });
  expect(incomplete.join()).not.toContain(file);
  await opened.journal.close();
});

test('stops at once when it is cancelled', async () => {
  const { opened } = await blocked(20_000);
  const { signal, abort } = createCancellation();
  const work = validateIncident(opened, worker, { ...whole, cancel: signal, onProgress: abort });
  await expect(work).rejects.toThrow(Cancelled);
  await expect(validateIncident(opened, worker, { ...whole, cancel: signal })).rejects.toThrow(Cancelled);
  await opened.journal.close();
});

test('a key that the journal says was made with this extension is told as such, not as an intruder’s', async () => {
  const own = `SK${'7'.repeat(32)}`;
  const opened = await newIncident(folder.path);
  await opened.journal.append({ type: 'outcome', action: 'createReplacementKey', result: 'done', back: own });
  const writer = await storeIn(folder.path).writer(opened);
  const made = {
    sid: `AE${'7'.repeat(32)}`,
    event_type: 'account-api-keys.created',
    event_date: new Date(clock.now() - 3_600_000).toISOString(),
    resource_sid: own,
    source: 'api',
    source_ip_address: '203.0.113.42',
  };
  await writeSlice(writer, [[made]], { source: 'events' });
  await writer.close();
  const { results } = await validateIncident(opened, worker, whole);
  const a4 = results.find(({ id }) => id === 'A4');
  expect([a4?.state, a4?.sentence]).toEqual(['clean', expect.stringContaining('1 made by you with this extension')]);
  await opened.journal.close();
});
