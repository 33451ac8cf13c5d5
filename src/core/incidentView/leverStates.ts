import type { ChainRecord } from '../evidence/record.ts';
import { isProven } from '../evidence/seal.ts';
import { instantOf, textOf } from '../model/json.ts';

/** Of an action, what tells whether it was taken back. */
interface Lever {
  readonly id: string;
  readonly undo?: { readonly actionId: string };
}

/** How an action stands for one thing. `unproven`: a record says that it was done, and this computer did not seal it. */
type StepState = 'done' | 'refused' | 'undone' | 'unclear' | 'unproven';

/**
 * How an action stands by what a journal says: `unclear` was sent, and nobody knows how it ended; `partly` was done for some things and
 * refused for others. What is not in the list is open.
 */
export interface LeverState {
  readonly state: StepState | 'partly';
  /** When it came to that, epoch milliseconds. */
  readonly at: number;
  /** What it stands so for, newest first, of `partly` what was done; names are hostile text. */
  readonly targets: readonly string[];
  /** What it was done for beside these, what it was refused for, and what a record that is not sealed here says was done: hostile text. */
  readonly done?: readonly string[];
  readonly refused?: readonly string[];
  readonly unproven?: readonly string[];
}

interface Step {
  readonly state: StepState;
  readonly at: number;
  readonly name: string;
  /** What an undo of it acts on. */
  readonly back: string;
}

const results: Readonly<Record<string, StepState>> = {
  done: 'done',
  already: 'done',
  refused: 'refused',
  unknown: 'unclear',
};
/** Of targets that stand differently, what is told of the action: what nobody knows the end of must not hide behind what was achieved. */
const order: readonly StepState[] = ['unclear', 'done', 'refused', 'unproven', 'undone'];

/**
 * How the actions stand that a journal tells of. The last word on each target counts; what an undo did is undone. A record that this computer did
 * not seal says nothing against one that it did.
 */
export function leverStates(
  records: readonly ChainRecord[],
  levers: readonly Lever[],
): ReadonlyMap<string, LeverState> {
  const steps = new Map<string, Map<string, Step>>();
  const stepsOf = (id: string): Map<string, Step> => {
    const own = steps.get(id) ?? new Map<string, Step>();
    steps.set(id, own);
    return own;
  };
  for (const record of records) {
    if (record.type !== 'outcome' && record.type !== 'earlier') continue;
    const [id, target] = [textOf(record, 'action'), textOf(record, 'target') ?? ''];
    const own = isProven(record);
    const told = results[textOf(record, 'result') ?? ''];
    const state = told === 'done' && !own ? 'unproven' : told;
    const at = instantOf(record, record.type === 'earlier' ? 'happened' : 'at') ?? Date.parse(record.at);
    if (id === undefined || state === undefined) continue;
    const known = stepsOf(id).get(target);
    if (!own && known && known.state !== 'unproven') continue;
    const step = { state, at, name: textOf(record, 'name') ?? target, back: textOf(record, 'back') ?? target };
    stepsOf(id).set(target, step);
    if (state !== 'done') continue;
    for (const lever of levers.filter(({ undo }) => undo?.actionId === id)) {
      // One that is its own way back takes nothing back unless it says so.
      if (lever.id === id && record['undo'] !== true) continue;
      for (const [key, one] of stepsOf(lever.id))
        if (one.back === target && one.state === 'done') stepsOf(lever.id).set(key, { ...one, at, state: 'undone' });
    }
  }
  return new Map([...steps].flatMap(([id, own]) => (own.size === 0 ? [] : [[id, standing([...own.values()])]])));
}

function standing(steps: readonly Step[]): LeverState {
  const state = order.find((one) => steps.some((step) => step.state === one)) ?? 'unclear';
  const own = steps.filter((step) => step.state === state).toSorted((a, b) => b.at - a.at);
  const beside = (one: 'done' | 'refused' | 'unproven'): { readonly [key in typeof one]?: readonly string[] } => {
    const names = state === one ? [] : steps.filter((step) => step.state === one).map(({ name }) => name);
    return names.length > 0 ? { [one]: names } : {};
  };
  const others = { ...beside('done'), ...beside('refused'), ...beside('unproven') };
  return {
    state: state === 'done' && others.refused ? 'partly' : state,
    at: own[0]?.at ?? 0,
    targets: own.map(({ name }) => name),
    ...others,
  };
}
