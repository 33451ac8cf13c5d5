import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { root } from '../scripts/setup/toolchain.mjs';
import { latencyMs, type PullReport } from './pullSide.ts';

// How long collecting the messages of an account takes, beside Twilio's SDK listing them, against a Twilio of our own that takes a quarter of a
// second for a page and refuses more than so many requests at once. Every side is a process of its own, measured from its start
// to when it has every row: in memory for the SDK, on the disk for us. Nobody is told the ceiling: until the first refusal has come back
// it cannot be known, so `rate_429` is about requests that left after that; `refused` counts all of them.
// `ideal_s` is what a reader would take that knew the ceiling and where every message is, and whose computing cost nothing: the page that tells how
// many there are, then as many at once as are let in.
const messages = flag('--messages', 100_000);
const ceiling = flag('--ceiling', 24);

const built = path.join(root, '.cache/bench/pull');
await build({
  absWorkingDir: root,
  entryPoints: {
    ours: 'bench/pullOurs.ts',
    pageWorker: 'src/adapters/twilio/pages/worker.ts',
    sdk: 'bench/pullSdk.ts',
    server: 'bench/pullServer.ts',
  },
  outdir: built,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  minify: true,
  platform: 'node',
  format: 'esm',
  // The SDK is CommonJS and asks for Node's modules by `require`.
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  logLevel: 'error',
});

const ours = await side('ours');
const sdk = await side('sdk');
for (const [name, { rows, different }] of Object.entries({ ours, sdk }))
  if (rows !== messages || different !== messages)
    throw new Error(`${name}: ${rows} rows, ${different} different ones, instead of ${messages}.`);

const refused = ours.statuses.filter((status) => status === 429).length;
if (refused !== ours.refused) throw new Error(`The server refused ${refused} requests, we know of ${ours.refused}.`);
const answered = ours.statuses.length - refused;
console.log(
  `ours ${ours.seconds.toFixed(2)} s (CPU ${ours.cpuSeconds.toFixed(2)} s, main thread ${ours.mainSeconds.toFixed(2)} s), ${answered} answers, ${refused} refusals, ${Math.round(ours.peakMb)} MB; SDK ${sdk.seconds.toFixed(2)} s (CPU ${sdk.cpuSeconds.toFixed(2)} s), ${Math.round(sdk.peakMb)} MB`,
);
const result = {
  messages,
  ours_s: rounded(ours.seconds),
  sdk_s: rounded(sdk.seconds),
  ideal_s: rounded((latencyMs * (1 + Math.ceil(messages / 1000) / ceiling)) / 1000),
  cpu_s: rounded(ours.cpuSeconds),
  main_s: rounded(ours.mainSeconds),
  ratio: rounded(sdk.seconds / ours.seconds),
  rate_429: rounded(ours.rateAfterFirst),
  refused,
  ours_mb: Math.round(ours.peakMb),
  sdk_mb: Math.round(sdk.peakMb),
  requests_ratio: rounded(answered / Math.ceil(messages / 1000)),
  ceiling,
  ceiling_hit: refused > 0,
};
console.log(`RESULT ${JSON.stringify(result)}`);

function flag(name: string, otherwise: number): number {
  const at = process.argv.indexOf(name);
  const value = at < 0 ? otherwise : Number(process.argv[at + 1]);
  if (!Number.isInteger(value) || value < 1) throw new RangeError(`${name} takes a whole number from 1.`);
  return value;
}

async function side(name: 'ours' | 'sdk'): Promise<PullReport & { readonly statuses: readonly number[] }> {
  // A million messages and their pages are more than Node would let it have.
  const execArgv = ['--max-old-space-size=12000'];
  const server = fork(path.join(built, 'server.mjs'), [String(messages), String(ceiling)], { execArgv });
  const folder = mkdtempSync(path.join(tmpdir(), 'twilio-incident-pull-'));
  try {
    const [port] = await once(server, 'message');
    const child = spawn(process.execPath, [path.join(built, `${name}.mjs`), String(port), folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const said = await outputOf(child);
    server.send('how often');
    const [statuses] = await once(server, 'message');
    return { ...JSON.parse(said), statuses };
  } finally {
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function outputOf(child: ChildProcess): Promise<string> {
  let said = '';
  child.stdout?.on('data', (text: Buffer) => {
    said += text.toString();
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`A side ended with ${code}.`);
  return said;
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
