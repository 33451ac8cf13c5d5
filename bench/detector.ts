import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';

// How long the detector takes for 80 countries, two accounts and a number of weeks, in the thread it runs in, and whether this thread stays free.
//   node bench/detector.ts [--rows 200000] [--weeks 4,8,12]
const rows = Number(argument('--rows') ?? 200_000);
const weeks = (argument('--weeks') ?? '4,8,12').split(',').map(Number);

interface Side {
  readonly series: number;
  /** Messages taken in (made as well), cut into series, looked at. */
  readonly take_s: number;
  readonly cut_s: number;
  readonly detect_s: number;
  readonly detect_cpu_s: number;
  readonly fraud: readonly string[];
}

const results: object[] = [];
for (const one of weeks) {
  const loop = monitorEventLoopDelay({ resolution: 5 });
  loop.enable();
  const side = await new Promise<Side>((resolve, reject) => {
    const thread = new Worker(new URL('detectorSide.ts', import.meta.url), { workerData: { rows, weeks: one } });
    thread.on('message', resolve);
    thread.on('error', reject);
  });
  loop.disable();
  const { fraud, ...times } = side;
  if (fraud.join() !== 'RU,RU')
    throw new Error(`What was found is ${fraud.join() || 'nothing'}, not the attack on RU in two accounts.`);
  const result = {
    weeks: one,
    ...times,
    loop_p99_ms: Math.round(loop.percentile(99) / 1e5) / 10,
    rss_mb: Math.round(process.resourceUsage().maxRSS / 1024),
  };
  console.log(JSON.stringify(result));
  results.push(result);
}
console.log(`RESULT ${JSON.stringify({ rows, runs: results })}`);

function argument(name: string): string | undefined {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
}
