/**
 * Corrects p-values of a model by the ones it gave to this series before: beyond their `share` quantile, -ln p of a good model is exponential with
 * mean 1; its mean excess so far says how much too often this one is surprised. Values in logs; feeds on what it is asked.
 */
export function createTailCalibration({
  share,
  memory,
  prior,
  cut,
}: {
  readonly share: number;
  readonly memory: number;
  readonly prior: number;
  readonly cut: number;
}) {
  const nominal = -Math.log(share);
  let quantile = nominal;
  let excess = prior;
  let weight = prior;
  let seen = 0;
  const keep = 1 - share / memory;

  return (logP: number): number => {
    const surprise = -logP;
    const scale = Math.max(0.5, excess / weight);
    const corrected =
      surprise > quantile ? nominal + (surprise - quantile) / scale : (surprise * nominal) / Math.max(quantile, 1e-9);
    seen++;
    const rate = Math.max(1 / seen, 1 / memory);
    quantile = Math.max(0.01, quantile + rate * 4 * (surprise > quantile ? 1 - share : -share));
    if (surprise > quantile) {
      excess = keep * excess + Math.min(surprise - quantile, cut * scale);
      weight = keep * weight + 1;
    }
    return -corrected;
  };
}
