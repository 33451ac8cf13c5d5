import { utc } from '../model/age.ts';
import { consoleRow } from './consoleRow.ts';
import type { IncidentFacts } from './facts.ts';
import type { LeverState } from './leverStates.ts';
import { everyLever, fittingSteps, type Lever } from './levers.ts';
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
  const fits = fitting.flatMap((step) => ('lever' in step ? [step.lever] : []));
  const further = everyLever.filter(({ id }) => isBegun(levers.get(id)) && !fits.some((lever) => lever.id === id));
  // What helps in some incidents counts once somebody began it.
  const counted = [...fits.filter(({ id, always }) => always || isBegun(levers.get(id))), ...further];
  const done = counted.filter(({ id }) => levers.get(id)?.state === 'done').length;
  const inConsole = fitting.flatMap((step) => ('console' in step ? [step.console] : []));
  const open = inConsole.filter((known) => known.state === 'open').length;
  const settled = done === counted.length && open === 0;
  const state = [
    ...(counted.length > 0 ? [`${done} of ${counted.length} steps done by API`] : []),
    ...(inConsole.length === 0
      ? []
      : [open > 0 ? `${open} open in the Console` : `${inConsole.length} done in the Console`]),
  ].join(' · ');
  const nothing = validation ? 'nothing found that asks for it' : 'possible at any time';
  return [
    phaseRow({
      id: 'contain',
      label: 'Contain',
      description: state === '' ? nothing : state,
      state: state === '' ? 'idle' : settled ? 'done' : 'open',
      sentences: [
        'Reached as fast as possible, and never waits for Support. Every step shows its plan first; a click begins it.',
      ],
      children: [
        ...fitting.map((step) =>
          'lever' in step ? leverRow(step.lever, levers.get(step.lever.id)) : consoleRow(step.console),
        ),
        ...further.map((lever) => leverRow(lever, levers.get(lever.id))),
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

/** Whether it was sent and not taken back. */
function isBegun(known: LeverState | undefined): boolean {
  return known?.state === 'done' || known?.state === 'unclear';
}

function listed(names: readonly string[]): string {
  const more = names.length - mostTargets;
  return `${names.slice(0, mostTargets).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function leverRow({ id, label, why, always }: Lever, known: LeverState | undefined): IncidentRow {
  const state = known?.state ?? 'open';
  const what = listed(known?.targets ?? []);
  const refused = listed(known?.refused ?? []);
  return {
    id: `contain/${id}`,
    label,
    description: known
      ? `${state} ${utc(known.at)}${what === '' ? '' : `: ${what}`}${refused === '' ? '' : `; refused: ${refused}`}`
      : always
        ? state
        : `${state}, where it applies`,
    ...looks[state],
    facts: [
      { name: 'State', value: state },
      ...(known ? [{ name: 'Last', value: { at: known.at } }] : []),
      ...(what === '' ? [] : [{ name: 'For', value: what }]),
      ...(refused === '' ? [] : [{ name: 'Refused for', value: refused }]),
    ],
    sentences: [why],
    runs: id,
  };
}
