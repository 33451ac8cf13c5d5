import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { constants, createGzip } from 'node:zlib';
import { createExporter } from '../../src/adapters/evidence/export/createExporter.ts';
import { createImportStore } from '../../src/adapters/evidence/ingest/importStore.ts';
import { createTwilio } from '../../src/adapters/twilio/createTwilio.ts';
import { delay } from '../../src/adapters/twilio/delay.ts';
import { collectEvidence } from '../../src/core/evidence/collect/collectEvidence.ts';
import type { ExportFormat } from '../../src/core/evidence/export/exporter.ts';
import { events } from '../../src/core/evidence/sources/events.ts';
import { messages } from '../../src/core/evidence/sources/messages.ts';
import { sources } from '../../src/core/evidence/sources.ts';
import { newIncident, storeIn } from '../adapters/evidence/captures.ts';
import { record, sidOf, worker } from '../adapters/evidence/ingest/logFiles.ts';
import { turnsDuring } from '../adapters/loopTurns.ts';
import { day, mainSid, noon } from '../simulator/smallWorld.ts';

// How long the thread that collects, imports and exports keeps others waiting: 100,000 messages collected over HTTP from a simulator in another thread,
// 1,000,000 rows imported, once to be shown and once into an incident, and exported in every format. 99 of 100 turns of its event loop must take it
// less than 50 ms: of CPU (`p99`), and by the clock without what other processes took (`held_p99`). `waited_p99` is what others of the thread waited, and
// `idle_p99` what a process that does nothing waited beside it, in ms: on a busy machine both are long.
const { values } = parseArgs({
  options: { rows: { type: 'string', default: '1000000' }, collected: { type: 'string', default: '100000' } },
});
const [rows, collected] = [Number(values.rows), Number(values.collected)];
const longest = 50;
const folder = await mkdtemp(path.join(tmpdir(), 'loop-soak-'));
const clock = { now: () => Date.now() };
const store = storeIn(folder, { clock });
const alive = setInterval(() => {}, 1000);
type Figure = 'p99' | 'max' | 'held_p99' | 'held_max' | 'seconds' | 'waited_p99' | 'idle_p99';
const results: Record<string, { readonly [figure in Figure]: number }> = {};

async function measured(what: string, work: () => Promise<unknown>): Promise<void> {
  const waits = monitorEventLoopDelay({ resolution: 2 });
  const begun = performance.now();
  const idle = idleBeside();
  waits.enable();
  const { p99, max, heldP99, heldMax } = await turnsDuring(work);
  waits.disable();
  results[what] = {
    ...{ p99: tenths(p99, 1), max: tenths(max, 1), held_p99: tenths(heldP99, 1), held_max: tenths(heldMax, 1) },
    seconds: tenths(performance.now() - begun, 1000),
    ...{ waited_p99: tenths(waits.percentile(99), 1e6), idle_p99: tenths(await idle(), 1e6) },
  };
  console.log(what, results[what]);
}

/** A process that does nothing; the function ends it and gives what 99 of 100 of its turns waited, in nanoseconds. */
function idleBeside(): () => Promise<number> {
  const program = `const d = require('node:perf_hooks').monitorEventLoopDelay({ resolution: 2 });
    d.enable();
    process.on('message', () => process.send(d.percentile(99), () => process.exit()));`;
  const idle = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  return () =>
    new Promise((resolve, reject) => {
      idle.once('message', (told) => resolve(Number(told))).once('error', reject);
      idle.send('tell');
    });
}

function tenths(value: number, unit: number): number {
  return Math.round((10 * value) / unit) / 10;
}

async function collect(): Promise<void> {
  const server = new Worker(new URL('loopServer.ts', import.meta.url), { workerData: { messages: collected } });
  const { port, secret } = await new Promise<{ port: number; secret: string }>((resolve, reject) => {
    server.once('message', resolve).once('error', reject);
  });
  const twilio = createTwilio({
    connection: { id: 'demo', name: 'Demo', account: mainSid, credential: { kind: 'authToken' }, demo: true },
    ...{ secret, mode: () => 'read-only', route: { kind: 'simulator', port }, clock, random: Math.random, delay },
    log: { info: () => {}, error: () => {} },
    pageScript: new URL('../../src/adapters/twilio/pages/worker.ts', import.meta.url),
  });
  const opened = await newIncident(path.join(folder, 'collected'));
  const writer = await store.writer(opened);
  await measured('collect', async () => {
    const window = { from: noon - 6 * day, to: noon };
    const about = { accounts: [{ account: mainSid, name: '' }], main: mainSid, window, now: noon, held: [] };
    const result = await collectEvidence(twilio, { sources: [events, messages], ...about, writer, clock, delay });
    if (result.rows < collected) throw new Error(`only ${result.rows} rows were collected`);
  });
  await writer.close();
  await opened.journal.close();
  twilio.dispose();
  server.postMessage('stop');
  await server.terminate();
}

async function writeLog(file: string): Promise<void> {
  function* lines(): Generator<string> {
    for (let n = 0; n < rows; n += 500)
      yield Array.from({ length: Math.min(500, rows - n) }, (_, i) => {
        const at = new Date(noon - ((n + i) % 500_000) * 1000).toISOString();
        return `${JSON.stringify(record(n + i, { date_sent: at, to: `+7958${1_000_000 + (n + i)}`, sid: sidOf(n + i) }))}\n`;
      }).join('');
  }
  await pipeline(Readable.from(lines()), createGzip({ level: constants.Z_BEST_SPEED }), createWriteStream(file));
}

try {
  await collect();
  const file = path.join(folder, 'messages.json.gz');
  await writeLog(file);
  const shown = createImportStore({ folder: path.join(folder, 'imports'), worker, clock });
  await measured('import', () => shown.importFiles([file], {}));
  const opened = await newIncident(folder);
  await measured('import into an incident', () => store.importLogs(opened, [file]));
  const exporter = createExporter({
    rows: store.rows,
    keyOf: ({ source, row }) => sources.find(({ id }) => id === source)?.key(row),
    ...{ version: '0', clock },
  });
  for (const format of ['csv', 'parquet', 'timesketch', 'zip'] satisfies ExportFormat[])
    await measured(`export as ${format}`, () =>
      exporter.export(opened, {
        format,
        numbers: 'masked',
        evidence: true,
        target: path.join(folder, `out-${format}`),
      }),
    );
  await opened.journal.close();
} finally {
  clearInterval(alive);
  await rm(folder, { recursive: true });
}
const late = Object.values(results).filter(({ p99, held_p99 = 0 }) => Math.max(p99, held_p99) > longest).length;
console.log(`RESULT ${JSON.stringify({ rows, collected, ...results, late })}`);
process.exitCode = late === 0 ? 0 : 1;
