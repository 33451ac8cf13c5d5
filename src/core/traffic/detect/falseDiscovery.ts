/** q-values of p-values (Benjamini and Hochberg 1995), both in logs: the smallest false discovery rate at which each is found. */
export function logQValues(logs: readonly number[]): number[] {
  const order = logs.map((_, i) => i).sort((a, b) => (logs[a] ?? 0) - (logs[b] ?? 0));
  const q = new Array<number>(logs.length).fill(0);
  let least = 0;
  for (let rank = order.length; rank > 0; rank--) {
    const i = order[rank - 1] ?? 0;
    least = Math.min(least, (logs[i] ?? 0) + Math.log(logs.length / rank));
    q[i] = least;
  }
  return q;
}
