import { execFile } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { incidentTraffic } from '../../../../src/adapters/evidence/incidentIndex.ts';
import { createIncidentStore } from '../../../../src/adapters/evidence/incidentStore.ts';
import { createImportStore } from '../../../../src/adapters/evidence/ingest/importStore.ts';
import { sha256 } from '../../../../src/adapters/evidence/sha256.ts';
import { validateCaptures } from '../../../../src/adapters/evidence/validate/validateCaptures.ts';
import { createCancellation } from '../../../../src/core/cancellation.ts';
import { Cancelled, UserError } from '../../../../src/core/errors.ts';
import { deletedFiles } from '../../../../src/core/evidence/heldCaptures.ts';
import { importOf } from '../../../../src/core/evidence/importRecord.ts';
import type { OpenIncident } from '../../../../src/core/evidence/incidentStore.ts';
import type { SourceId } from '../../../../src/core/evidence/source.ts';
import { knownEvidence } from '../../../../src/core/incidentView/knownEvidence.ts';
import { journalEntries } from '../../../../src/core/timeline/journalEntries.ts';
import {
  account,
  all,
  captures,
  message,
  newIncident,
  other,
  proof,
  reopened,
  storeIn,
  writeSlice,
} from '../captures.ts';
import { jsonLines, record, sidOf, worker } from '../ingest/logFiles.ts';
import { attemptRecord, callRecord, camelCase, otherSid } from '../ingest/otherLogFiles.ts';
import { clock, freshFolder, memoryAnchors } from '../journals.ts';

const folder = freshFolder();
const header =
  'From,To,Body,Status,SentDate,ApiVersion,NumSegments,ErrorCode,AccountSid,Sid,Direction,Price,PriceUnit,Mood';
const cells = (n: number, over = { status: 'delivered', date: '2026-11-20 10:00:01' }) =>
  `+14155550100,+79581112233,"Your code is 48${n}291, ""keep"" it",${over.status},${over.date},2010-04-01,1,,${account},${sidOf(n)},Outbound-API,-0.00790,USD,merry`;

async function importing(contents: Readonly<Record<string, string | Uint8Array>>, into?: OpenIncident) {
  const opened = into ?? (await newIncident(folder.path));
  const paths = Object.keys(contents).map((name) => path.join(folder.path, name));
  for (const [n, content] of Object.values(contents).entries()) await writeFile(paths[n] ?? '', content);
  const store = storeIn(folder.path);
  const taken = await store.importLogs(opened, paths);
  const rows = async (...sources: SourceId[]) => all(store.rows(opened, sources));
  const records = () => opened.journal.records.flatMap((one) => importOf(one) ?? []);
  return { opened, store, paths, taken, rows, records };
}

test('a CSV file of messages becomes captures in the shape of the API, codes masked, and the journal tells of it', async () => {
  const content = `${header}\n${cells(1)}\n${cells(2, { status: 'Undelivered', date: '2026-11-20 11:00:00' })}\n`;
  const { opened, rows, records } = await importing({ 'console.csv': content });
  const [one, two] = await rows('messages');
  expect(one).toMatchObject({ account, file: 'evidence/messages-0001.jsonl.gz', line: 1 });
  expect(one?.row).toEqual({
    ...{ sid: sidOf(1), account_sid: account, from: '+14155550100', to: '+79581112233', direction: 'outbound-api' },
    ...{ body: 'Your code is XXXXXX, "keep" it', status: 'delivered', price: '-0.00790', price_unit: 'USD' },
    ...{ num_segments: '1', date_sent: '2026-11-20T10:00:01.000Z' },
  });
  expect(two?.row).toMatchObject({ status: 'undelivered', date_sent: '2026-11-20T11:00:00.000Z' });
  expect(records()).toEqual([
    {
      ...{ file: 'console.csv', sha256: sha256(content), bytes: content.length, log: 'messages', rows: 2, bad: 0 },
      ...{ first: Date.UTC(2026, 10, 20, 10, 0, 1), last: Date.UTC(2026, 10, 20, 11), unknownColumns: ['Mood'] },
      accounts: [{ sid: account, rows: 2 }],
      columns: expect.arrayContaining([{ name: 'SentDate', as: 'date_sent' }, { name: 'Mood' }]),
    },
  ]);
  const [capture] = captures(opened);
  expect(capture?.slices[0]?.pages[0]).toMatchObject({
    ...{ request: 'FILE console.csv', sha256: sha256(content), bytes: content.length, rows: 2 },
    removed: { 'one-time codes': 2 },
  });
  await opened.journal.close();
});

