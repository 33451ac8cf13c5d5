import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { createGunzip } from 'node:zlib';
import { report, side } from './ingestSide.ts';

// The floors: what unpacking the same bytes and counting their line feeds takes on two threads, and nothing else. `floor` looks at every byte once in
// JavaScript, as whatever tells fields apart in this language has to. `nativeFloor` lets Node's own code, which compares many bytes at a time, find the
// line feeds: it learns nothing of what lies between them, so no scanner can come near.
const chunkSize = 256 * 1024;
type Count = (chunk: Uint8Array) => number;

function everyByte(chunk: Uint8Array): number {
  let count = 0;
  for (let at = 0; at < chunk.length; at++) if (chunk[at] === 10) count++;
  return count;
}

function nativeSearch(chunk: Uint8Array): number {
  let count = 0;
  for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) count++;
  return count;
}

async function lines(files: readonly string[], count: Count): Promise<number> {
  let found = 0;
  for (const file of files) {
    const source = createReadStream(file, { highWaterMark: chunkSize });
    const chunks = file.endsWith('.gz') ? pipeline(source, createGunzip({ chunkSize }), () => undefined) : source;
    for await (const chunk of chunks) found += count(chunk);
  }
  return found;
}

if (isMainThread) {
  const { files } = side();
  const counts = await Promise.all(
    [0, 1].map(
      (part) =>
        new Promise<number>((resolve, reject) => {
          const own = files.filter((_, n) => n % 2 === part);
          const worker = new Worker(new URL(import.meta.url), { workerData: { files: own, name: process.argv[5] } });
          worker.once('message', resolve).once('error', reject);
        }),
    ),
  );
  // The first line of a CSV file names its columns, and no text has a line feed.
  const headers = files.filter((file) => file.endsWith('.csv')).length;
  report({
    rows: counts.reduce((a, b) => a + b, 0) - headers,
    outbound: 0,
    cost: 0,
    topBlock: 0,
    queryMs: 0,
    reopenMs: 0,
  });
} else {
  const count = workerData.name === 'nativeFloor' ? nativeSearch : everyByte;
  parentPort?.postMessage(await lines(workerData.files, count));
}
