import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { root } from '../scripts/setup/toolchain.mjs';
import { ingestFiles, megabytes } from './ingestData.ts';
import type { SideReport } from './ingestSide.ts';

// How long importing logs takes, beside DuckDB doing the same from the same files and beside unpacking them alone. Every side is a process of its own,
// measured from its start to its end; the sides take turns, and the numbers are medians.
const rowsFlag = process.argv.indexOf('--rows');
const rows = rowsFlag < 0 ? 1e6 : Number(process.argv[rowsFlag + 1]);
if (!Number.isInteger(rows) || rows < 1000) throw new RangeError('--rows takes a whole number from 1000.');
const runs = rows > 2e6 ? 1 : 3;
const cache = path.join(root, '.cache/bench');
const built = path.join(cache, 'ingest');
const peers = path.join(cache, 'peers');

interface Run extends SideReport {
  readonly wallS: number;
}

installPeers();
await build({
  absWorkingDir: root,
  entryPoints: {
    ours: 'bench/ingestOurs.ts',
    floor: 'bench/ingestFloor.ts',
    duckdb: 'bench/ingestDuckdb.ts',
    logWorker: 'src/adapters/evidence/ingest/worker.ts',
  },
  outdir: built,
  bundle: true,
  minify: true,
  platform: 'node',
  format: 'esm',
  logLevel: 'warning',
});
const files = ingestFiles(cache, rows);
const logs = path.dirname(files[0] ?? '');
console.log(`${rows.toLocaleString('en-US')} messages in ${files.length} files, ${Math.round(megabytes(files))} MB`);

const sides = { ours: [] as Run[], duckdb: [] as Run[], floor: [] as Run[] };
for (let run = 0; run < runs; run++)
  for (const name of ['floor', 'ours', 'duckdb'] as const) {
    const result = await measure(name);
    sides[name].push(result);
    console.log(
      `${name.padEnd(6)} ${result.wallS.toFixed(2)} s, CPU ${result.cpuS.toFixed(2)} s, ${Math.round(result.peakMb)} MB`,
    );
  }
agree(sides.ours[0], sides.duckdb[0]);

const { ours, duckdb, floor } = sides;
const result = {
  rows,
  ours_s: median(ours, 'wallS'),
  duckdb_s: median(duckdb, 'wallS'),
  ours_cpu_s: median(ours, 'cpuS'),
  duckdb_cpu_s: median(duckdb, 'cpuS'),
  floor_s: median(floor, 'wallS'),
  ours_mb: median(ours, 'peakMb'),
  duckdb_mb: median(duckdb, 'peakMb'),
  query_ms: median(ours, 'queryMs'),
  reopen_ms: median(ours, 'reopenMs'),
};
console.log(
  `DuckDB: country × hour ${median(duckdb, 'queryMs')} ms, reopened to first answer ${median(duckdb, 'reopenMs')} ms`,
);
console.log(`RESULT ${JSON.stringify(result)}`);

/** The peers are installed once, apart from the project, so that nobody who does not measure waits for them. */
function installPeers(): void {
  if (existsSync(path.join(peers, 'node_modules/@duckdb/node-api'))) return;
  mkdirSync(peers, { recursive: true });
  for (const name of ['package.json', 'package-lock.json'])
    copyFileSync(path.join(root, 'bench', name), path.join(peers, name));
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: peers, stdio: 'inherit' });
  if (npm.status !== 0)
    throw new Error(
      'DuckDB, which this is measured against, could not be installed. The bench needs the network once.',
    );
}

async function measure(name: keyof typeof sides): Promise<Run> {
  const folder = mkdtempSync(path.join(tmpdir(), 'twilio-incident-bench-'));
  const start = performance.now();
  let said = '';
  const child = spawn(process.execPath, [path.join(built, `${name}.js`), logs, folder, peers], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.stdout.on('data', (text: Buffer) => {
    said += text.toString();
  });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  const wallS = (performance.now() - start) / 1000;
  rmSync(folder, { recursive: true, force: true });
  if (code !== 0) throw new Error(`${name} ended with ${code}.`);
  const report: SideReport = JSON.parse(said);
  if (report.rows !== rows) throw new Error(`${name} found ${report.rows} messages instead of ${rows}.`);
  return { ...report, wallS };
}

function agree(ours: Run | undefined, duckdb: Run | undefined): void {
  const same = ours?.outbound === duckdb?.outbound && ours?.topBlock === duckdb?.topBlock;
  const cost = Math.abs((ours?.cost ?? 0) - (duckdb?.cost ?? 1));
  if (!same || cost > 0.01) throw new Error(`The sides do not agree: ${JSON.stringify({ ours, duckdb })}`);
}

function median(all: readonly Run[], what: 'wallS' | 'cpuS' | 'peakMb' | 'queryMs' | 'reopenMs'): number {
  const sorted = all.map((one) => one[what]).toSorted((a, b) => a - b);
  return Math.round((sorted[Math.floor(sorted.length / 2)] ?? Number.NaN) * 100) / 100;
}
