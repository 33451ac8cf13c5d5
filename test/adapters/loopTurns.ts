import { createHistogram } from 'node:perf_hooks';

/** How long turns of this thread's event loop were while something ran, in milliseconds of its CPU. */
export interface Turns {
  /** 99 of 100 were shorter. */
  readonly p99: number;
  readonly max: number;
}

/**
 * Looks at the event loop every two milliseconds while the work runs. What counts is the CPU a turn takes, which is what others of the thread wait on a
 * machine with nothing else to do; on a busy one they wait longer, whoever's fault that is.
 */
export async function turnsDuring(work: () => Promise<unknown>): Promise<Turns> {
  const turns = createHistogram();
  let before = cpu();
  const looking = setInterval(() => {
    const now = cpu();
    turns.record(Math.max(1, now - before));
    before = now;
  }, 2);
  try {
    await work();
  } finally {
    clearInterval(looking);
  }
  return { p99: turns.percentile(99) / 1000, max: turns.max / 1000 };
}

/** Microseconds of CPU this thread has used. */
function cpu(): number {
  const { user, system } = process.threadCpuUsage();
  return user + system;
}
