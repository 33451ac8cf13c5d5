import type { ChainRecord } from '../evidence/record.ts';
import { textOf } from '../model/json.ts';

/** Of an action, what tells whether it was taken back. */
interface Lever {
  readonly id: string;
  readonly undo?: { readonly actionId: string };
}

/** Ids of the actions that a journal says were done, or found done, on anything, and not undone since. */
export function leversDone(records: readonly ChainRecord[], levers: readonly Lever[]): ReadonlySet<string> {
  const done = new Set<string>();
  for (const record of records) {
    if (record.type !== 'outcome' && record.type !== 'earlier') continue;
    const [id, result] = [textOf(record, 'action'), textOf(record, 'result')];
    if (id === undefined || (result !== 'done' && result !== 'already')) continue;
    for (const lever of levers) if (lever.undo?.actionId === id) done.delete(lever.id);
    done.add(id);
  }
  return done;
}
