import type { Checked, CitedRow } from './checked.ts';
import { checkedAddresses } from './checkedAddresses.ts';
import type { ChangedThreshold } from './thresholdSettings.ts';
import type { Validation } from './validate.ts';
import { type Assessment, assess, type Judged } from './verdict.ts';

/** A file of evidence that was left out, and why in a sentence. */
export interface LeftOut {
  readonly source: string;
  readonly why: Assessment['why'];
}

/** What is told beside the verdicts. */
export interface Beside {
  readonly leftOut?: readonly LeftOut[];
  readonly cited?: readonly CitedRow[];
  readonly changed?: readonly ChangedThreshold[];
}

/** Without the facts. Evidence that was `leftOut` makes incomplete what is judged by it. */
export function checkedOf(
  { facts, judged, assessment, scope }: Validation,
  { leftOut = [], cited = [], changed = [] }: Beside = {},
): Checked {
  const known = leftOut.length === 0 ? judged : judged.map((one) => without(one, leftOut));
  const { verdicts, first, attack, why, settle, incomplete } =
    leftOut.length === 0 ? assessment : assess(known, [...leftOut.map((one) => one.why), ...assessment.incomplete]);
  return {
    verdicts: verdicts.map(({ type, grade, sentence, start }) => ({
      type,
      grade,
      sentence,
      ...(start !== undefined && { start }),
    })),
    results: known.map(({ signal: { id, title, type }, result }) => ({ id, title, type, ...result })),
    first,
    attack,
    why,
    settle,
    incomplete,
    scope,
    addresses: checkedAddresses(facts.takeover),
    cited,
    changed,
  };
}

function without({ signal, result }: Judged, leftOut: readonly LeftOut[]): Judged {
  const missing = signal.needs.filter((need) => leftOut.some(({ source }) => source === need));
  if (missing.length === 0) return { signal, result };
  return { signal, result: { ...result, incomplete: [...new Set([...(result.incomplete ?? []), ...missing])] } };
}
