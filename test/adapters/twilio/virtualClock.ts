/** Time that passes only when everybody waits. */
export function createVirtualClock() {
  let now = 0;
  let order = 0;
  const timers: { at: number; order: number; ring: () => void }[] = [];
  return {
    clock: { now: () => now },
    delay: (milliseconds: number) =>
      new Promise<void>((ring) => {
        order += 1;
        timers.push({ at: now + milliseconds, order, ring });
      }),
    /** Runs until the work is done. Throws when it waits for something that is no timer. */
    async run<T>(work: Promise<T>): Promise<T> {
      let done = false;
      const end = work.finally(() => {
        done = true;
      });
      end.catch(() => {});
      for (;;) {
        await new Promise((resolve) => setImmediate(resolve));
        if (done) return end;
        timers.sort((a, b) => a.at - b.at || a.order - b.order);
        const [next] = timers.splice(0, 1);
        if (!next) throw new Error('everything waits and no time is set');
        now = next.at;
        next.ring();
        while (timers[0]?.at === now) timers.shift()?.ring();
      }
    },
  };
}

/** Numbers in [0, 1) that are the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
