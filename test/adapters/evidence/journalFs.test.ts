import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readWhole } from '../../../src/adapters/evidence/journalFs.ts';

test('a file that is given in pieces is read to its end, and one that ends early as far as it goes', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'journal-fs-'));
  const file = path.join(folder, 'journal.jsonl');
  const content = Buffer.from(Array.from({ length: 1000 }, (_, n) => n % 251));
  await writeFile(file, content);
  const handle = await open(file, 'r');
  const inPieces = {
    read: (buffer: Buffer, offset: number, length: number, position: number) =>
      handle.read(buffer, offset, Math.min(length, 64), position),
  } as Pick<typeof handle, 'read'>;
  expect(await readWhole(inPieces, 1000)).toEqual(content);
  expect(await readWhole(inPieces, 2000)).toEqual(content);
  await handle.close();
  await rm(folder, { recursive: true });
});
