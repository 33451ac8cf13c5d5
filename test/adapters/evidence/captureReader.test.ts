import { execFile } from 'node:child_process';
import { copyFile, mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { captureRows, checkCapture } from '../../../src/adapters/evidence/captureReader.ts';
import { sha256 } from '../../../src/adapters/evidence/sha256.ts';
import { UserError } from '../../../src/core/errors.ts';
import type { Capture } from '../../../src/core/evidence/capture.ts';
import type { OpenIncident } from '../../../src/core/evidence/incidentStore.ts';
import { account, all, captures, message, newIncident, other, storeIn, writeSlice } from './captures.ts';
import { freshFolder } from './journals.ts';

const folder = freshFolder();

/** An incident with three captures: two of messages, the second of which has two accounts, and one of calls. */
async function collected(): Promise<OpenIncident> {
  const opened = await newIncident(folder.path);
  const writer = await storeIn(folder.path).writer(opened);
  await writeSlice(writer, [[message(1), message(2)]]);
  await writer.flush();
  await writeSlice(writer, [[message(3)]]);
  await writeSlice(writer, [[message(4)], [message(5)]], { of: other });
  await writeSlice(writer, [[{ sid: 'CA1' }]], { source: 'calls' });
  await writer.close();
  await opened.journal.close();
  return opened;
}
const place = (opened: OpenIncident, { file }: Capture) => path.join(opened.folder, file);
const [first, second] = ['evidence/messages-0001.jsonl.gz', 'evidence/messages-0002.jsonl.gz'];

async function captureOf(opened: OpenIncident, file: string): Promise<Capture> {
  const capture = captures(opened).find((one) => one.file === file);
  if (!capture) throw new Error(file);
  return capture;
}

/** What the store gives of the messages, and what it says is damaged. */
async function read(opened: OpenIncident) {
  const damaged: string[] = [];
  const rows = await all(storeIn(folder.path).rows(opened, ['messages'], ({ message }) => damaged.push(message)));
  return { rows, damaged };
}

test('rows come in the order they were captured, each with the account, file and line it came from', async () => {
  const opened = await collected();
  const { rows, damaged } = await read(opened);
  expect(damaged).toEqual([]);
  expect(rows.map(({ account, file, line }) => [account, file, line])).toEqual([
    [account, first, 1],
    [account, first, 2],
    [account, second, 1],
    [other, second, 2],
    [other, second, 3],
  ]);
  expect(rows.map(({ row }) => row)).toEqual([1, 2, 3, 4, 5].map((n) => message(n)));
  expect(
    storeIn(folder.path)
      .paths(opened, captures(opened))
      .map((file) => path.relative(opened.folder, file)),
  ).toEqual([first, second, 'evidence/calls-0001.jsonl.gz']);
});

test('a capture cut at every byte, or with any byte changed, gives no row, and the others are read', async () => {
  const opened = await collected();
  const capture = await captureOf(opened, second);
  const content = await readFile(place(opened, capture));
  const expectRefused = async (changed: Buffer, what: string) => {
    await writeFile(place(opened, capture), changed);
    await expect(captureRows(opened.folder, capture).next(), what).rejects.toThrow(second);
    if (changed.length % 40 > 0) return;
    const { rows, damaged } = await read(opened);
    expect(
      rows.map(({ file }) => file),
      what,
    ).toEqual([first, first]);
    expect(damaged, what).toEqual([expect.stringContaining(second)]);
  };
  for (let size = 0; size < content.length; size += 1) await expectRefused(content.subarray(0, size), `${size} bytes`);
  for (let at = 0; at < content.length; at += 1)
    await expectRefused(Buffer.from(content.map((byte, i) => (i === at ? byte ^ 0x10 : byte))), `byte ${at}`);
  await expectRefused(Buffer.concat([content, Buffer.alloc(1)]), 'a zero more');
});

test('rows removed, swapped, repeated or changed are found', async () => {
  const opened = await collected();
  const capture = await captureOf(opened, second);
  const lines = gunzipSync(await readFile(place(opened, capture)))
    .toString()
    .split(/(?<=\n)/);
  const changes = lines.flatMap((line, i) => [
    lines.toSpliced(i, 1),
    lines.toSpliced(i, 0, line),
    lines.with(i, line.replace('delivered', 'delivereD')),
    lines.with(i, lines[(i + 1) % lines.length] ?? '').with((i + 1) % lines.length, line),
  ]);
  for (const changed of changes) {
    await writeFile(place(opened, capture), gzipSync(changed.join('')));
    expect((await read(opened)).damaged).toEqual([expect.stringContaining('changed since it was recorded')]);
  }
});

describe('a file that is not what it was is named, and whoever does not ask for that is told after the other rows', () => {
  test.each<[string, (file: string) => Promise<unknown>, RegExp]>([
    ['missing', (file) => rm(file), /it is missing/],
    ['a folder', (file) => rm(file).then(() => mkdir(file)), /no plain file/],
    ['a pipe', (file) => rm(file).then(() => promisify(execFile)('mkfifo', [file])), /no plain file/],
    ['a link', (file) => rename(file, `${file}.x`).then(() => symlink(`${file}.x`, file)), /a link/],
    ['another capture', (file) => copyFile(file.replace('0002', '0001'), file), /changed since/],
  ])('%s', async (_what, change, why) => {
    const opened = await collected();
    await change(path.join(opened.folder, second));
    const { rows, damaged } = await read(opened);
    expect([rows.length, damaged]).toEqual([2, [expect.stringMatching(why)]]);
    const seen: string[] = [];
    const reading = (async () => {
      for await (const { file } of storeIn(folder.path).rows(opened, ['messages', 'calls'])) seen.push(file);
    })();
    await expect(reading).rejects.toThrow(UserError);
    expect(seen).toEqual([first, first, 'evidence/calls-0001.jsonl.gz']);
    const capture = await captureOf(opened, second);
    expect((await checkCapture(opened.folder, capture))?.message).toMatch(why);
  });

  test('the folder “evidence” is a link', async () => {
    const opened = await collected();
    const real = path.join(opened.folder, 'evidence');
    await rename(real, `${real}2`);
    await symlink(`${real}2`, real);
    const { rows, damaged } = await read(opened);
    expect([rows, damaged.length]).toEqual([[], 2]);
    await expect(all(storeIn(folder.path).rows(opened, ['messages']))).rejects.toThrow('1 more files');
  });
});

describe('a file that matches a record that somebody forged', () => {
  const forge = async (content: Buffer, lines: number) => {
    const opened = await collected();
    await writeFile(path.join(opened.folder, first), content);
    const [slice] = (await captureOf(opened, first)).slices;
    if (!slice) throw new Error('no slice');
    const about = { file: first, sha256: sha256(content), bytes: content.length, source: 'messages' as const };
    return all(captureRows(opened.folder, { ...about, slices: [{ ...slice, rows: lines }] }));
  };
  test.each<[string, Buffer, number, RegExp]>([
    ['unpacks without end', gzipSync(`{${' '.repeat(1e6)}}\n`.repeat(80)), 80, /unpacks to far more/],
    ['has one endless row', gzipSync(Buffer.alloc(20e6, 'x')), 1, /a row of more than 16 MB/],
    ['has more rows than recorded', gzipSync('{}\n{}\n'), 1, /line 2 belongs to nothing/],
    ['has fewer rows than recorded', gzipSync('{}\n'), 2, /1 of 2 rows/],
    ['ends in a row', gzipSync('{}\n{}'), 2, /last line was not written completely/],
    ['is not JSON', gzipSync('{}\n{\n'), 2, /line 2 is no JSON object/],
    ['has a row that is no object', gzipSync('[]\n'), 1, /line 1 is no JSON object/],
    ['is cut', gzipSync('{}\n').subarray(0, -1), 1, /compressed data is damaged/],
    ['is no gzip', Buffer.from('{}\n'), 1, /compressed data is damaged/],
  ])('%s', async (_what, content, lines, why) => {
    await expect(forge(content, lines)).rejects.toThrow(why);
  });
});
