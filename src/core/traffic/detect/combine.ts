/**
 * One p-value of several that depend on each other in an unknown way, in logs: the Cauchy combination (Liu and Xie, JASA 2020). In the tail it
 * is their harmonic mean, so nested windows do not pay for being many as they would with Bonferroni.
 */
export function combineTails(logs: readonly number[]): number {
  const known = logs.filter((log) => !Number.isNaN(log));
  if (known.length === 0) return 0;
  const least = Math.min(...known);
  if (least < -18) {
    let sum = 0;
    for (const log of known) sum += Math.exp(least - log);
    return Math.min(0, least - Math.log(sum / known.length));
  }
  let sum = 0;
  for (const log of known) sum += 1 / Math.tan(Math.PI * Math.min(0.999, Math.exp(log)));
  return Math.min(0, Math.log(0.5 - Math.atan(sum / known.length) / Math.PI));
}
