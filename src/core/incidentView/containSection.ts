import { utc } from '../model/age.ts';
import { consoleRow } from './consoleRow.ts';
import type { IncidentFacts } from './facts.ts';
import type { LeverState } from './leverStates.ts';
import { fittingSteps, type Lever } from './levers.ts';
import { phaseRow } from './phaseRow.ts';
import type { IncidentRow, RowTone } from './row.ts';

const looks: Readonly<Record<LeverState['state'] | 'open', { readonly icon: string; readonly tone?: RowTone }>> = {
  open: { icon: 'circle-large-outline' },
  done: { icon: 'pass', tone: 'good' },
  refused: { icon: 'error', tone: 'bad' },
  undone: { icon: 'discard', tone: 'warning' },
  unclear: { icon: 'question', tone: 'warning' },
};
/** A row names so many things an action was done to. */
const mostTargets = 3;

/** The third phase: the levers that fit what was found, in the guide's order, and how each stands. It waits for no other phase. */
export function containSection({ validation, levers, consoleSteps }: IncidentFacts): readonly IncidentRow[] {
  const fitting = validation ? fittingSteps(validation, consoleSteps) : [];
  const guided = new Set(fitting.flatMap((step) => ('console' in step ? [step.console] : [])));
  // What somebody did stays in the list, whatever the verdict is now.
  const others = consoleSteps.filter((known) => known.state !== 'open' && !guided.has(known));
  const asked = fitting.flatMap((step) => ('lever' in step && step.lever.always ? [step.lever] : []));
  const done = asked.filter(({ id }) => levers.get(id)?.state === 'done').length;
  const state =
    asked.length > 0
      ? `${done} of ${asked.length} steps done that the guide asks for`
      : validation
        ? 'nothing found that asks for it'
        : 'possible at any time';
  return [
    phaseRow({
      id: 'contain',
      label: 'Contain',
      description: state,
      state: asked.length === 0 ? 'idle' : done === asked.length ? 'done' : 'open',
      sentences: [
        'Reached as fast as possible, and never waits for Support. Every step shows its plan first; a click begins it.',
      ],
      children: [
        ...fitting.map((step) =>
          'lever' in step ? leverRow(step.lever, levers.get(step.lever.id)) : consoleRow(step.console),
        ),
        ...others.map(consoleRow),
        {
          id: 'contain/all',
          label: 'Contain…',
          description: 'several steps in one plan, confirmed once',
          icon: 'shield',
          runs: 'contain',
        },
      ],
    }),
  ];
}

function leverRow({ id, label, why, always }: Lever, known: LeverState | undefined): IncidentRow {
  const state = known?.state ?? 'open';
  const told = known?.targets.slice(0, mostTargets).join(', ') ?? '';
  const more = (known?.targets.length ?? 0) - mostTargets;
  const what = `${told}${more > 0 ? ` and ${more} more` : ''}`;
  return {
    id: `contain/${id}`,
    label,
    description: known
      ? `${state} ${utc(known.at)}${what === '' ? '' : `: ${what}`}`
      : always
        ? state
        : `${state}, where it applies`,
    ...looks[state],
    facts: [
      { name: 'State', value: state },
      ...(known ? [{ name: 'Last', value: { at: known.at } }] : []),
      ...(what === '' ? [] : [{ name: 'For', value: what }]),
    ],
    sentences: [why],
    runs: id,
  };
}
