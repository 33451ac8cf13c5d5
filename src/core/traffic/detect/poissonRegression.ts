/**
 * Coefficients of a Poisson regression with log link by iteratively reweighted least squares, pulled to `centre` with the given precisions.
 * `rows` is row after row of `ridge.length` covariates. Starts at `start`, which it changes and returns.
 */
export function poissonRegression(
  rows: Float64Array,
  y: ArrayLike<number>,
  weights: ArrayLike<number>,
  ridge: readonly number[],
  start: Float64Array,
  steps: number,
): Float64Array {
  const p = ridge.length;
  const n = rows.length / p;
  const a = new Float64Array(p * p);
  const b = new Float64Array(p);
  for (let step = 0; step < steps; step++) {
    a.fill(0);
    b.fill(0);
    for (let i = 0; i < n; i++) {
      const row = i * p;
      const weight = weights[i] ?? 0;
      let eta = 0;
      for (let j = 0; j < p; j++) eta += (rows[row + j] ?? 0) * (start[j] ?? 0);
      const mean = Math.exp(Math.min(30, Math.max(-12, eta)));
      const pull = weight * ((y[i] ?? 0) - mean);
      // Busy series would otherwise drown the priors: their scatter grows with the mean, their information does not.
      const certainty = 1 / (1 + 0.02 * mean);
      for (let j = 0; j < p; j++) {
        const xj = rows[row + j] ?? 0;
        if (xj === 0) continue;
        b[j] = (b[j] ?? 0) + xj * pull * certainty;
        const wx = weight * mean * certainty * xj;
        for (let k = 0; k <= j; k++) a[j * p + k] = (a[j * p + k] ?? 0) + wx * (rows[row + k] ?? 0);
      }
    }
    for (let j = 0; j < p; j++) {
      const precision = ridge[j] ?? 0;
      a[j * p + j] = (a[j * p + j] ?? 0) + precision + 1e-9;
      b[j] = (b[j] ?? 0) - precision * (start[j] ?? 0);
    }
    solve(a, b, p);
    let largest = 0;
    for (let j = 0; j < p; j++) {
      const change = Math.min(2, Math.max(-2, b[j] ?? 0));
      start[j] = (start[j] ?? 0) + change;
      largest = Math.max(largest, Math.abs(change));
    }
    if (largest < 1e-4) break;
  }
  return start;
}

/** Solves a x = b for symmetric positive definite a (lower half given); x replaces b. */
function solve(a: Float64Array, b: Float64Array, p: number): void {
  for (let j = 0; j < p; j++) {
    for (let k = 0; k <= j; k++) {
      let sum = a[j * p + k] ?? 0;
      for (let i = 0; i < k; i++) sum -= (a[j * p + i] ?? 0) * (a[k * p + i] ?? 0);
      a[j * p + k] = j === k ? Math.sqrt(Math.max(sum, 1e-12)) : sum / (a[k * p + k] ?? 1);
    }
  }
  for (let j = 0; j < p; j++) {
    let sum = b[j] ?? 0;
    for (let k = 0; k < j; k++) sum -= (a[j * p + k] ?? 0) * (b[k] ?? 0);
    b[j] = sum / (a[j * p + j] ?? 1);
  }
  for (let j = p - 1; j >= 0; j--) {
    let sum = b[j] ?? 0;
    for (let k = j + 1; k < p; k++) sum -= (a[k * p + j] ?? 0) * (b[k] ?? 0);
    b[j] = sum / (a[j * p + j] ?? 1);
  }
}
