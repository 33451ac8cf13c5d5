import type { ConsoleStepState } from '../contain/consoleStepRecord.ts';
import { consoleAddress, stateText } from '../contain/consoleStepText.ts';
import type { IncidentRow, RowTone } from './row.ts';

const looks: Readonly<Record<ConsoleStepState['state'], { readonly icon: string; readonly tone?: RowTone }>> = {
  open: { icon: 'circle-large-outline' },
  told: { icon: 'pass' },
  confirmed: { icon: 'pass', tone: 'good' },
};

/** Something that only the Twilio Console can do, and how it stands; a click guides through it. */
export function consoleRow(known: ConsoleStepState): IncidentRow {
  const { step, state, at } = known;
  return {
    id: `contain/console/${step.id}`,
    label: `${step.title}…`,
    description: `in the Console · ${stateText(known)}`,
    ...looks[state],
    facts: [
      { name: 'Where', value: step.path.join(' → ') },
      ...(step.page === undefined ? [] : [{ name: 'Page', value: consoleAddress(step) }]),
      ...(at === undefined ? [] : [{ name: 'Recorded', value: { at } }]),
    ],
    sentences: [step.why, ...step.checks],
    consoleStep: step.id,
    clicks: 'consoleSteps',
  };
}
