import { link, mkdir, readdir, readFile, rename, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { type JournalOptions, openJournal } from '../../../src/adapters/evidence/journal.ts';
import { clock, freshFolder, memoryAnchors } from './journals.ts';
import { thisComputer } from './memoryAnchors.ts';

const folder = freshFolder();
const file = () => path.join(folder.path, 'journal.jsonl');
const openIt = (options: Partial<JournalOptions> = {}) =>
  openJournal({ folder: folder.path, id: 'one', anchors: memoryAnchors(), clock, ...options });

/** A closed journal of the given number of notes after its first record, and its bytes. */
async function made(notes = 3, anchors = memoryAnchors()) {
  const journal = await openIt({ anchors });
  for (let n = 1; n <= notes; n += 1) await journal.append({ type: 'note', n, text: `Zeile ${n}: “ü”\n` });
  await journal.close();
  return { anchors, content: await readFile(file()) };
}
const types = (records: readonly { readonly type: string }[]) => records.map(({ type }) => type);

test('a new journal names its format and owner first; what is appended is there after reopening', async () => {
  const { anchors } = await made(2);
  const journal = await openIt({ anchors });
  expect(journal.readOnly).toBeUndefined();
  expect(journal.records[0]).toMatchObject({
    seq: 1,
    type: 'journal',
    format: 1,
    id: 'one',
    at: '2026-11-21T03:00:00.000Z',
  });
  expect(journal.records.map(({ n }) => n)).toEqual([undefined, 1, 2]);
  await Promise.all([journal.append({ type: 'a' }), journal.append({ type: 'b' })]);
  expect(types(journal.records)).toEqual(['journal', 'note', 'note', 'a', 'b']);
  expect(anchors.kept.get('one')).toEqual(journal.head);
  await journal.close();
  expect((await stat(file())).mode & 0o777).toBe(0o600);
});

test('cut at every byte: every record that was acknowledged before the cut is kept, and nothing else accepted', async () => {
  const { content } = await made(2);
  for (let size = 0; size < content.length; size += 1) {
    await writeFile(file(), content.subarray(0, size));
    const journal = await openIt();
    const whole = content.subarray(0, size).toString('latin1').split('\n').length - 1;
    const torn = size - (content.subarray(0, size).lastIndexOf(10) + 1);
    expect(journal.readOnly).toBeUndefined();
    expect(journal.trimmed?.bytes ?? 0).toBe(torn);
    expect(types(journal.records)).toEqual([
      ...['journal', 'note', 'note'].slice(0, Math.max(whole, 1)),
      ...(torn > 0 ? ['trimmed'] : []),
    ]);
    await journal.close();
    if (torn > 0) {
      const kept = await readFile(path.join(folder.path, journal.trimmed?.file ?? ''));
      expect(kept.equals(content.subarray(size - torn, size))).toBe(true);
      await rm(path.join(folder.path, journal.trimmed?.file ?? ''));
    }
    const again = await openIt();
    expect([again.readOnly, again.trimmed]).toEqual([undefined, undefined]);
    await again.close();
  }
});

test('cut at every byte with the head kept elsewhere: the loss is found, and the file left as it is', async () => {
  const { content, anchors } = await made(3);
  for (let size = 0; size < content.length; size += 1) {
    await writeFile(file(), content.subarray(0, size));
    const journal = await openIt({ anchors });
    expect(journal.readOnly, `${size} bytes`).toMatch('does not contain record 4');
    await expect(journal.append({ type: 'note' })).rejects.toThrow('nothing is sent');
  }
  expect((await stat(file())).size).toBe(content.length - 1);
});

test('every byte flipped: found with the head kept elsewhere', async () => {
  const { content, anchors } = await made(2);
  for (let place = 0; place < content.length; place += 1) {
    for (const mask of [0x01, 0x1e, 0x80]) {
      const changed = Buffer.from(content);
      changed[place] = (content[place] ?? 0) ^ mask;
      await writeFile(file(), changed);
      const journal = await openIt({ anchors, viewOnly: 'looking' });
      expect(journal.readOnly, `byte ${place}`).toMatch(/damaged at line|does not contain record|has format/);
    }
  }
});

test.each([
  ['zeros', Buffer.alloc(512), undefined],
  ['zeros and the end of a line', Buffer.concat([Buffer.alloc(4095), Buffer.from('\n')]), undefined],
  ['text without an end', Buffer.from('{"type":"intent"'), undefined],
  ['an older block of text', Buffer.from('older text\nmore\n'), 'damaged at line 4'],
])('a tail of %s loses no record and becomes none', async (_name, tail, reason) => {
  const { content, anchors } = await made(2);
  await writeFile(file(), Buffer.concat([content, tail]));
  const journal = await openIt({ anchors });
  expect(journal.records.slice(0, 3).map(({ n }) => n)).toEqual([undefined, 1, 2]);
  if (reason) expect(journal.readOnly).toMatch(reason);
  else expect(journal.trimmed?.bytes).toBe(tail.length);
  await journal.close();
});

test('blocks of 512 bytes that a disk exchanged or repeated: no such journal is taken for whole', async () => {
  const { content, anchors } = await made(20);
  const size = 512;
  const blocks = Array.from({ length: Math.ceil(content.length / size) }, (_, at) =>
    content.subarray(at * size, (at + 1) * size),
  );
  for (const [place, block] of blocks.entries())
    for (const [other, instead] of blocks.entries()) {
      if (place === other) continue;
      const exchanged = place < other ? blocks.with(place, instead).with(other, block) : blocks.with(place, instead);
      await writeFile(file(), Buffer.concat(exchanged));
      const journal = await openIt({ anchors, viewOnly: 'looking' });
      expect(journal.readOnly, `${place} and ${other}`).toMatch(/damaged at line|does not contain record|has format/);
    }
});

test('damage in the middle and a later format are shown as far as they go, and not written', async () => {
  const { content } = await made(3);
  const lines = content.toString().split('\n');
  await writeFile(file(), lines.with(2, 'x').join('\n'));
  const damaged = await openIt();
  expect(damaged.readOnly).toMatch('damaged at line 3');
  expect(types(damaged.records)).toEqual(['journal', 'note']);
  const future = '{"type":"journal","format":2,"id":"one"}\n';
  await writeFile(file(), future);
  expect((await openIt()).readOnly).toMatch('has format 2');
  expect(await readFile(file(), 'utf8')).toBe(future);
});

test('a journal of something else is not continued', async () => {
  const { content } = await made();
  const journal = await openIt({ id: 'two' });
  expect(journal.readOnly).toMatch('belongs to something else');
  expect((await readFile(file())).equals(content)).toBe(true);
});

test('viewing writes nothing, not even a torn tail away', async () => {
  const { content } = await made();
  await truncate(file(), content.length - 5);
  const journal = await openIt({ viewOnly: 'This workspace is in Restricted Mode.' });
  expect(journal.readOnly).toBe('This workspace is in Restricted Mode.');
  expect(types(journal.records)).toEqual(['journal', 'note', 'note']);
  expect(journal.trimmed).toMatchObject({ file: undefined });
  await expect(journal.append({ type: 'note' })).rejects.toThrow('Restricted Mode');
  expect((await stat(file())).size).toBe(content.length - 5);
  await rm(file());
  await openIt({ viewOnly: 'looking' });
  expect(await readdir(folder.path)).toEqual([]);
});

describe('refused, because somebody else could be behind it', () => {
  test('a folder, or a journal, that is a link', async () => {
    await made();
    const alias = path.join(folder.path, 'alias');
    await symlink(folder.path, alias);
    expect((await openIt({ folder: alias })).readOnly).toMatch('is a link');
    await rename(file(), path.join(folder.path, 'elsewhere'));
    await symlink('elsewhere', file());
    expect((await openIt()).readOnly).toMatch('not a plain file');
  });

  test('a hard link and a folder in its place', async () => {
    await made();
    await link(file(), path.join(folder.path, 'second'));
    expect((await openIt()).readOnly).toMatch('hard link');
    await rm(file());
    await mkdir(file());
    expect((await openIt()).readOnly).toMatch('not a plain file');
  });
});

describe('what happens to the file behind its writer’s back ends the journal', () => {
  test.each([
    ['appended to', () => writeFile(file(), 'x\n', { flag: 'a' })],
    ['deleted', () => rm(file())],
    [
      'replaced',
      async () => {
        const content = await readFile(file());
        await rm(file());
        await writeFile(file(), content);
      },
    ],
  ])('%s', async (_how, change) => {
    const journal = await openIt();
    await change();
    await expect(journal.append({ type: 'note' })).rejects.toThrow('something else changed');
    await expect(journal.append({ type: 'note' })).rejects.toThrow('something else changed');
    await journal.close();
  });
});

test('one writer: whoever comes second reads, and writes when the first is done', async () => {
  const first = await openIt();
  const second = await openIt();
  expect(second.readOnly).toMatch('Another window or process');
  const moved = `${folder.path}-moved`;
  await rename(folder.path, moved);
  expect((await openIt({ folder: moved })).readOnly).toMatch('Another window or process');
  await rename(moved, folder.path);
  const waiting = openIt({ patience: 5000 });
  await first.close();
  const third = await waiting;
  expect(third.readOnly).toBeUndefined();
  await third.close();
});

test('a missing folder is a reason, not a crash', async () => {
  expect((await openIt({ folder: path.join(folder.path, 'none') })).readOnly).toMatch('missing');
});

test('a head that cannot be read or kept elsewhere does not stop the record', async () => {
  const broken = {
    read: () => Promise.reject(new Error('no key ring')),
    write: () => Promise.reject(new Error('no key ring')),
    key: async () => thisComputer,
    keyOf: () => Promise.reject(new Error('no key ring')),
  };
  const journal = await openIt({ anchors: broken });
  await journal.append({ type: 'note' });
  await journal.close();
  expect((await openIt({ viewOnly: 'looking' })).records).toHaveLength(2);
});
