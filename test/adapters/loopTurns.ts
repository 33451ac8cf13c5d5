import { readFileSync } from 'node:fs';
import { createHistogram, performance } from 'node:perf_hooks';

/** How long turns of this thread's event loop were while something ran, in milliseconds. */
export interface Turns {
  /** Of its CPU: 99 of 100 took less. */
  readonly p99: number;
  readonly max: number;
  /**
   * From a turn's beginning to its end by the clock, waiting for the disk in it included, without the time that other processes had this
   * thread's core; where the system does not tell that, of its CPU.
   */
  readonly heldP99: number;
  readonly heldMax: number;
}

/**
 * Looks at the event loop every two milliseconds while the work runs. What counts is what a turn takes by itself: others of the thread wait for that on a
 * machine with nothing else to do; on a busy one they wait longer, whoever's fault that is.
 */
export async function turnsDuring(work: () => Promise<unknown>): Promise<Turns> {
  const [turns, held] = [createHistogram(), createHistogram()];
  let before = look();
  const looking = setInterval(() => {
    const now = look();
    const own = now.cpu - before.cpu;
    turns.record(Math.max(1, own));
    const stolen = now.queued === undefined ? Infinity : now.queued - (before.queued ?? 0);
    // Waiting for a core after being woken is in what was stolen, and in no turn.
    held.record(Math.max(1, own, Math.round(now.active - before.active - stolen)));
    before = look();
  }, 2);
  try {
    await work();
  } finally {
    clearInterval(looking);
  }
  const ms = (value: number) => value / 1000;
  return {
    p99: ms(turns.percentile(99)),
    max: ms(turns.max),
    heldP99: ms(held.percentile(99)),
    heldMax: ms(held.max),
  };
}

/** Microseconds: CPU this thread has used, its event loop was active, and it was ready to run but had no core. */
function look() {
  const { user, system } = process.threadCpuUsage();
  return { cpu: user + system, active: performance.eventLoopUtilization().active * 1000, queued: queued() };
}

/** Linux tells it: nanoseconds on a core, nanoseconds waiting for one. https://docs.kernel.org/scheduler/sched-stats.html */
function queued(): number | undefined {
  try {
    return Number(readFileSync('/proc/thread-self/schedstat', 'latin1').split(' ')[1]) / 1000;
  } catch {
    return undefined;
  }
}
