import { instantOf, type JsonObject, objectOf, textOf } from '../model/json.ts';
import type { Action, State } from './action.ts';
import { stateIn, targetIn } from './interrupted.ts';
import { type Target, targetId } from './target.ts';
import { type Undoable, wayBack } from './undo.ts';

/** A plan that a journal tells of and that can be taken back. */
export interface RecordedUndo {
  readonly plan: string;
  readonly undo: Undoable;
  /** What was done to, as it was then. Names are hostile text. */
  readonly done: readonly Target[];
}

interface Done {
  readonly plan: string;
  readonly action: Action;
  readonly undoWith: Action;
  readonly target: Target;
  /** What the undo acts on, and what Twilio held when it was done. */
  readonly back: Target;
  readonly left: State;
  readonly at: number;
}

/**
 * What these records of one journal say was done with the credential of `main` and not taken back since, the newest first. Records must
 * come from a journal that proves they were not changed. What no record says enough of is left out: without the state that was left
 * nobody could tell whether somebody else changed it.
 */
export function recordedUndos(
  records: readonly JsonObject[],
  actions: readonly Action[],
  { main, connectionId }: { readonly main: string; readonly connectionId: string },
): readonly RecordedUndo[] {
  const intents = new Map<string, JsonObject>();
  for (const record of records) {
    const key = itemOf(record);
    // A later round of a sweep is the same change; the first one knows the state before.
    if (record['type'] === 'intent' && !intents.has(key)) intents.set(key, record);
  }
  const found = records.flatMap((record, place) => {
    const intent = intents.get(itemOf(record));
    const one = intent && textOf(intent, 'with') === main ? doneIn(record, intent, actions) : undefined;
    return one && !isTakenBack(one, records.slice(place + 1)) ? [one] : [];
  });
  const newest = new Map(found.map((one) => [`${one.action.id} ${targetId(one.back)}`, one]));
  const plans = Map.groupBy(newest.values(), ({ plan, action }) => `${plan} ${action.id}`);
  return [...plans.values()]
    .flatMap((items) => undoOf(items, connectionId) ?? [])
    .toSorted((a, b) => b.undo.at - a.undo.at);
}

function doneIn(record: JsonObject, intent: JsonObject, actions: readonly Action[]): Done | undefined {
  if (record['type'] !== 'outcome' || textOf(record, 'result') !== 'done' || record['undo'] === true) return undefined;
  const action = actions.find(({ id }) => id === textOf(intent, 'action'));
  const undoWith = actions.find(({ id }) => id === action?.undo?.actionId);
  const target = targetIn(intent['on'], action);
  const at = instantOf(record, 'at');
  const plan = textOf(record, 'plan');
  if (!action?.undo || !undoWith || !target || at === undefined || plan === undefined) return undefined;
  if (action.reversibility === 'irreversible' || objectOf(record, 'after') === undefined) return undefined;
  const left = stateIn(record, 'after');
  const back = wayBack(action, target, stateIn(intent, 'before'), left);
  if (!back) return undefined;
  return { plan, action, undoWith, target, back, left, at };
}

/** A later change by the action that takes it back; where that is the action itself, only one that was an undo. */
function isTakenBack({ action, undoWith, back }: Done, later: readonly JsonObject[]): boolean {
  return later.some(
    (record) =>
      record['type'] === 'outcome' &&
      ['done', 'already'].includes(textOf(record, 'result') ?? '') &&
      textOf(record, 'action') === undoWith.id &&
      textOf(record, 'target') === targetId(back) &&
      (undoWith.id !== action.id || record['undo'] === true),
  );
}

function undoOf(items: readonly Done[], connectionId: string): RecordedUndo | undefined {
  const [first] = items;
  if (!first) return undefined;
  const { plan, action, undoWith } = first;
  return {
    plan,
    done: items.map(({ target }) => target),
    undo: {
      action,
      undoWith,
      connectionId,
      targets: items.map(({ back }) => back),
      left: new Map(items.map(({ back, left }) => [targetId(back), left])),
      at: Math.max(...items.map(({ at }) => at)),
    },
  };
}

function itemOf(record: JsonObject): string {
  return JSON.stringify([textOf(record, 'plan'), textOf(record, 'target')]);
}
