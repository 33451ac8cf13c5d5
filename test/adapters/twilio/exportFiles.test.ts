import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { ExportedDay, RowBatch } from '../../../src/core/bulkExport/exportedDay.ts';
import { createCancellation } from '../../../src/core/cancellation.ts';
import type { Cancellation } from '../../../src/core/ports.ts';
import { connect, failure, type Handler, json, main, serve, token } from './loopback.ts';

const day: ExportedDay = { account: main, type: 'Messages', day: '2026-11-01' };
const row = (index: number) => ({ sid: `SM${String(index).padStart(32, '0')}`, body: `Hello ${index}` });
const lines = (count: number, end = '\n') =>
  Array.from({ length: count }, (_, index) => `${JSON.stringify(row(index))}${end}`).join('');

interface Served {
  /** Answers at the storage; `location` is where Twilio sends on to. */
  readonly storage: Handler;
  readonly location?: (port: number) => string;
}

/** Twilio and the storage on one loopback port. */
async function served({ storage, location = (port) => `http://127.0.0.1:${port}/file?once` }: Served) {
  let port = 0;
  const server = await serve((one, response, count) => {
    if (one.path.startsWith('/v1/Exports/')) json(response, {}, 307, { Location: location(port) });
    else storage(one, response, count);
  });
  port = server.port;
  const storageSeen = () => server.seen.filter(({ path }) => !path.startsWith('/v1/'));
  return { ...server, storageSeen, ...connect(port) };
}

const file =
  (bytes: Buffer): Handler =>
  (_seen, response) =>
    response.writeHead(200, { 'Content-Length': bytes.length }).end(bytes);

async function read(files: ReturnType<typeof connect>['twilio']['files'], one = day, cancel?: Cancellation) {
  const batches: RowBatch[] = [];
  for await (const batch of files.rows(one, cancel)) batches.push(batch);
  return { batches, rows: batches.flatMap(({ rows }) => rows) };
}

async function readFile(bytes: Buffer, one = day) {
  const { twilio } = await served({ storage: file(bytes) });
  return read(twilio.files, one);
}

describe('an exported file', () => {
  it('is fetched without the credential, a cookie or anything else of Twilio’s', async () => {
    const headers: unknown[] = [];
    const { twilio, seen, storageSeen, server } = await served({ storage: file(gzipSync(lines(3))) });
    server.on('request', (request) => headers.push(request.headers));
    expect((await read(twilio.files)).rows).toEqual([row(0), row(1), row(2)]);
    expect(seen[0]?.authorization).toMatch(/^Basic /);
    expect(seen[0]?.path).toBe('/v1/Exports/Messages/Days/2026-11-01');
    expect(storageSeen()).toEqual([expect.objectContaining({ path: '/file?once', authorization: undefined })]);
    expect(Object.keys(headers[1] as object).toSorted()).toEqual(['accept-encoding', 'connection', 'host']);
  });

  it('is proven batch by batch: together they are the file', async () => {
    const text = `${lines(2500)}${JSON.stringify(row(2500))}`;
    const { batches, rows } = await readFile(gzipSync(text));
    expect(rows).toHaveLength(2501);
    expect(batches.map(({ rows: { length } }) => length)).toEqual([1000, 1000, 501]);
    let at = 0;
    for (const { proof } of batches) {
      const part = text.slice(at, at + proof.bytes);
      expect(proof.sha256).toBe(createHash('sha256').update(part).digest('hex'));
      at += proof.bytes;
    }
    expect(at).toBe(text.length);
    expect(batches[0]?.proof.request).toBe('GET https://bulkexports.twilio.com/v1/Exports/Messages/Days/2026-11-01');
  });

  it.each([
    ['CRLF', gzipSync(lines(3, '\r\n'))],
    ['two members', Buffer.concat([gzipSync(lines(2)), gzipSync(`${JSON.stringify(row(2))}\n`)])],
    ['a member cut inside a row', Buffer.concat([gzipSync(lines(3).slice(0, 70)), gzipSync(lines(3).slice(70))])],
    ['blank lines', gzipSync(`\n${lines(2)}\n\n${JSON.stringify(row(2))}\n\n`)],
  ])('may have %s', async (_, bytes) => {
    expect((await readFile(bytes)).rows).toEqual([row(0), row(1), row(2)]);
  });

  it('may be empty inside, which is proven too', async () => {
    expect((await readFile(gzipSync(''))).batches).toEqual([
      { rows: [], proof: expect.objectContaining({ bytes: 0, rows: 0 }) },
    ]);
  });

  it('loses its secrets before anybody sees it', async () => {
    const text = `${JSON.stringify({ ...row(1), auth_token: 'x', body: `token ${token}` })}\n`;
    const { batches } = await readFile(gzipSync(text));
    expect(batches).toMatchObject([
      { rows: [{ ...row(1), body: 'token [removed]' }], proof: { removed: { auth_token: 1, body: 1 } } },
    ]);
  });
});

