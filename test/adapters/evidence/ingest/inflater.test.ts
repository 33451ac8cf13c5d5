import { open } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { createInflater, InflateError } from '../../../../src/adapters/evidence/ingest/inflater.ts';
import { streamed } from '../../../../src/adapters/evidence/ingest/openLog.ts';
import { logFolder } from './logFiles.ts';

const files = logFolder();
afterAll(() => files.remove());

const text = Array.from({ length: 400 }, (_, n) => `{"sid":"SM${(n * 2_654_435_761) % 1e9}","body":"${n}"}\n`).join('');
const packed = gzipSync(text);
const two = Buffer.concat([packed, gzipSync('more\n'), gzipSync(''), gzipSync('end')]);

/** What the inflater makes of bytes that come in pieces; the code when it fails. */
function unpacked(bytes: Uint8Array, piece: number, room = 1000): string {
  const inflater = createInflater(room);
  if (!inflater) throw new Error('This Node has no inflater.');
  const views: string[] = [];
  try {
    for (let at = 0; at < bytes.length; at += piece)
      for (const view of inflater.unpack(bytes.subarray(at, at + piece))) views.push(view.toString('latin1'));
    inflater.end();
    return views.join('');
  } catch (reason) {
    if (reason instanceof InflateError) return reason.code;
    throw reason;
  } finally {
    inflater.close();
  }
}

/** The same by Node's stream; `junk` when it leaves bytes at the end. */
async function byStream(bytes: Uint8Array): Promise<string> {
  const handle = await open(files.write('packed.gz', bytes));
  const views: string[] = [];
  let read = 0;
  try {
    for await (const chunk of streamed(handle)) {
      views.push(chunk.bytes.toString('latin1'));
      read = chunk.read;
    }
    return read === bytes.length ? views.join('') : 'Z_DATA_ERROR';
  } catch (reason) {
    return reason instanceof Error && 'code' in reason ? String(reason.code) : String(reason);
  } finally {
    await handle.close();
  }
}

describe('unpacking on this thread gives what Node’s stream gives', () => {
  it('for one member and for several, whatever the pieces', async () => {
    for (const bytes of [packed, two]) {
      const expected = await byStream(bytes);
      expect(expected.startsWith(text)).toBe(true);
      for (const [piece, room] of [[1, 1000] as const, [7, 64] as const, [1000, 1], [1e9, 1e6] as const] as const)
        expect(unpacked(bytes, piece, room)).toBe(expected);
    }
    expect(unpacked(gzipSync(''), 10)).toBe('');
  });

  it('for what is cut anywhere', async () => {
    for (let end = 2; end < two.length; end += 151) {
      const cut = two.subarray(0, end);
      expect([end, unpacked(cut, 500)]).toEqual([end, await byStream(cut)]);
    }
  });

  it('for what is damaged, or has something after its end', async () => {
    for (let at = 0; at < packed.length; at += 157) {
      const damaged = Buffer.from(packed);
      damaged[at] = (damaged[at] ?? 0) ^ 4;
      expect([at, unpacked(damaged, 500)]).toEqual([at, await byStream(damaged)]);
    }
    for (const tail of [Buffer.from('garbage'), Buffer.alloc(600)])
      for (const piece of [packed.length, 1e9]) expect(unpacked(Buffer.concat([packed, tail]), piece)).toMatch(/^Z_/);
  });
});

it('what was given before is overwritten, so that no memory is needed for more', () => {
  const inflater = createInflater(100);
  const views = [...(inflater?.unpack(packed) ?? [])];
  inflater?.close();
  expect(new Set(views.map(({ buffer }) => buffer)).size).toBe(1);
});
