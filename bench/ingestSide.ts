import { readdirSync } from 'node:fs';
import path from 'node:path';

/** What one side of the bench says on its last line: what it found, by which the sides are compared, and what it took. */
export interface SideResult {
  readonly rows: number;
  readonly outbound: number;
  readonly cost: number;
  readonly topBlock: number;
  readonly queryMs: number;
  readonly reopenMs: number;
}

export interface SideReport extends SideResult {
  /** Of the whole process, threads included. */
  readonly cpuS: number;
  readonly peakMb: number;
}

/** What a side is started with: the log files, an empty folder to write to, and the span of the messages in epoch seconds. */
export function side() {
  const [logs = '', folder = ''] = process.argv.slice(2);
  const files = readdirSync(logs)
    .toSorted()
    .map((name) => path.join(logs, name));
  return { files, folder, span: { from: Date.UTC(2026, 9, 21) / 1000, to: Date.UTC(2026, 10, 20) / 1000 - 1 } };
}

export function report(result: SideResult): void {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const said: SideReport = { ...result, cpuS: (userCPUTime + systemCPUTime) / 1e6, peakMb: maxRSS / 1024 };
  console.log(JSON.stringify(said));
}
