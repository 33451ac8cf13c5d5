import { parentPort, workerData } from 'node:worker_threads';
import { runSteps } from '../src/core/runSteps.ts';
import { createDetectRows } from '../src/core/traffic/detectRows.ts';
import { detectSteps } from '../src/core/traffic/detectTraffic.ts';
import { windowEndingAt } from '../src/core/traffic/window.ts';
import { detectorMessage } from './detectorData.ts';

// Takes in made-up messages and runs the detector on them, in a thread of its own as the extension does.
const { rows, weeks } = workerData as { readonly rows: number; readonly weeks: number };
const started = performance.now();
const taken = createDetectRows('sms');
for (let n = 0; n < rows; n++) {
  const { account, message } = detectorMessage(n, rows, weeks);
  taken.add(account, message);
}
const gathered = performance.now();
const series = taken.series();
const cut = performance.now();
const before = process.threadCpuUsage();
const { findings } = runSteps(detectSteps(series, windowEndingAt(detectorMessage(rows - 1, rows, weeks).message.at)));
const { user, system } = process.threadCpuUsage(before);
const seconds = (from: number, to: number): number => Math.round(to - from) / 1000;
parentPort?.postMessage({
  series: series.length,
  take_s: seconds(started, gathered),
  cut_s: seconds(gathered, cut),
  detect_s: seconds(cut, performance.now()),
  detect_cpu_s: Math.round((user + system) / 1000) / 1000,
  fraud: findings.filter(({ label }) => label === 'fraud').map(({ country }) => country),
});