describe('a file that is not whole is never read to its end', () => {
  const text = lines(300);
  const whole = gzipSync(text);
  const offsets = Array.from({ length: 50 }, (_, index) => Math.floor((index * whole.length) / 50));
  const notWhole = { code: 'bad-reply' };

  it('cut at 50 places, its length told right', async () => {
    for (const at of offsets) expect(await failure(readFile(whole.subarray(0, at)))).toMatchObject(notWhole);
  });

  it('cut at 50 places with the connection', async () => {
    for (const at of offsets) {
      const { twilio } = await served({
        storage: (_seen, response) => {
          response.writeHead(200, { 'Content-Length': whole.length });
          response.write(whole.subarray(0, at), () => response.destroy());
        },
      });
      expect(await failure(read(twilio.files))).toMatchObject({ code: 'network' });
    }
  });

  it('ended by closing the connection, its length not told', async () => {
    const { twilio } = await served({
      storage: (_seen, response) => {
        response.writeHead(200, { 'Transfer-Encoding': 'chunked' });
        response.write(whole.subarray(0, 500), () => response.destroy());
      },
    });
    expect(await failure(read(twilio.files))).toMatchObject({ code: 'network' });
  });

  it('with a bit flipped at 50 places', async () => {
    for (const at of offsets) {
      const flipped = Buffer.from(whole);
      flipped.writeUInt8(flipped.readUInt8(at) ^ 0x10, at);
      // The header holds a time and an operating system, which no checksum covers and no row depends on.
      const read = await readFile(flipped).catch((error: unknown) => error);
      if (at >= 10) expect(read).toMatchObject(notWhole);
    }
  });

  it.each([
    ['garbage after its end', Buffer.concat([whole, Buffer.from('garbage')])],
    ['zeros after its end', Buffer.concat([whole, Buffer.alloc(20)])],
    ['much garbage after its end', Buffer.concat([whole, Buffer.alloc(500_000, 7)])],
    ['nothing at all', Buffer.alloc(0)],
    ['rows that were never packed', Buffer.from(text)],
    ['a web page', Buffer.from('<!doctype html>')],
    ['a row cut short', gzipSync(text.slice(0, -10))],
    ['a row that is no object', gzipSync(`${text}[1]\n`)],
    ['a row of 10 MB', gzipSync(`${JSON.stringify({ body: 'x'.repeat(10 * 2 ** 20) })}\n`)],
    ['a row without end', gzipSync('x'.repeat(3 * 2 ** 20))],
  ])('with %s', async (_, bytes) => {
    expect(await failure(readFile(bytes))).toMatchObject(notWhole);
  });

  it('of another size than Twilio lists, packed or unpacked', async () => {
    for (const size of [whole.length, text.length, 0])
      expect((await readFile(whole, { ...day, size })).rows).toHaveLength(300);
    for (const size of [whole.length - 1, whole.length + 1, text.length + 1])
      expect(await failure(readFile(whole, { ...day, size }))).toMatchObject(notWhole);
  });

  it('a megabyte that unpacks to more than a gigabyte, in bounded memory', async () => {
    const blank = gzipSync(Buffer.alloc(64 * 2 ** 20, `${' '.repeat(65_535)}\n`));
    const gigabyte = Buffer.concat(Array.from({ length: 17 }, () => blank));
    expect(gigabyte.length).toBeLessThan(2 * 2 ** 20);
    const before = process.memoryUsage.rss();
    const error = await failure(readFile(gigabyte));
    expect(error.message).toMatch(/unpacks to far more than a log does/);
    expect(error.code).toBe('too-large');
    expect(process.memoryUsage.rss() - before).toBeLessThan(300 * 2 ** 20);
  });
});

describe('the way to the storage', () => {
  it.each([301, 302, 303, 307, 308])('is not followed further (HTTP %i)', async (status) => {
    const { twilio, storageSeen } = await served({
      storage: (_seen, response) => response.writeHead(status, { Location: '/elsewhere' }).end(),
    });
    expect(await failure(read(twilio.files))).toMatchObject({ code: 'not-allowed' });
    expect(storageSeen()).toHaveLength(1);
  });

  it.each([
    [403, 'server'],
    [404, 'server'],
    [503, 'server'],
    [206, 'server'],
  ])('may be refused (HTTP %i)', async (status, code) => {
    const { twilio } = await served({ storage: (_seen, response) => response.writeHead(status).end('<Error/>') });
    expect(await failure(read(twilio.files))).toMatchObject({ code, status });
  });

  it('leads to no other place than the one the demo has', async () => {
    const trap = await serve((_seen, response) => json(response, {}));
    const { twilio, logged } = await served({
      storage: file(gzipSync('')),
      location: () => `http://127.0.0.1:${trap.port}/x`,
    });
    const error = await failure(read(twilio.files));
    expect(error).toMatchObject({ code: 'not-allowed' });
    expect(`${error.message} ${logged.join()}`).not.toContain(String(trap.port));
    expect(trap.seen).toEqual([]);
  });

  it('ends when the person or the window does', async () => {
    const { twilio } = await served({
      storage: (_seen, response) => void response.writeHead(200).write(gzipSync(lines(3)).subarray(0, 10)),
    });
    const cancel = createCancellation();
    const cancelled = failure(read(twilio.files, day, cancel.signal));
    const closed = failure(read(twilio.files));
    setTimeout(cancel.abort, 100);
    expect((await cancelled).name).toBe('Cancelled');
    twilio.dispose();
    expect((await closed).name).toBe('Cancelled');
  });

  it('is given up in silence', async () => {
    const { port } = await served({ storage: (_seen, response) => void response.writeHead(200).flushHeaders() });
    const { twilio } = connect(port, { limits: { idle: 200 } });
    expect(await failure(read(twilio.files))).toMatchObject({ code: 'network' });
  });

  it('is asked for again when Twilio is busy, and never when it does not redirect', async () => {
    let asked = 0;
    const { port, seen } = await serve((_one, response) => {
      asked += 1;
      json(response, { code: 20429 }, asked === 1 ? 429 : 200);
    });
    expect(await failure(read(connect(port).twilio.files))).toMatchObject({ code: 'not-allowed' });
    expect(seen).toHaveLength(2);
  });
});
