import type { AccountSid } from '../src/core/model/sid.ts';

/** The account of the bench, its credential and its present. */
export const pullAccount = `AC${'b'.repeat(32)}` as AccountSid;
export const token = 'bench-credential-that-opens-nothing';
/** What the server takes for a reply, milliseconds, give or take half of it. */
export const latencyMs = 250;
export const now = Date.UTC(2026, 10, 21, 12);
export const window = { from: now - 7 * 86_400_000, to: now };

/** What a side says when it is done. */
export interface PullReport {
  readonly seconds: number;
  readonly rows: number;
  readonly different: number;
  readonly peakMb: number;
  /** Of all threads of its process, and of the one that runs JavaScript, seconds. */
  readonly cpuSeconds: number;
  readonly mainSeconds: number;
  /** Requests that were refused, and the share refused of those that left after the first refusal had come back. */
  readonly refused: number;
  readonly rateAfterFirst: number;
}

/** A request that was answered: when it left and was answered, in milliseconds of one clock. */
export interface Exchange {
  readonly left: number;
  readonly answered: number;
  readonly refused: boolean;
}

/** When a side had every row, and what it took: milliseconds from the start of its process. */
export function measured() {
  const [all, main] = [process.cpuUsage(), process.threadCpuUsage()].map(({ user, system }) => (user + system) / 1e6);
  return {
    seconds: performance.now() / 1000,
    peakMb: process.resourceUsage().maxRSS / 1024,
    cpuSeconds: all ?? 0,
    mainSeconds: main ?? 0,
  };
}

/** Tells the bench what a side took, and which rows it got. */
export function report(
  took: ReturnType<typeof measured>,
  sids: Iterable<string>,
  exchanges: readonly Exchange[] = [],
): void {
  const all = [...sids];
  const refused = exchanges.filter((exchange) => exchange.refused);
  const known = refused.reduce((first, { answered }) => Math.min(first, answered), Infinity);
  const later = exchanges.filter(({ left }) => left > known);
  const said: PullReport = {
    ...took,
    ...{ rows: all.length, different: new Set(all).size, refused: refused.length },
    rateAfterFirst: later.filter((exchange) => exchange.refused).length / Math.max(1, later.length),
  };
  console.log(JSON.stringify(said));
}