test('calls and Verify attempts in every shape are what the API would have given', async () => {
  const { rows, taken, opened } = await importing({
    'calls.json.gz': gzipSync(jsonLines([callRecord(1), callRecord(2)])),
    'calls-cli.json': JSON.stringify([camelCase(callRecord(3))]),
    'calls.csv': `Call SID,Start Time,From,To,Direction,Duration,Status,Price,Account SID\n${otherSid('CA', 4)},2026-11-20 10:00:00,+1,+37126000001,Outgoing Dial,61,No Answer,-0.1,${account}\n`,
    'attempts.jsonl': jsonLines([attemptRecord(1)]),
    'attempts.csv': `Sid,Date Created,Conversion Status,Channel,Channel Data To,Price Value,Account Sid\n${otherSid('VL', 2)},2026-11-20T10:00:00Z,Converted,SMS,+79581112233,0.05,${account}\n`,
  });
  expect(taken.map(({ log, rows: count, known }) => [log, count, known])).toEqual([
    ['calls', 2, false],
    ['calls', 1, false],
    ['calls', 1, false],
    ['attempts', 1, false],
    ['attempts', 1, false],
  ]);
  const calls = (await rows('calls')).map(({ row }) => row);
  expect(calls.slice(0, 2)).toEqual([callRecord(1), callRecord(2)]);
  expect(calls[2]).toEqual(callRecord(3));
  expect(calls[3]).toMatchObject({ direction: 'outgoing-dial', status: 'no-answer', duration: '61' });
  const attempts = (await rows('attempts')).map(({ row }) => row);
  expect(attempts[0]).toEqual(attemptRecord(1));
  expect(attempts[1]).toMatchObject({
    ...{ conversion_status: 'converted', channel: 'sms', date_created: '2026-11-20T10:00:00Z' },
    ...{ channel_data: { to: '+79581112233' }, price: { value: '0.05' } },
  });
  await opened.journal.close();
});

const callCells = `"+1 (415) 555-0100",+37126000001`;
const headers: Readonly<Record<string, readonly [header: string, row: string]>> = {
  'the script Twilio gives its customers': [
    'Call SID,From,To,Start Time,End Time,Status,Direction,Price,Seconds,Minutes',
    `${otherSid('CA', 1)},${callCells},2026-11-20 10:00:00,2026-11-20 10:01:01,completed,outbound-api,-0.1,61,2`,
  ],
  'Twilio’s list of calls as CSV': [
    'Sid,DateCreated,DateUpdated,ParentCallSid,AccountSid,To,ToFormatted,From,FromFormatted,PhoneNumberSid,Status,StartTime,EndTime,Duration,Price,PriceUnit,Direction,AnsweredBy,Annotation,ApiVersion,ForwardedFrom,GroupSid,CallerName,Uri',
    `${otherSid('CA', 1)},"Fri, 20 Nov 2026 09:59:59 +0000","Fri, 20 Nov 2026 10:01:02 +0000",,${account},+37126000001,x,+1,y,,completed,"Fri, 20 Nov 2026 10:00:00 +0000","Fri, 20 Nov 2026 10:01:01 +0000",61,-0.1,USD,outbound-api,,,2010-04-01,,,,/x`,
  ],
  'dates that name their zone in the header': [
    'Call Sid;To;Direction;Start Time (UTC);Duration (seconds)',
    `${otherSid('CA', 1)};+37126000001;Outgoing API;2026-11-20 10:00:00;61`,
  ],
};
for (const [where, [head, row]] of Object.entries(headers))
  test(`a call has the columns of ${where}`, async () => {
    const { rows, records, opened } = await importing({ 'calls.csv': `${head}\n${row}\n` });
    expect(records()).toEqual([expect.objectContaining({ log: 'calls', rows: 1, bad: 0 })]);
    expect(records()[0]).not.toHaveProperty('unknownColumns');
    const [call] = await rows('calls');
    expect(call?.row).toMatchObject({ sid: otherSid('CA', 1), to: '+37126000001', duration: '61' });
    expect(Date.parse(String(call?.row['start_time']))).toBe(Date.UTC(2026, 10, 20, 10));
    await opened.journal.close();
  });

