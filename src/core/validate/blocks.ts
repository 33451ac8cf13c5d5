import type { Facts } from './facts.ts';

/** Twilio's own refusals of pumping: SMS Pumping Protection, its internal check, Verify Fraud Guard. */
export const blockCodes = [30450, 30453, 60410] as const;

/** How often Twilio blocked, and where that is written. Epoch milliseconds. */
export interface Blocks {
  readonly code: number;
  readonly count: number;
  readonly first: number;
  readonly last: number;
  readonly evidence: readonly string[];
}

const sampled = 5;

/**
 * Blocks by code. One block is in several sources (the message or attempt, and its alert), so for each code the source that has the most counts.
 */
export function blocksOf(facts: Facts): readonly Blocks[] {
  return blockCodes.flatMap((code) => {
    const alert = facts.state.alerts.get(code);
    const alerts = alert ? [{ code, ...alert, evidence: alert.refs.map(facts.ref) }] : [];
    const found = [counted(facts, facts.messages.out, code), counted(facts, facts.attempts.rows, code), ...alerts];
    const most = found.toSorted((a, b) => b.count - a.count)[0];
    return most && most.count > 0 ? [most] : [];
  });
}

interface Coded {
  readonly rows: number;
  readonly time: ArrayLike<number>;
  readonly errorCode: ArrayLike<number>;
  readonly ref: ArrayLike<number>;
}

function counted(facts: Facts, { rows, time, errorCode, ref }: Coded, code: number): Blocks {
  const evidence: string[] = [];
  let [count, first, last] = [0, 0, 0];
  for (let i = 0; i < rows; i++) {
    if (errorCode[i] !== code || (time[i] ?? 0) * 1000 < facts.from) continue;
    if (count === 0) first = (time[i] ?? 0) * 1000;
    last = (time[i] ?? 0) * 1000;
    count += 1;
    if (evidence.length < sampled) evidence.push(facts.ref(ref[i] ?? 0));
  }
  return { code, count, first, last, evidence };
}
