import { type Case, capped, type Evidence, excessShare, logSumExp } from './evidence.ts';
import { evidenceParameters } from './evidenceParameters.ts';
import { conversions, outcomes } from './rows.ts';
import { logBetaBinomial, logBetaBinomialLower } from './tails.ts';

/** How a share of the window's messages speaks for fraud: conversion, failures, blocks. */

/** Verify attempts that led to nothing. `undefined` without attempts in the window. */
export function conversionEvidence(one: Case): Evidence | undefined {
  const { rows, range, history, account } = one;
  const { prior, borrowed, fraud, fraudPseudo, cap } = evidenceParameters.conversion;
  let converted = 0;
  let attempts = 0;
  for (let i = range.from; i < range.to; i++) {
    const conversion = rows.conversion[i];
    if (conversion === conversions.unknown) continue;
    attempts++;
    if (conversion === conversions.converted) converted++;
  }
  if (attempts < 5) return undefined;
  const all = account.converted + account.unconverted;
  const lent = all > 0 ? borrowed / Math.max(all, borrowed) : 0;
  const ok = history.converted + lent * account.converted + (all > 0 ? 0.5 : prior.converted);
  const miss = history.unconverted + lent * account.unconverted + (all > 0 ? 0.5 : prior.unconverted);
  const scale = Math.min(1, prior.most / (ok + miss));
  const a = ok * scale;
  const b = miss * scale;
  const normal = a / (a + b);
  const excess = excessShare(one);
  const innocent = logBetaBinomial(converted, attempts, a, b);
  const fraudulent = logSumExp(
    fraud.map(([share, weight]) => {
      const mean = (1 - excess) * normal + excess * share;
      return Math.log(weight) + logBetaBinomial(converted, attempts, mean * fraudPseudo, (1 - mean) * fraudPseudo);
    }),
  );
  return {
    kind: 'conversion',
    // More conversion than normal is no sign of fraud, however odd.
    decades: Math.min(converted / attempts < normal ? cap.for : 0, capped((fraudulent - innocent) / Math.LN10, cap)),
    logP: logBetaBinomialLower(converted, attempts, a, b),
    part: converted,
    whole: attempts,
    normalShare: normal,
  };
}

/** Messages that failed though Twilio did not block them: made-up numbers do. `undefined` where hardly any outcome is known. */
export function failedEvidence(one: Case): Evidence | undefined {
  const { prior, fraud, cap } = evidenceParameters.failed;
  const { failed, delivered } = countOutcomes(one);
  const whole = failed + delivered;
  if (whole < 5) return undefined;
  const { history } = one;
  const scale = Math.min(1, prior.most / (history.messages + 25));
  const a = (history.failed + prior.failed) * scale;
  const b = (history.messages - history.failed - history.blocked + prior.delivered) * scale;
  const normal = a / (a + b);
  const excess = excessShare(one);
  const grid = 12;
  const [least, most] = fraud;
  const shares = Array.from({ length: grid }, (_, i) => least + ((i + 0.5) / grid) * (most - least));
  const fraudulent = logSumExp(
    shares.map((share) => {
      const mean = (1 - excess) * normal + excess * share;
      return logBetaBinomial(failed, whole, mean * prior.most, (1 - mean) * prior.most) - Math.log(grid);
    }),
  );
  const innocent = logBetaBinomial(failed, whole, a, b);
  const decades = Math.min(failed / whole > normal ? cap.for : 0, capped((fraudulent - innocent) / Math.LN10, cap));
  return { kind: 'failed', decades, part: failed, whole, normalShare: normal };
}

/** Messages that Twilio itself refused as fraud (30450, 60410). */
export function blockedEvidence(one: Case): Evidence {
  const { innocentShare, innocentPseudo, fraudUnblocked, cap } = evidenceParameters.blocked;
  const { blocked } = countOutcomes(one);
  const whole = one.observed;
  const { history } = one;
  const usual = (history.blocked + innocentShare * innocentPseudo) / (history.messages + innocentPseudo);
  const innocent = logBetaBinomial(blocked, whole, usual * innocentPseudo, (1 - usual) * innocentPseudo);
  const fraudulent = logSumExp([Math.log(fraudUnblocked) + innocent, Math.log((1 - fraudUnblocked) / (whole + 1))]);
  return {
    kind: 'blocked',
    decades: capped((fraudulent - innocent) / Math.LN10, cap),
    part: blocked,
    whole,
    normalShare: usual,
  };
}

function countOutcomes({ rows, range }: Case): {
  readonly delivered: number;
  readonly failed: number;
  readonly blocked: number;
} {
  let delivered = 0;
  let failed = 0;
  let blocked = 0;
  for (let i = range.from; i < range.to; i++) {
    const outcome = rows.outcome[i] ?? outcomes.sent;
    if (outcome === outcomes.failed) failed++;
    else if (outcome === outcomes.delivered) delivered++;
    else if (outcome >= outcomes.pumpingBlocked) blocked++;
  }
  return { delivered, failed, blocked };
}
