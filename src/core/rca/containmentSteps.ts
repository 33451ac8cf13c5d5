import type { ChainRecord } from '../evidence/record.ts';
import { isProven } from '../evidence/seal.ts';
import { instantOf, objectOf, textOf } from '../model/json.ts';
import type { ContainmentStep, Outcome } from './facts.ts';

const outcomes: ReadonlyMap<string, Outcome> = new Map([
  ['done', 'done'],
  ['already', 'already so'],
  ['refused', 'refused'],
  ['not-tried', 'not tried'],
]);

/** What a step's way back is told from. */
export interface NamedAction {
  readonly id: string;
  readonly title: string;
  readonly reversibility?: string;
  readonly undo?: { readonly actionId: string };
}

/**
 * The containment an incident's journal tells of: its outcomes, those carried over from before it was started (`earlier`, with their
 * own time in `happened`), what records say that this computer did not seal, which proves nothing, steps in the Console that a person told of, and intents that never got an outcome, which nobody can call done. `actions` gives ids their titles.
 */
export function containmentSteps(
  records: readonly ChainRecord[],
  actions: readonly NamedAction[],
): readonly ContainmentStep[] {
  const outcomesOf = records.filter(({ type }) => type === 'outcome');
  const settled = new Set(outcomesOf.map(itemOf));
  const done = Map.groupBy(
    outcomesOf.filter((record) => isProven(record) && textOf(record, 'result') === 'done'),
    (record) => textOf(record, 'target'),
  );
  return records.flatMap((record): readonly ContainmentStep[] => {
    const at = instantOf(record, record.type === 'earlier' ? 'happened' : 'at');
    if (at === undefined) return [];
    const id = textOf(record, 'action') ?? 'unknown action';
    const sid = textOf(record, 'target');
    const account = textOf(record, 'account');
    if (record.type === 'console-step') return [consoleStep(record, at)];
    const step = {
      at,
      id,
      action: actions.find((action) => action.id === id)?.title.replace('…', '') ?? id,
      target: textOf(record, 'name') ?? '',
      ...(sid !== undefined && { sid }),
      ...(account !== undefined && { account }),
      citations: [`J${record.seq}`],
    };
    if (record.type === 'intent' && !settled.has(itemOf(record)))
      return [{ ...step, outcome: 'unknown', detail: 'Recorded before it was sent; how it ended was never recorded.' }];
    if (record.type !== 'outcome' && record.type !== 'earlier') return [];
    if (!isProven(record))
      return [{ ...step, outcome: 'unproven', detail: unproven(textOf(record, 'result') ?? 'unknown') }];
    const outcome = outcomes.get(textOf(record, 'result') ?? '') ?? 'unknown';
    const detail = textOf(record, 'sentence');
    const undo =
      outcome === 'done' ? wayBack(record, done.get(textOf(record, 'back') ?? sid) ?? [], actions) : undefined;
    // For what went well the outcome says it all.
    return [
      {
        ...step,
        outcome,
        ...(outcome !== 'done' && detail !== undefined && { detail }),
        ...(undo !== undefined && { undo }),
      },
    ];
  });
}

/** A step that only a person can take: done when a Monitor event says so, else as told. The note is the person's. */
function consoleStep(record: ChainRecord, at: number): ContainmentStep {
  const [id, account, note] = [textOf(record, 'step'), textOf(record, 'account'), textOf(record, 'note')];
  const event = objectOf(record, 'event');
  const proof = event && textOf(event, 'sid');
  const own = isProven(record);
  const detail = [
    own ? undefined : unproven('done'),
    proof === undefined ? undefined : `Monitor event ${proof}`,
    note,
  ].filter((part) => part !== undefined);
  return {
    at,
    ...(id !== undefined && { id }),
    action: textOf(record, 'name') ?? id ?? 'unknown step',
    target: account ?? '',
    outcome: own ? (proof === undefined ? 'as told' : 'done') : 'unproven',
    ...(detail.length > 0 && { detail: detail.join(', ') }),
    citations: [`J${record.seq}`],
  };
}

/** What is to be made of a record of somebody else, or of nobody. */
function unproven(result: string): string {
  return `a record that was not sealed on this computer says “${result}”`;
}

/** The way back of what was done, in our own words; when it was taken, the record that tells so. */
function wayBack(
  done: ChainRecord,
  onSameTarget: readonly ChainRecord[],
  actions: readonly NamedAction[],
): string | undefined {
  const action = actions.find(({ id }) => id === textOf(done, 'action'));
  const back = actions.find(({ id }) => id === action?.undo?.actionId);
  if (!action) return undefined;
  if (!back) return action.reversibility === 'irreversible' ? 'cannot be undone' : undefined;
  const undone = onSameTarget.find(
    (record) =>
      record.seq > done.seq && textOf(record, 'action') === back.id && (back !== action || record['undo'] === true),
  );
  return undone ? `undone (J${undone.seq})` : `“${back.title.replace('…', '')}”`;
}

function itemOf(record: ChainRecord): string {
  return JSON.stringify([textOf(record, 'plan'), textOf(record, 'target')]);
}
