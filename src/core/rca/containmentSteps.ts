import type { ChainRecord } from '../evidence/record.ts';
import { instantOf, textOf } from '../model/json.ts';
import type { ContainmentStep, Outcome } from './facts.ts';

const outcomes: Readonly<Record<string, Outcome>> = {
  done: 'done',
  already: 'already so',
  refused: 'refused',
  'not-tried': 'not tried',
  unknown: 'unknown',
};

/**
 * The containment an incident's journal tells of: its outcomes, those carried over from before it was started (`earlier`, with their
 * own time in `happened`), and intents that never got an outcome, which nobody can call done. `actions` gives ids their titles.
 */
export function containmentSteps(
  records: readonly ChainRecord[],
  actions: readonly { readonly id: string; readonly title: string }[],
): readonly ContainmentStep[] {
  const settled = new Set(records.filter(({ type }) => type === 'outcome').map(itemOf));
  return records.flatMap((record): readonly ContainmentStep[] => {
    const at = instantOf(record, record.type === 'earlier' ? 'happened' : 'at');
    if (at === undefined) return [];
    const id = textOf(record, 'action') ?? 'unknown action';
    const sid = textOf(record, 'target');
    const step = {
      at,
      action: actions.find((action) => action.id === id)?.title.replace('…', '') ?? id,
      target: textOf(record, 'name') ?? '',
      ...(sid !== undefined && { sid }),
    };
    if (record.type === 'intent' && !settled.has(itemOf(record)))
      return [{ ...step, outcome: 'unknown', detail: 'Recorded before it was sent; how it ended was never recorded.' }];
    if (record.type !== 'outcome' && record.type !== 'earlier') return [];
    const outcome = outcomes[textOf(record, 'result') ?? ''] ?? 'unknown';
    const detail = textOf(record, 'sentence');
    // For what went well the outcome says it all.
    return [{ ...step, outcome, ...(outcome !== 'done' && detail !== undefined && { detail }) }];
  });
}

function itemOf(record: ChainRecord): string {
  return JSON.stringify([textOf(record, 'plan'), textOf(record, 'target')]);
}
