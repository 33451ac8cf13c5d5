/** How far back the recent pace is measured, ms: shorter, and a slow page is taken for a halt. */
const recent = 10_000;
/** Of less than this share nobody knows what is left: the last pages, and what a work ends with. */
const leastLeft = 0.03;
const mostLeft = 0.9;

/**
 * Makes a function that tells how long a work goes on, in seconds, from its estimated share that is left (1 to 0) and the milliseconds since it began; each call goes
 * after the one before. `undefined` where that cannot be told: too early, too near the end, or while the recent pace and that of the whole differ by
 * more than twice, as where the estimate grew or the work waits. A wrong promise is worse than none.
 */
export function createRemainingTime(): (left: number, elapsed: number) => number | undefined {
  let seen: { readonly left: number; readonly elapsed: number }[] = [];
  return (left, elapsed) => {
    const old = seen.findLastIndex((one) => elapsed - one.elapsed >= recent);
    const before = seen[old];
    seen = [...seen.slice(Math.max(0, old)), { left, elapsed }];
    if (!before || left < leastLeft || left > mostLeft) return undefined;
    const times = [(1 - left) / elapsed, (before.left - left) / (elapsed - before.elapsed)].map(
      (pace) => left / Math.max(0, pace) / 1000,
    );
    const [least, most] = [Math.min(...times), Math.max(...times)];
    return most <= 2 * least ? most : undefined;
  };
}
