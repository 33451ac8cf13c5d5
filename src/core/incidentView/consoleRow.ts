import type { ConsoleStepState } from '../contain/consoleStepRecord.ts';
import { consoleAddress, stateText } from '../contain/consoleStepText.ts';
import type { IncidentRow, RowTone } from './row.ts';
import { consoleName } from './shortNames.ts';

const looks: Readonly<Record<ConsoleStepState['state'], { readonly icon: string; readonly tone?: RowTone }>> = {
  open: { icon: 'browser' },
  told: { icon: 'pass' },
  confirmed: { icon: 'pass', tone: 'good' },
};

/** Something that only the Twilio Console can do, and how it stands; a click guides through it. */
export function consoleRow(known: ConsoleStepState): IncidentRow {
  const { step, state, at } = known;
  return {
    id: `contain/console/${step.id}`,
    label: `${consoleName(step.id, step.title)}…`,
    description: `${stateText(known)} · in the Console`,
    ...looks[state],
    facts: [
      { name: 'Where', value: step.path.join(' → ') },
      ...(step.page === undefined ? [] : [{ name: 'Page', value: consoleAddress(step) }]),
      ...(at === undefined ? [] : [{ name: 'Recorded', value: { at } }]),
    ],
    sentences: [`${step.title}.`, step.why, ...step.checks],
    consoleStep: step.id,
    clicks: 'consoleSteps',
  };
}
