import { deviance, logComplement, stirlingError } from './logGamma.ts';

/**
 * ln of the regularised incomplete beta function I_x(a, b), for a, b > 0. `rest` is 1 - x, given apart so that an x near 1
 * keeps its digits. Continued fraction of Lentz (DLMF 8.17.22) on the side where it converges.
 */
export function logIncompleteBeta(x: number, rest: number, a: number, b: number): number {
  if (x <= 0) return Number.NEGATIVE_INFINITY;
  if (rest <= 0) return 0;
  if (x * (a + b + 2) > a + 1) return logComplement(logSide(rest, x, b, a));
  return logSide(x, rest, a, b);
}

function logSide(x: number, rest: number, a: number, b: number): number {
  return Math.min(0, logDensity(x, rest, a, b) - Math.log(a) + Math.log(fraction(x, a, b)));
}

/** ln(x^a (1-x)^b / B(a, b)). */
function logDensity(x: number, rest: number, a: number, b: number): number {
  const n = a + b;
  return (
    stirlingError(n) -
    stirlingError(a) -
    stirlingError(b) -
    deviance(a, n * x) -
    deviance(b, n * rest) +
    0.5 * Math.log((a * b) / (2 * Math.PI * n))
  );
}

const tiny = 1e-300;

function fraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / guarded(1 - ((a + b) * x) / (a + 1));
  let h = d;
  for (let m = 1; m < 20_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / guarded(1 + even * d);
    c = guarded(1 + even / c);
    h *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / guarded(1 + odd * d);
    c = guarded(1 + odd / c);
    const step = d * c;
    h *= step;
    if (Math.abs(step - 1) < 1e-15) break;
  }
  return h;
}

function guarded(value: number): number {
  return Math.abs(value) < tiny ? tiny : value;
}
