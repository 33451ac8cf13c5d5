/** Milliseconds of processor time that work takes, the least of some runs: what other programs do at the same time does not count. */
export function cpuTime(work: () => void, runs = 5): number {
  const times = Array.from({ length: runs }, () => {
    const begun = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(begun);
    return (user + system) / 1000;
  });
  return Math.min(...times);
}
