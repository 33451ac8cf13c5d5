import { execFile } from 'node:child_process';
import { link, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { directoryEnd, directoryHeader } from '../../../../src/adapters/evidence/export/zipFormat.ts';
import { sha256 } from '../../../../src/adapters/evidence/sha256.ts';
import { createCancellation } from '../../../../src/core/cancellation.ts';
import { Cancelled, UserError } from '../../../../src/core/errors.ts';
import type { ExportOrder } from '../../../../src/core/evidence/export/exporter.ts';
import { addCapture, addFile, exporterOf, incidentForEach } from './incidents.ts';

const place = incidentForEach();
const top = 'incident-2026-11-21-1a2b3c4d';
const exporter = exporterOf([]);
const order = (name: string, evidence = true): ExportOrder => ({
  format: 'zip',
  numbers: 'masked',
  evidence,
  target: place.out(name),
});

async function unzipped(name: string): Promise<Record<string, Uint8Array>> {
  return unzipSync(await readFile(place.out(name)));
}

test('an unpacked zip passes the check of incident folders, with its evidence', async () => {
  await addCapture(place.incident);
  await exporter.export(place.incident, order('case.zip'));
  for (const [name, content] of Object.entries(await unzipped('case.zip'))) {
    const file = place.out(name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  const { stdout } = await promisify(execFile)(process.execPath, ['scripts/verify-incident.mjs', place.out(top)]);
  expect(stdout).toMatch(/^ok: 2 records/);
});

test('the manifest has size and SHA-256 of every other file, and where the chain ends', async () => {
  await addCapture(place.incident);
  addFile(place.incident, 'RCA.md', '# Größe\n');
  const { head } = place.incident.journal;
  const { count, files } = await exporter.export(place.incident, order('case.zip'));
  const entries = await unzipped('case.zip');
  const manifest = JSON.parse(Buffer.from(entries[`${top}/manifest.json`] ?? []).toString());
  expect(manifest).toMatchObject({ format: 1, head, evidence: true, leftOut: [], tool: { version: '1.2.3' } });
  const others = Object.entries(entries).filter(([name]) => name !== `${top}/manifest.json`);
  expect(manifest.files).toEqual(
    others.map(([name, content]) => ({
      name: name.slice(top.length + 1),
      bytes: content.length,
      sha256: sha256(content),
    })),
  );
  expect(manifest.files.map(({ name }: { name: string }) => name)).toContain('evidence/messages-0001.jsonl.gz');
  expect(count).toBe(others.length + 1);
  expect(place.incident.journal.records.at(-1)).toMatchObject({
    type: 'export',
    format: 'zip',
    numbers: 'as they are',
    evidence: true,
    files,
  });
});

test('equal incidents give equal zips, and another content another one', async () => {
  const { incident } = place;
  const still = { ...incident, journal: { ...incident.journal, readOnly: 'for this test' } };
  const one = await exporter.export(still, order('a.zip'));
  const kept = await readFile(place.out('a.zip'));
  const again = await exporter.export(still, order('a.zip'));
  expect(again.files).toEqual(one.files);
  expect(await readFile(place.out('a.zip'))).toEqual(kept);
  addFile(incident, 'RCA.md', 'x');
  expect((await exporter.export(still, order('a.zip'))).files).not.toEqual(one.files);
});

test('evidence can stay at home, and the manifest says so', async () => {
  await addCapture(place.incident);
  const { leftOut } = await exporter.export(place.incident, order('share.zip', false));
  expect(leftOut).toBe(0);
  const entries = await unzipped('share.zip');
  expect(Object.keys(entries).some((name) => name.includes('evidence'))).toBe(false);
  expect(JSON.parse(Buffer.from(entries[`${top}/manifest.json`] ?? []).toString())).toMatchObject({
    evidence: false,
    leftOut: [{ name: 'evidence', why: 'left out on request' }],
  });
});

test('links, hard links and names that are paths elsewhere are left out and named', async () => {
  const { folder } = place.incident;
  await symlink('/etc/passwd', path.join(folder, 'link.md'));
  await symlink('/etc', path.join(folder, 'figures'));
  await writeFile(place.out('secret'), 'secret of another place');
  await link(place.out('secret'), path.join(folder, 'hard.md'));
  addFile(place.incident, '..\\..\\evil.bat', 'x');
  const made = await exporter.export(place.incident, order('case.zip'));
  expect(made.leftOut).toBe(4);
  const entries = await unzipped('case.zip');
  const text = Object.values(entries)
    .map((content) => Buffer.from(content).toString())
    .join();
  expect(text).not.toMatch(/root:|secret of another place/);
  const { leftOut } = JSON.parse(Buffer.from(entries[`${top}/manifest.json`] ?? []).toString());
  expect(leftOut.map(({ name }: { name: string }) => name)).toEqual([
    '..\\..\\evil.bat',
    'figures',
    'hard.md',
    'link.md',
  ]);
});

test('a zip replaces a zip, and no link', async () => {
  await writeFile(place.out('old.zip'), 'old');
  await exporter.export(place.incident, order('old.zip'));
  expect(Object.keys(await unzipped('old.zip'))).toContain(`${top}/manifest.json`);
  await writeFile(place.out('far'), 'far');
  await symlink(place.out('far'), place.out('link.zip'));
  await expect(exporter.export(place.incident, order('link.zip'))).rejects.toBeInstanceOf(UserError);
  expect(await readFile(place.out('far'), 'utf8')).toBe('far');
});

test('a file that changes while it is packed stops it, and so does a journal that was added to', async () => {
  addFile(place.incident, 'RCA.md', 'one');
  const changing = exporter.export(place.incident, order('a.zip'), {
    progress: (bytes) => bytes > 0 && addFile(place.incident, 'RCA.md', 'two'),
  });
  await expect(changing).rejects.toMatchObject({ code: 'state-moved' });
  const { incident } = place;
  let looks = 0;
  const journal = {
    ...incident.journal,
    get head() {
      looks += 1;
      return { seq: looks, hash: String(looks) };
    },
  };
  await expect(exporter.export({ ...incident, journal }, order('a.zip'))).rejects.toThrow('Something was recorded');
  expect(place.made()).toEqual([]);
});

test('a zip that is not wanted any more leaves nothing', async () => {
  const source = createCancellation();
  const stopped = exporter.export(place.incident, order('a.zip'), {
    cancel: source.signal,
    progress: (bytes) => bytes > 0 && source.abort(),
  });
  await expect(stopped).rejects.toBeInstanceOf(Cancelled);
  expect(place.made()).toEqual([]);
});

test('sizes and places beyond 32 bits are written in fields of 64', () => {
  const header = directoryHeader({ name: 'a', bytes: 5e9, crc32: 1 }, 6e9);
  expect(header.readUInt32LE(20)).toBe(0xffff_ffff);
  expect([header.readBigUInt64LE(51), header.readBigUInt64LE(59), header.readBigUInt64LE(67)]).toEqual([
    5_000_000_000n,
    5_000_000_000n,
    6_000_000_000n,
  ]);
  const end = directoryEnd(70_000, 6e9, 100);
  expect(end.length).toBe(98);
  expect([end.readBigUInt64LE(24), end.readBigUInt64LE(48), end.readBigUInt64LE(64)]).toEqual([
    70_000n,
    6_000_000_000n,
    6_000_000_100n,
  ]);
});
