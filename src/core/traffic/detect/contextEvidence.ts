import { type Case, capped, type Evidence, excessShare } from './evidence.ts';
import { evidenceParameters } from './evidenceParameters.ts';
import { localHour } from './localTime.ts';
import { logBetaBinomial, logNegativeBinomialUpper } from './tails.ts';

/** Messages while the country sleeps. */
export function nightEvidence(one: Case): Evidence | undefined {
  const { rows, range, history } = one;
  const { from, to, pseudo, cap } = evidenceParameters.night;
  const hours = new Float64Array(24);
  for (let i = range.from; i < range.to; i++) {
    const hour = localHour(rows.country, rows.time[i] ?? 0);
    hours[hour] = (hours[hour] ?? 0) + 1;
  }
  const covered = new Set<number>();
  const span = (rows.time[range.to - 1] ?? 0) - (rows.time[range.from] ?? 0);
  if (span < 20 * 3600) return undefined;
  for (let hour = 0; hour < 24; hour++) covered.add(hour);
  let part = 0;
  let usual = 0;
  for (let hour = from; hour < to; hour++) {
    part += hours[hour] ?? 0;
    usual += history.hours[hour] ?? 0;
  }
  const normal = (usual + 1.5) / (history.messages + 20);
  const whole = one.observed;
  const even = excessShare(one) * ((to - from) / 24) + (1 - excessShare(one)) * normal;
  const score = (mean: number): number => logBetaBinomial(part, whole, mean * pseudo, (1 - mean) * pseudo);
  return {
    kind: 'night',
    decades: capped((score(even) - score(normal)) / Math.LN10, cap),
    part,
    whole,
    normalShare: normal,
  };
}

/** Which sender the excess came from: campaigns use one of their own, pumping the one that sends codes. */
export function senderEvidence(one: Case): Evidence | undefined {
  const { rows, range, history } = one;
  if (rows.senders.length === 0 || rows.senders.every(({ kind }) => kind === 'unknown')) return undefined;
  const { usual, other, alphanumeric } = evidenceParameters.sender;
  const counts = new Float64Array(rows.senders.length);
  for (let i = range.from; i < range.to; i++) {
    const sender = rows.sender[i] ?? 0;
    counts[sender] = (counts[sender] ?? 0) + 1;
  }
  let main = 0;
  let most = -1;
  for (let sender = 0; sender < counts.length; sender++) {
    const share = (history.senders[sender] ?? 0) / Math.max(1, history.messages);
    const more = (counts[sender] ?? 0) - share * one.expected;
    if (more > most) {
      most = more;
      main = sender;
    }
  }
  const share = ((history.senders[main] ?? 0) + 0.5) / (history.messages + 1);
  const known = history.messages >= 20;
  const decades =
    (known ? (share >= 0.2 ? usual : share < 0.02 ? other : other / 2) : 0) +
    (rows.senders[main]?.kind === 'alphanumeric' && share < 0.2 ? alphanumeric : 0);
  return { kind: 'sender', decades, part: counts[main] ?? 0, whole: one.observed, normalShare: share };
}

/** The account's other countries rose as well: a holiday or a campaign, unless this one rose far beyond them. */
export function everywhereEvidence(one: Case, variance: number): Evidence | undefined {
  const { ratio, against } = evidenceParameters.common;
  if (one.commonRatio < ratio) return undefined;
  const expected = one.expected * one.commonRatio;
  const logP = logNegativeBinomialUpper(one.observed, expected, variance * one.commonRatio ** 2);
  const left = Math.min(1, Math.max(0, -logP / Math.LN10 / 6));
  return { kind: 'everywhere', decades: against * (1 - left), logP, part: one.observed, whole: Math.round(expected) };
}

/** How far above the expected band: large factors are a little likelier in fraud. */
export function volumeEvidence(one: Case, variance: number): Evidence {
  const { perDecade, most } = evidenceParameters.volume;
  const band = one.expected + 2 * Math.sqrt(variance) + 1;
  const decades = Math.max(0, Math.min(most, perDecade * Math.log10(one.observed / band)));
  return { kind: 'volume', decades, logP: one.logP, part: one.observed, whole: Math.round(one.expected) };
}

/** A country the account never had a message to. */
export function neverSeenEvidence(one: Case): Evidence | undefined {
  if (one.history.messages >= 3) return undefined;
  return {
    kind: 'new-country',
    decades: evidenceParameters.neverSeen,
    part: one.history.messages,
    whole: one.observed,
  };
}
