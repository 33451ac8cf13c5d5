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
  partly: { icon: 'pass-filled', tone: 'warning' },
  refused: { icon: 'error', tone: 'bad' },
  undone: { icon: 'discard', tone: 'warning' },
  unclear: { icon: 'question', tone: 'warning' },
  unproven: { icon: 'question', tone: 'warning' },
};
/** What is to be done about what did not end well, a sentence each. */
const leftToDo = {
  refused:
    'Refused: Twilio still holds the state before, and the Timeline says why. Plan it again, or do it in the Console.',
  unclear: 'Unclear: it was sent, and nobody knows how it ended. Look at it in the Console.',
  unproven:
    'Unproven: a record says so that this computer did not seal. Plan it again: what is so already is told then.',
} as const;
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
  // What was taken back may let the fraud go on: it is no longer done, and must not drop out unsaid.
  const undone = fits.filter(({ id }) => levers.get(id)?.state === 'undone').length;
  const inConsole = fitting.flatMap((step) => ('console' in step ? [step.console] : []));
  const open = inConsole.filter((known) => known.state === 'open').length;
  const settled = done === counted.length && open === 0;
  const state = [
    ...(counted.length > 0 ? [`${done} of ${counted.length} ${counted.length === 1 ? 'action' : 'actions'} done`] : []),
    ...(undone > 0 ? [`${undone} undone`] : []),
    ...(inConsole.length === 0 ? [] : [open > 0 ? `${open} in Console` : `${inConsole.length} done in Console`]),
  ].join(' · ');
  const nothing = validation ? 'nothing found that asks for it' : 'possible at any time';
  return [
    phaseRow({
      id: 'contain',
      label: 'Contain',
      description: state === '' ? nothing : state,
      state: state === '' ? 'idle' : settled ? 'done' : 'open',
      sentences: [
        ...(state === ''
          ? []
          : [
              'Actions by API are counted, each once however many changes it makes; beside them stands what is open in the Console.',
            ]),
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
          description: 'several in one plan',
          icon: 'shield',
          runs: 'contain',
        },
      ],
    }),
  ];
}

/** Whether it was sent and not taken back. */
function isBegun(known: LeverState | undefined): boolean {
  return known !== undefined && ['done', 'partly', 'unclear', 'unproven'].includes(known.state);
}

function listed(names: readonly string[]): string {
  const more = names.length - mostTargets;
  return `${names.slice(0, mostTargets).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function leverRow({ id, label, why, always }: Lever, known: LeverState | undefined): IncidentRow {
  const state = known?.state ?? 'open';
  const { done = [], refused = [], unproven = [] } = known ?? {};
  const beside = { unclear: [], refused, unproven } as const;
  const left = (['unclear', 'refused', 'unproven'] as const).filter((one) => state === one || beside[one].length > 0);
  const named = (name: string, names: readonly string[]) => (names.length > 0 ? [{ name, value: listed(names) }] : []);
  return {
    id: `contain/${id}`,
    label,
    description: known ? standing(known) : always ? state : `${state}, where it applies`,
    ...looks[state],
    facts: [
      { name: 'State', value: state },
      ...(known ? [{ name: 'Last', value: { at: known.at } }] : []),
      ...named(state === 'partly' ? 'Done for' : 'For', known?.targets ?? []),
      ...named('Done for', done),
      ...named('Refused for, left to do', refused),
      ...named('Unproven for', unproven),
    ],
    sentences: [why, ...left.map((one) => leftToDo[one])],
    runs: id,
  };
}

/** `done 2026-11-21 12:00 UTC: Acme`, `1 of 2 done 2026-11-21 12:00 UTC: Acme; left to do, refused: Shop`. Names are hostile text. */
function standing({ state, at, targets, done = [], refused = [], unproven = [] }: LeverState): string {
  const word = state === 'partly' ? `${targets.length} of ${targets.length + refused.length} done` : state;
  return [
    `${word} ${utc(at)}${targets.length === 0 ? '' : `: ${listed(targets)}`}`,
    ...(done.length === 0 ? [] : [`done: ${listed(done)}`]),
    ...(refused.length === 0 ? [] : [`left to do, refused: ${listed(refused)}`]),
    ...(unproven.length === 0 ? [] : [`unproven: ${listed(unproven)}`]),
  ].join('; ');
}
