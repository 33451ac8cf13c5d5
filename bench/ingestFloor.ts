import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { createGunzip } from 'node:zlib';
import { report, side } from './ingestSide.ts';

// The floor: what unpacking the same bytes and looking for line feeds takes on two threads, and nothing else.
const chunkSize = 256 * 1024;

async function lines(files: readonly string[]): Promise<number> {
  let count = 0;
  for (const file of files) {
    const gunzip = createGunzip({ chunkSize });
    pipeline(createReadStream(file, { highWaterMark: chunkSize }), gunzip, () => undefined);
    for await (const chunk of gunzip) for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) count++;
  }
  return count;
}

if (isMainThread) {
  const { files } = side();
  const counts = await Promise.all(
    [0, 1].map(
      (part) =>
        new Promise<number>((resolve, reject) => {
          const worker = new Worker(new URL(import.meta.url), { workerData: files.filter((_, n) => n % 2 === part) });
          worker.once('message', resolve).once('error', reject);
        }),
    ),
  );
  report({ rows: counts.reduce((a, b) => a + b, 0), outbound: 0, cost: 0, topBlock: 0, queryMs: 0, reopenMs: 0 });
} else parentPort?.postMessage(await lines(workerData));
