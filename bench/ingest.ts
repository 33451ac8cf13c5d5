import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { root } from '../scripts/setup/toolchain.mjs';
import { formats, ingestFiles, type LogFormat, megabytes } from './ingestData.ts';
import type { SideReport } from './ingestSide.ts';

// How long importing logs takes, beside DuckDB doing the same from the same files and beside unpacking them and looking at each byte once (`floor_s`),
// or letting native code look for the line feeds (`native_search_floor_s`). Every side is a process of its own,
// measured from its start to its end; the sides take turns, and the numbers are medians. `--rows`: how many messages; `--format`: one of the formats alone.
const rows = Number(flag('--rows') ?? 1e6);
if (!Number.isInteger(rows) || rows < 1000) throw new RangeError('--rows takes a whole number from 1000.');
const wanted = flag('--format');
if (wanted !== undefined && !formats.some((format) => format === wanted))
  throw new RangeError(`--format takes ${formats.join(' or ')}.`);
const runs = rows > 2e6 ? 1 : 3;
const cache = path.join(root, '.cache/bench');
const built = path.join(cache, 'ingest');
const peers = path.join(cache, 'peers');

type Side = 'floor' | 'nativeFloor' | 'ours' | 'duckdb';
type Result = Awaited<ReturnType<typeof compare>>;
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
// The one whose figures are the result comes last.
for (const format of formats.toReversed()) {
  if (wanted !== undefined && wanted !== format) continue;
  const result = await compare(format);
  console.log(format === 'bulkexport' || wanted ? `RESULT ${JSON.stringify(result)}` : ratios(result));
}

function flag(name: string): string | undefined {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
}

async function compare(format: LogFormat) {
  const files = ingestFiles(cache, rows, format);
  const size = Math.round(megabytes(files));
  console.log(`${format}: ${rows.toLocaleString('en-US')} messages in ${files.length} files, ${size} MB`);
  const sides: Record<Side, Run[]> = { floor: [], nativeFloor: [], ours: [], duckdb: [] };
  for (let run = 0; run < runs; run++)
    for (const name of ['floor', 'nativeFloor', 'ours', 'duckdb'] as const) {
      // It is there to compare with, and steady: once is enough.
      if (name === 'nativeFloor' && run > 0) continue;
      const result = await measure(name, path.dirname(files[0] ?? ''));
      sides[name].push(result);
      console.log(
        `${name.padEnd(11)} ${result.wallS.toFixed(2)} s, CPU ${result.cpuS.toFixed(2)} s, ${Math.round(result.peakMb)} MB`,
      );
    }
  agree(sides.ours[0], sides.duckdb[0]);
  const { ours, duckdb, floor, nativeFloor } = sides;
  const [asked, reopened] = [median(duckdb, 'queryMs'), median(duckdb, 'reopenMs')];
  console.log(`DuckDB: country × hour ${asked} ms, reopened to first answer ${reopened} ms`);
  return {
    rows,
    ours_s: median(ours, 'wallS'),
    duckdb_s: median(duckdb, 'wallS'),
    ours_cpu_s: median(ours, 'cpuS'),
    duckdb_cpu_s: median(duckdb, 'cpuS'),
    floor_s: median(floor, 'wallS'),
    native_search_floor_s: median(nativeFloor, 'wallS'),
    ours_mb: median(ours, 'peakMb'),
    duckdb_mb: median(duckdb, 'peakMb'),
    query_ms: median(ours, 'queryMs'),
    reopen_ms: median(ours, 'reopenMs'),
  };
}

function ratios({ ours_s, duckdb_s, ours_cpu_s, duckdb_cpu_s, ours_mb, duckdb_mb }: Result): string {
  const [wall, cpu, memory] = [ours_s / duckdb_s, ours_cpu_s / duckdb_cpu_s, ours_mb / duckdb_mb];
  return `Of DuckDB’s: ${wall.toFixed(2)} of the time, ${cpu.toFixed(2)} of the CPU, ${memory.toFixed(2)} of the memory`;
}

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

async function measure(name: Side, logs: string): Promise<Run> {
  const folder = mkdtempSync(path.join(tmpdir(), 'twilio-incident-bench-'));
  const start = performance.now();
  let said = '';
  const script = path.join(built, `${name === 'nativeFloor' ? 'floor' : name}.js`);
  const child = spawn(process.execPath, [script, logs, folder, peers, name], { stdio: ['ignore', 'pipe', 'inherit'] });
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
