import type { Severity } from '../accounts/nodeKind.ts';
import type { CheckedType } from '../validate/checked.ts';
import type { Scope } from '../validate/scope.ts';
import type { SignalState } from '../validate/signal.ts';

/** What checking the indicators of Twilio's guide found, as the RCA tells it. Times are epoch milliseconds. */
export interface Verdict {
  /** Hostile text may be in it. */
  readonly sentence: string;
  /** When it was checked. */
  readonly at: number;
  /** The record that says so, `J24`. */
  readonly citation?: string;
  /** The types of fraud there is a sign of. */
  readonly types?: readonly Pick<CheckedType, 'type' | 'grade' | 'start'>[];
  /** The indicators that were hit, the surest first. */
  readonly hits: readonly IndicatorHit[];
  /** All others, by what became of them. */
  readonly others?: readonly { readonly state: Exclude<SignalState, 'hit'>; readonly ids: readonly string[] }[];
  /** How far it goes; absent when it was not counted. */
  readonly scope?: Scope;
}

export interface IndicatorHit {
  /** `P2`, as in Twilio's guide; may be anything in a journal of somebody else. */
  readonly id: string;
  readonly title: string;
  /** May hold hostile text. */
  readonly sentence: string;
  readonly severity?: Severity;
  readonly first?: number;
  readonly last?: number;
  readonly citations: readonly string[];
  /** Messages and calls it rests on, where it tells them. */
  readonly examples?: readonly Example[];
}

/** Something to show Support: a message or a call. `at` in epoch milliseconds. */
export interface Example {
  readonly sid: string;
  readonly at?: number;
  readonly citation?: string;
}

/** The ids of indicators that were hit and are more than everyday, `P2`. */
export function hitIds({ hits = [] }: Partial<Verdict> = {}): readonly string[] {
  return hits.filter(({ id, severity }) => severity !== 'notice' && /^[PTAS]\d$/.test(id)).map(({ id }) => id);
}
