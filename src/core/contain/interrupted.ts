import { UserError } from '../errors.ts';
import { isProven } from '../evidence/seal.ts';
import { isObject, type JsonObject, objectOf, textOf } from '../model/json.ts';
import { accountSid } from '../model/sid.ts';
import type { Clock, Journal, Twilio } from '../ports.ts';
import type { Action, State } from './action.ts';
import type { Outcome, Result } from './apply.ts';
import { holds, readLive, sameState } from './readLive.ts';
import { type Target, targetId } from './target.ts';

/** A change whose intent is recorded and whose outcome is not: VS Code ended, or the record could not be written. */
export interface Interrupted {
  readonly plan: string;
  readonly action: Action;
  readonly target: Target;
  /** The main account whose credential it was begun with. */
  readonly main: string;
  readonly before: State;
  readonly wanted: State;
  /** It was to take back what was done. */
  readonly isUndo: boolean;
  /** This computer recorded it. */
  readonly isProven: boolean;
}

/** What a journal says was begun and never says how it ended. Records that are not understood are left alone. */
export function interruptedIn(records: readonly JsonObject[], actions: readonly Action[]): readonly Interrupted[] {
  const key = (record: JsonObject) => JSON.stringify([textOf(record, 'plan'), textOf(record, 'target')]);
  const ends = records.filter(({ type }) => type === 'outcome');
  const settled = new Set(ends.map(key));
  // That it ended well is nothing to take from somebody else.
  const settledHere = new Set(ends.filter(isProven).map(key));
  const open = new Map<string, Interrupted>();
  for (const record of records) {
    const own = isProven(record);
    if (record['type'] !== 'intent' || (own ? settledHere : settled).has(key(record))) continue;
    const action = actions.find(({ id }) => id === textOf(record, 'action'));
    const target = targetIn(record['on'], action);
    const plan = textOf(record, 'plan');
    // A later round of a sweep is the same change; the first one knows the state before.
    if (action && target && plan !== undefined && !open.has(key(record)))
      open.set(key(record), {
        plan,
        action,
        target,
        main: textOf(record, 'with') ?? '',
        before: stateIn(record, 'before'),
        wanted: stateIn(record, 'wanted'),
        isUndo: record['undo'] === true,
        isProven: own,
      });
  }
  return [...open.values()];
}

/**
 * Settles them by reading, never by sending again, and records what was found; of those that this computer did not record, as unproven. One that
 * cannot be read stays as it is. Returns what could be settled.
 */
export async function settleInterrupted(
  changes: readonly Interrupted[],
  { twilio, journal, clock }: { readonly twilio: Twilio; readonly journal: Journal; readonly clock: Clock },
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const change of changes) {
    const { action, target, plan, before, isUndo } = change;
    let found: readonly [Result, string];
    let after: State;
    try {
      after = (await readLive(action, target, twilio)).state;
      found = verdict(change, after);
    } catch (reason) {
      if (reason instanceof UserError) continue;
      throw reason;
    }
    const [result, read] = found;
    const sentence = change.isProven ? read : `${read} That it was begun is not sealed here.`;
    const { account, kind, name } = target;
    const about = { action: action.id, target: targetId(target), account, kind, name, ...(isUndo && { undo: true }) };
    const back = result === 'done' ? action.undo?.target?.(target, before, after) : undefined;
    const left = result === 'done' ? { after, ...(back && { back: targetId(back) }) } : {};
    const doubt = change.isProven ? {} : { unproven: true };
    await journal.append({ type: 'outcome', plan, ...about, result, sentence, observed: true, ...doubt, ...left });
    outcomes.push({ target, result, sentence, before, at: clock.now() });
  }
  return outcomes;
}

function verdict({ action, before, wanted }: Interrupted, live: State): readonly [Result, string] {
  if (holds(live, wanted)) {
    const sentence = 'It was interrupted. Read back now: Twilio holds the wanted state.';
    return ['done', action.unheard === undefined ? sentence : `${sentence} ${action.unheard}`];
  }
  if (sameState(live, before, action.volatile))
    return ['not-tried', 'It was interrupted before it took effect. Read back now: Twilio holds the state before.'];
  return ['unknown', 'It was interrupted. Read back now: Twilio holds neither the state before nor the wanted one.'];
}

/** The target an intent names whole; `undefined` for one of another kind than the action's, or with fields no target has. */
export function targetIn(value: unknown, action: Action | undefined): Target | undefined {
  if (!isObject(value) || value['kind'] !== action?.on || !accountSid(textOf(value, 'account'))) return undefined;
  const isText = Object.entries(value).every(([name, field]) => typeof field === 'string' || name === 'restore');
  // Written by this extension into a journal that proves it was not changed; the kind says which fields there are.
  return isText ? (value as JsonObject & Target) : undefined;
}

/** A state that a record holds; fields that are no text are left out. */
export function stateIn(record: JsonObject, name: string): State {
  const fields = Object.entries(objectOf(record, name) ?? {});
  return Object.fromEntries(fields.flatMap(([field, value]) => (typeof value === 'string' ? [[field, value]] : [])));
}
