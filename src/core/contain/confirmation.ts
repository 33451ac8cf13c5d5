import type { Plan } from './plan.ts';
import { targetId } from './target.ts';

/** What a person types to confirm what cannot be undone. */
export interface TypedConfirmation {
  /** The SID whose end is asked for, as the plan shows it. */
  readonly of: string;
  readonly expected: string;
}

/**
 * The last four characters of the last target's SID, for plans that cannot be undone; `undefined` for others. The last one, because
 * to find it the list has to be read to its end.
 */
export function typedConfirmation({ action, items }: Plan): TypedConfirmation | undefined {
  const last = items.at(-1);
  if (!last || action.reversibility !== 'irreversible') return undefined;
  const [sid = ''] = targetId(last.target).split(' ');
  return { of: sid, expected: sid.slice(-4) };
}

/** True for what was asked, in either case. */
export function isConfirmed({ expected }: TypedConfirmation, typed: string): boolean {
  return typed.trim().toLowerCase() === expected.toLowerCase();
}