test('columns with names nobody knows are taken for what stands in them, where only one can be meant, and it is said which', async () => {
  const call = (n: number) =>
    `2026-11-20 10:01:0${n},${otherSid('CA', n)},2026-11-20 10:00:0${n},Outgoing Dial,+3712600000${n},41${n}`;
  const attempt = (n: number) =>
    `${otherSid('VL', n)};${otherSid('VE', n)};20 Nov 2026 10:00:0${n} UTC;SMS;+7958111223${n};Unconverted`;
  const { rows, records, opened } = await importing({
    'calls.csv': `Fin,Clé,Moment,Sens,Numéro,Note\n${call(1)}\n${call(2)}\n`,
    'attempts.csv': `A;B;C;D;E;F\n${attempt(1)}\n${attempt(2)}\n`,
    'ends.csv': `Key,One,Two,Way,At\n${otherSid('CA', 3)},+37126000001,+37126000002,Outbound API,2026-11-20 10:00\n`,
  });
  expect((await rows('calls')).map(({ row }) => row)).toMatchObject([
    { sid: otherSid('CA', 1), start_time: '2026-11-20T10:00:01.000Z', to: '+37126000001', direction: 'outgoing-dial' },
    { sid: otherSid('CA', 2), start_time: '2026-11-20T10:00:02.000Z', to: '+37126000002' },
  ]);
  expect((await rows('attempts')).map(({ row }) => row)).toMatchObject([
    {
      sid: otherSid('VL', 1),
      date_created: '2026-11-20T10:00:01.000Z',
      channel: 'sms',
      conversion_status: 'unconverted',
    },
    { verification_sid: otherSid('VE', 2), channel_data: { to: '+79581112232' } },
  ]);
  const [calls, , ends] = records();
  expect(calls).toMatchObject({
    columns: expect.arrayContaining([{ name: 'Moment', as: 'start_time', byValue: true }, { name: 'Fin' }]),
    unknownColumns: ['Fin', 'Note'],
  });
  // Which of two numbers was called is not guessed.
  expect(ends).toMatchObject({
    log: 'calls',
    rows: 0,
    refused: expect.stringContaining('first line names Key'),
  });
  await opened.journal.close();
});

test('a Verify attempt has the columns of Twilio’s events as well, and what has others is named with them', async () => {
  const { rows, taken, opened } = await importing({
    'attempts.csv': `attempt_sid,created_at,verification_sid,channel,to,country,delivery_status,conversion,account_sid\n${otherSid('VL', 1)},2026-11-20T10:00:00Z,${otherSid('VE', 1)},SMS,+79581112233,RU,DELIVERED,UNCONVERTED,${account}\n`,
    'other.csv': 'name,Größe <b>,colour\n1,2,3\n',
  });
  expect((await rows('attempts'))[0]?.row).toMatchObject({
    ...{ conversion_status: 'unconverted', date_created: '2026-11-20T10:00:00Z' },
    channel_data: { to: '+79581112233', country: 'RU', message_status: 'DELIVERED' },
  });
  expect(taken[1]?.refused).toMatch(/first line names name, Gre b, colour; Sid, To and Direction must be/);
  await opened.journal.close();
});

test('what was imported is shown, judged, told and held like what was collected, and never called complete', async () => {
  const lines = Array.from({ length: 300 }, (_, n) => record(n, { to: `+7958111${1000 + n}` }));
  const { opened } = await importing({ 'export.jsonl': jsonLines(lines) });
  const { incident, journal } = opened;
  if (!incident) throw new Error('no incident');
  const { report } = await incidentTraffic(opened, { folder: path.join(folder.path, 'indexes'), worker, clock });
  expect(report.accounts.map(({ name, messages }) => [name, messages])).toEqual([['Acme', 300]]);
  const { coverage, held } = knownEvidence(incident, journal.records, clock.now());
  const told = coverage.find(({ source }) => source === 'messages');
  expect(told).toMatchObject({ state: 'partial', rows: 300 });
  expect(told?.why.join(' ')).toContain('Imported from export.jsonl: whether Twilio had more is not known.');
  const parts = {
    folder: opened.folder,
    captures: held.map(({ capture }) => capture),
    coverage,
    changed: [],
    now: clock.now(),
  };
  const checked = await validateCaptures(parts, () => undefined);
  expect(JSON.stringify(checked)).toContain('evidence/messages-0001.jsonl.gz');
  const entry = journalEntries(journal.records, []).find(({ what }) => what === 'Logs imported');
  expect(entry?.about?.join(' ')).toMatch(/export\.jsonl.*300 messages/);
  await journal.close();
});

