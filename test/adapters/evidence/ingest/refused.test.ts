import { existsSync, readdirSync, rmSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { ingestLogs } from '../../../../src/adapters/evidence/ingest/ingest.ts';
import { openIndex } from '../../../../src/adapters/evidence/ingest/openIndex.ts';
import { createCancellation } from '../../../../src/core/cancellation.ts';
import { Cancelled, UserError } from '../../../../src/core/errors.ts';
import { gapsOfImport } from '../../../../src/core/traffic/logImport.ts';
import { turnsDuring } from '../../loopTurns.ts';
import { imported, jsonLines, logFolder, record, worker } from './logFiles.ts';

const files = logFolder();
afterAll(() => files.remove());

const rows = jsonLines(Array.from({ length: 500 }, (_, n) => record(n)));
const zipped = gzipSync(rows);

async function refusal(name: string, content: Uint8Array | string): Promise<string> {
  const error = await ingestLogs([files.write(name, content)], files.index, { worker, threads: 0 }).catch(
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UserError);
  expect(existsSync(files.index)).toBe(false);
  return error instanceof UserError ? error.message : '';
}

describe('a file is refused with a sentence that names it, and nothing of it is kept', () => {
  it('when its gzip data is cut anywhere', async () => {
    const offsets = Array.from({ length: 60 }, (_, n) => 3 + Math.floor((n / 60) * (zipped.length - 3)));
    for (const end of [...offsets, zipped.length - 8, zipped.length - 4, zipped.length - 1])
      expect(await refusal('cut.json.gz', zipped.subarray(0, end))).toMatch(/^cut\.json\.gz ends before/);
  });

  it('when a second member is cut', async () => {
    expect(await refusal('cut.json.gz', Buffer.concat([zipped, zipped.subarray(0, 40)]))).toMatch(
      /ends before|damaged/,
    );
  });

  it('when a bit is flipped or anything follows the end', async () => {
    const flipped = Buffer.from(zipped);
    flipped[zipped.length - 6] = (flipped[zipped.length - 6] ?? 0) ^ 1;
    for (const content of [
      flipped,
      Buffer.concat([zipped, Buffer.from('garbage')]),
      Buffer.concat([zipped, Buffer.alloc(512)]),
    ])
      expect(await refusal('bad.json.gz', content)).toMatch(/^bad\.json\.gz is damaged/);
  });

  it('when it unpacks without end, in bounded memory', async () => {
    const blank = gzipSync(Buffer.alloc(64 * 1024 * 1024, '\n'));
    const lines = gzipSync(Buffer.alloc(64 * 1024 * 1024, '{}\n'));
    const sixteen = (member: Buffer): Buffer => Buffer.concat([zipped, ...Array.from({ length: 16 }, () => member)]);
    const before = process.memoryUsage.rss();
    expect(await refusal('bomb.json.gz', sixteen(blank))).toMatch(/^bomb\.json\.gz unpacks to far more/);
    expect(await refusal('rows.json.gz', sixteen(lines))).toMatch(/more rows that are no messages than messages/);
    const zeros = gzipSync(Buffer.alloc(128 * 1024 * 1024));
    expect(await refusal('zeros.json.gz', Buffer.concat(Array.from({ length: 8 }, () => zeros)))).toMatch(
      /is not a log that is known/,
    );
    expect(process.memoryUsage.rss() - before).toBeLessThan(300 * 1024 * 1024);
  });

  it('when a row is longer than a message can be', async () => {
    const long = JSON.stringify(record(1, { body: 'x'.repeat(10 * 1024 * 1024) }));
    expect(await refusal('long.jsonl', `${rows}${long}\n`)).toMatch(
      /^long\.jsonl has a row of more than 1 MB at line 501/,
    );
    expect(await refusal('long.json', `[${JSON.stringify(record(2))},\n${long}]`)).toMatch(/more than 1 MB at line 2/);
    const csv = `Sid,To,Direction,Body\n"${'y'.repeat(2 * 1024 * 1024)}`;
    expect(await refusal('long.csv', csv)).toMatch(/more than 1 MB at line 2/);
  });

  it('when a list or a quoted field is not closed', async () => {
    expect(await refusal('open.json', JSON.stringify([record(1)]).slice(0, -1))).toMatch(/ends in the middle/);
    expect(await refusal('open2.json', JSON.stringify([record(1), record(2)]).slice(0, -40))).toMatch(
      /ends in the middle/,
    );
    expect(await refusal('open.csv', 'Sid,To,Direction\nSM,"+1')).toMatch(/ends in the middle/);
  });

  it('when it is no log', async () => {
    for (const content of [
      'hello\nworld\n',
      'PK\u0003\u0004',
      '<html></html>',
      'Name,Age,City\n',
      Buffer.from('\uFEFFSid,To\n', 'utf16le'),
    ])
      expect(await refusal('other', content)).toMatch(/^other is not a log that is known/);
    const missing = await ingestLogs(['/nowhere/x.csv'], files.index, { worker, threads: 0 }).catch(
      (reason: unknown) => reason,
    );
    expect(String(missing)).toContain('x.csv could not be read (ENOENT)');
  });
});

it('a refused file leaves the others as if it had not been there, and is told', async () => {
  const good = files.write('good.json.gz', zipped);
  const cut = files.write('cut.json.gz', zipped.subarray(0, 300));
  for (const threads of [0, 2] as const) {
    const { summary, rows: kept } = await imported([cut, good], files.index, threads);
    expect(kept).toHaveLength(500);
    expect(gapsOfImport(summary)).toEqual([expect.stringMatching(/^cut\.json\.gz ends before/)]);
  }
});

describe('an index', () => {
  it('answers the same when it was deleted and made again, with and without threads', async () => {
    const paths = [0, 1, 2].map((part) =>
      files.write(
        `part${part}.json.gz`,
        gzipSync(
          jsonLines(
            Array.from({ length: 3000 }, (_, n) =>
              record(part * 2500 + n, {
                to: `+79581${String(part * 90_000 + n * 7).padStart(6, '0')}`,
                status: `s${(n + part) % 9}`,
              }),
            ),
          ),
        ),
      ),
    );
    const first = await imported(paths, files.index);
    expect(first.summary).toMatchObject({ rows: 8000, superseded: 1000 });
    for (const threads of [0, 1, 2] as const) {
      rmSync(files.index, { recursive: true });
      const again = await imported(paths, files.index, threads);
      expect(again.rows).toEqual(first.rows);
      expect(again.summary).toEqual(first.summary);
    }
    expect((await openIndex(files.index)).columns.rows).toBe(8000);
  });

  it('that is not whole is not opened', async () => {
    await imported([files.write('one.jsonl', rows)], files.index);
    rmSync(`${files.index}/time.col`);
    await expect(openIndex(files.index)).rejects.toThrow(/lacks its file time\.col/);
    files.write('index/time.col', 'short');
    await expect(openIndex(files.index)).rejects.toThrow(/not whole/);
    files.write('index/index.json', '{"format":"twilio-incident-traffic-index/999"}');
    await expect(openIndex(files.index)).rejects.toThrow(/another version/);
  });
});

it('stops when cancelled, and leaves no file behind', async () => {
  const big = files.write('big.jsonl', jsonLines(Array.from({ length: 20_000 }, (_, n) => record(n))));
  for (const threads of [0, 2] as const) {
    const stopping = createCancellation();
    const onProgress = () => stopping.abort();
    await expect(
      ingestLogs([big], files.index, { worker, threads, cancel: stopping.signal, onProgress }),
    ).rejects.toBeInstanceOf(Cancelled);
    expect(existsSync(files.index) ? readdirSync(files.index) : []).toEqual([]);
  }
});

it('leaves the caller’s event loop free while threads read', async () => {
  const many = jsonLines(Array.from({ length: 120_000 }, (_, n) => record(n)));
  const paths = [0, 1].map((n) => files.write(`free${n}.json.gz`, gzipSync(many, { level: 1 })));
  const { p99 } = await turnsDuring(async () => {
    const summary = await ingestLogs(paths, files.index, { worker, threads: 2 });
    expect(summary).toMatchObject({ rows: 120_000, superseded: 120_000 });
  });
  expect(p99).toBeLessThan(50);
});
