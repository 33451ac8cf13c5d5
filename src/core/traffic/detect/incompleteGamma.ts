import { deviance, logComplement, stirlingError } from './logGamma.ts';

/** ln of the regularised lower incomplete gamma function P(a, x), for a > 0 (DLMF 8.11.4 and 8.9.2). */
export function logLowerGamma(a: number, x: number): number {
  if (x <= 0) return Number.NEGATIVE_INFINITY;
  // x^a e^-x / Γ(a + 1)
  const density = -stirlingError(a) - deviance(a, x) - 0.5 * Math.log(2 * Math.PI * a);
  if (x < a + 1) {
    let term = 1;
    let sum = 1;
    for (let n = 1; n < 100_000 && term > sum * 1e-17; n++) {
      term *= x / (a + n);
      sum += term;
    }
    return Math.min(0, density + Math.log(sum));
  }
  return logComplement(Math.min(0, density + Math.log(a) + Math.log(upperFraction(a, x))));
}

function upperFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let h = d;
  for (let i = 1; i < 100_000; i++) {
    const an = -i * (i - a);
    b += 2;
    d = 1 / (an * d + b);
    c = b + an / c;
    const step = d * c;
    h *= step;
    if (Math.abs(step - 1) < 1e-15) break;
  }
  return h;
}