test('the same message from a file and from Twilio counts once, as it was updated last', async () => {
  const opened = await newIncident(folder.path);
  const writer = await storeIn(folder.path).writer(opened);
  await writeSlice(writer, [[message(1)]]);
  await writer.close();
  await importing({ 'later.jsonl': jsonLines([record(1, { date_updated: '2026-11-21T00:00:00Z' })]) }, opened);
  const { summary } = await incidentTraffic(opened, { folder: path.join(folder.path, 'indexes'), worker, clock });
  expect(summary).toMatchObject({ rows: 1, superseded: 1 });
  await opened.journal.close();
});

test('rows that are not understood lie aside with line and reason, durable, private, masked and on record', async () => {
  const { opened, records, taken } = await importing({
    'mixed.csv': `${header}\n${cells(1)}\nyour code is 112233,what\n${cells(2).replace(sidOf(2), 'nobody')}\n`,
  });
  expect(taken[0]).toMatchObject({ rows: 1, bad: 2 });
  const file = path.join(opened.folder, 'evidence', 'rejected-0001.jsonl');
  const text = await readFile(file, 'utf8');
  expect(
    text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([
    {
      file: 'mixed.csv',
      line: 3,
      reason: 'has more or fewer columns than the first line',
      row: 'your code is XXXXXX,what',
    },
    expect.objectContaining({ line: 4, reason: 'has no message SID' }),
  ]);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(records()[0]?.rejected).toEqual({ file: 'evidence/rejected-0001.jsonl', sha256: sha256(text), rows: 2 });
  await opened.journal.close();
  const check = () => promisify(execFile)(process.execPath, ['scripts/verify-incident.mjs', opened.folder]);
  expect((await check()).stdout).not.toMatch(/problem|no record names/);
  await writeFile(file, `${text}\n`);
  await expect(check()).rejects.toMatchObject({ stdout: expect.stringMatching(/rejected-0001.*changed since/) });
});

const deep = `{"sid":"${sidOf(8)}","to":"+7","direction":"inbound","date_sent":"2026-11-20T10:00:00Z","x":${'['.repeat(20_000)}${']'.repeat(20_000)}}`;

test('what no log has, such as tokens in a list of accounts behind the messages, does not reach the disk', async () => {
  const secret = 'feedface'.repeat(4);
  const listed = { sid: account, authToken: secret, name: 'Acme' };
  const content = [
    JSON.stringify(record(1, { auth_token: secret, nested: { list: [{ Secret: secret, kept: 'yes' }] } })),
    JSON.stringify(record(2, { accessToken: secret })),
    JSON.stringify(listed),
    JSON.stringify({
      sid: 'no',
      echoed: JSON.stringify({ secret, behind: 'kept' }),
      address: `https://u:${secret}@x.y/`,
    }),
    JSON.stringify({ sid: 'no', text: 'x'.repeat(4000), password: `a"${secret}` }).slice(0, -9),
    deep,
  ].join('\n');
  const csv = `Sid,To,Direction,Sent Date,Auth Token\nnobody,+7,inbound,2026-11-20 10:00:00,${secret}\n`;
  const { opened, taken, rows } = await importing({ 'mixed.jsonl': content, 'mixed.csv': csv });
  expect(taken).toMatchObject([
    { rows: 2, bad: 4 },
    { rows: 0, bad: 1 },
  ]);
  const [one] = await rows('messages');
  expect(one?.row).toEqual(record(1, { body: 'Your code is XXXXXX', nested: { list: [{ kept: 'yes' }] } }));
  expect(captures(opened)[0]?.slices[0]?.pages[0]?.removed).toMatchObject({
    ...{ auth_token: 1, access_token: 1, 'nested.list.Secret': 1 },
  });
  const files = await readdir(opened.folder, { recursive: true, withFileTypes: true });
  for (const { name, parentPath } of files.filter((file) => file.isFile())) {
    const bytes = await readFile(path.join(parentPath, name));
    const text = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
    expect(text.includes(secret), name).toBe(false);
    if (name === 'rejected-0001.jsonl')
      for (const kept of ['[removed]', 'Acme', 'behind', 'kept', 'x.y']) expect(text).toContain(kept);
  }
  await opened.journal.close();
});

test('deleting the evidence deletes what was imported and what was put aside, and the file can be imported again', async () => {
  const content = { 'mixed.csv': `${header}\n${cells(1)}\nwhat\n` };
  const { opened, store } = await importing(content);
  expect((await importing(content, opened)).taken).toMatchObject([{ rows: 1, known: true }]);
  expect(captures(opened)).toHaveLength(1);
  // What a crash left before its record is personal data as well.
  await writeFile(path.join(opened.folder, 'evidence', 'rejected-0009.jsonl'), '{}');
  expect(await store.onDisk(opened)).toMatchObject({ aside: 2 });
  await store.remove(opened);
  expect(await readdir(path.join(opened.folder, 'evidence'))).toEqual([]);
  expect(deletedFiles(opened.journal.records).map(({ file }) => file)).toEqual([
    'evidence/messages-0001.jsonl.gz',
    'evidence/rejected-0001.jsonl',
  ]);
  expect((await importing(content, opened)).taken).toMatchObject([{ rows: 1, bad: 1, known: false }]);
  expect(await readdir(path.join(opened.folder, 'evidence'))).toEqual([
    'messages-0002.jsonl.gz',
    'rejected-0002.jsonl',
  ]);
  await opened.journal.close();
});

test('deleting the evidence deletes what of it was kept to show its traffic, and no other import', async () => {
  const imports = path.join(folder.path, 'imports');
  const place = (name: string) => path.join(folder.path, name);
  for (const [file, n] of [
    ['its.jsonl', 1],
    ['other.jsonl', 2],
  ] as const)
    await writeFile(place(file), `${jsonLines([record(n)])}what\n`);
  const shown = createImportStore({ folder: imports, worker, clock });
  const opened = await newIncident(folder.path);
  const store = storeIn(folder.path, { imports });
  await store.importLogs(opened, [place('its.jsonl')]);
  await shown.importFiles([place('other.jsonl')], {});
  await store.remove(opened);
  expect((await shown.last())?.summary.files).toMatchObject([{ name: 'other.jsonl' }]);
  await store.importLogs(opened, [place('its.jsonl')]);
  await shown.importFiles([place('its.jsonl')], {});
  const files = { damaged: ['rejected.jsonl', 'index.json', 'block.col'], begun: ['rejected.jsonl', 'block.col'] };
  for (const [name, made] of Object.entries(files)) {
    await mkdir(path.join(imports, name));
    for (const one of made) await writeFile(path.join(imports, name, one), '{}');
  }
  await store.remove(opened);
  expect(await readdir(imports)).toEqual(['begun']);
  expect(await shown.last()).toBeUndefined();
  await opened.journal.close();
});

test('a file whose captures were lost is imported again', async () => {
  const content = { 'a.jsonl': jsonLines([record(1)]) };
  const { opened } = await importing(content);
  await rm(path.join(opened.folder, captures(opened)[0]?.file ?? ''));
  expect((await importing(content, opened)).taken).toMatchObject([{ rows: 1, known: false }]);
  expect((await importing(content, opened)).taken).toMatchObject([{ rows: 1, known: true }]);
  await opened.journal.close();
});

test('what an import that broke off left does not stand for rows of the next one that were lost', async () => {
  const content = jsonLines([record(1), record(2, { account_sid: other })]);
  const file = path.join(folder.path, 'two.jsonl');
  await writeFile(file, content);
  const opened = await newIncident(folder.path);
  const request = {
    ...proof(),
    request: 'FILE two.jsonl',
    sha256: sha256(content),
    receivedAt: clock.now() - 3_600_000,
  };
  const writer = await storeIn(folder.path).writer(opened);
  const slice = writer.begin({ source: 'messages', account });
  await slice.page([record(1)], request);
  await slice.end({ complete: false, why: 'It broke off.' });
  await writer.close();
  // So slow that each account’s rows get a file of their own.
  let time = clock.now();
  const store = storeIn(folder.path, { clock: { now: () => (time += 6000) } });
  const importing = async () => (await store.importLogs(opened, [file], { takeForeign: async () => true }))[0];
  expect(await importing()).toMatchObject({ rows: 2, known: false });
  expect(await importing()).toMatchObject({ rows: 2, known: true });
  const [, , second, ...more] = captures(opened);
  expect(more).toEqual([]);
  await rm(path.join(opened.folder, second?.file ?? ''));
  expect(await importing()).toMatchObject({ rows: 2, known: false });
  expect(await importing()).toMatchObject({ rows: 2, known: true });
  const kept = await all(store.rows(opened, ['messages'], () => undefined));
  expect(new Set(kept.map(({ row }) => row['sid']))).toEqual(new Set([sidOf(1), sidOf(2)]));
  await opened.journal.close();
});

test('rows without an account are the incident’s own when it has one, and each account has a slice of its own', async () => {
  const file = path.join(folder.path, 'two.jsonl');
  await writeFile(file, jsonLines([record(1, { account_sid: null }), record(2, { account_sid: other }), record(3)]));
  const [opened, store] = [await newIncident(folder.path), storeIn(folder.path)];
  const [taken] = await store.importLogs(opened, [file], { takeForeign: async () => true });
  expect(taken).toMatchObject({
    accounts: [
      { sid: account, rows: 2 },
      { sid: other, rows: 1 },
    ],
    unnamed: 1,
  });
  expect((await all(store.rows(opened, ['messages']))).map((one) => [one.account, one.row['sid']])).toEqual([
    [account, sidOf(1)],
    [account, sidOf(3)],
    [other, sidOf(2)],
  ]);
  await opened.journal.close();
});

test('a file that is cut or no log is refused on record and leaves nothing; the others are taken in', async () => {
  const whole = gzipSync(jsonLines(Array.from({ length: 2000 }, (_, n) => record(n))));
  const { taken, opened, rows, records } = await importing({
    'cut.json.gz': whole.subarray(0, whole.length / 2),
    'events.csv': 'Sid,Event Type,Actor Sid\na,b,c\n',
    '[x](command:y).jsonl': jsonLines([record(1)]),
  });
  expect(taken.map(({ rows: count, refused }) => [count, refused !== undefined])).toEqual([
    [0, true],
    [0, true],
    [1, false],
  ]);
  expect(records()[0]).toMatchObject({ file: 'cut.json.gz', sha256: sha256(whole.subarray(0, whole.length / 2)) });
  expect(records()[0]?.refused).toContain('the download is not complete');
  expect(records()[1]).toMatchObject({ file: 'events.csv', sha256: expect.any(String), bytes: 31, rows: 0 });
  expect(await rows('messages')).toHaveLength(1);
  await opened.journal.close();
});

test('a file that is written while it is read is refused, and nothing of it is kept', async () => {
  const opened = await newIncident(folder.path);
  const file = path.join(folder.path, 'growing.jsonl');
  await writeFile(file, jsonLines(Array.from({ length: 3000 }, (_, n) => record(n))));
  const store = storeIn(folder.path);
  let grown = false;
  const onProgress = () => {
    if (!grown) appendFileSync(file, jsonLines([record(9999)]));
    grown = true;
  };
  const [taken] = await store.importLogs(opened, [file], { onProgress });
  expect(taken?.refused).toContain('was changed while it was read');
  expect(await all(store.rows(opened, ['messages']))).toEqual([]);
  await opened.journal.close();
});

test('after a cancel no row of the file under way is there, and those before it stay', async () => {
  const opened = await newIncident(folder.path);
  const { signal, abort } = createCancellation();
  const [small, large] = ['small.jsonl', 'large.jsonl'].map((name) => path.join(folder.path, name));
  await writeFile(small ?? '', jsonLines([record(1)]));
  await writeFile(large ?? '', jsonLines(Array.from({ length: 20_000 }, (_, n) => record(n))));
  const store = storeIn(folder.path);
  const onProgress = ({ rows }: { rows: number }) => rows > 5000 && abort();
  const run = store.importLogs(opened, [small ?? '', large ?? ''], { cancel: signal, onProgress });
  await expect(run).rejects.toBeInstanceOf(Cancelled);
  expect(await all(store.rows(opened, ['messages']))).toHaveLength(1);
  expect(opened.journal.records.filter(({ type }) => type === 'import')).toHaveLength(1);
  await opened.journal.close();
});

test('opened read-only later, without an account, the imported rows are there and nothing more is taken in', async () => {
  const { opened, paths } = await importing({ 'a.jsonl': jsonLines([record(1)]) });
  const later = await reopened(opened);
  await later.journal.close();
  const viewOnly = 'Restricted Mode.';
  const shown = await createIncidentStore({ anchors: memoryAnchors(), clock }).open(opened.folder, {
    viewOnly,
    patience: 0,
  });
  const store = storeIn(folder.path);
  expect(await all(store.rows(shown, ['messages']))).toHaveLength(1);
  await expect(store.importLogs(shown, paths)).rejects.toBeInstanceOf(UserError);
  await shown.journal.close();
});
