import { sourceWords } from '../evidence/sourceTitles.ts';
import type { CheckedSignal, CitedRow } from '../validate/checked.ts';
import { citedEvidence } from './citedEvidence.ts';
import type { IncidentRow, RowFact, RowTone } from './row.ts';
import { signalName } from './shortNames.ts';

interface Look {
  readonly icon: string;
  readonly tone?: RowTone;
}

const states: Readonly<Record<Exclude<CheckedSignal['state'], 'hit'>, Look>> = {
  clean: { icon: 'pass', tone: 'good' },
  'not enough data': { icon: 'question' },
  'not visible by API': { icon: 'eye-closed' },
  'not checked yet': { icon: 'circle-large-outline' },
};
const hits: Readonly<Record<NonNullable<CheckedSignal['severity']>, Look>> = {
  critical: { icon: 'error', tone: 'bad' },
  warning: { icon: 'warning', tone: 'warning' },
  notice: { icon: 'info' },
};

/** An indicator with what it found, below it what that rests on, and where a person looks when the API does not tell. */
export function signalRow(signal: CheckedSignal, cited: readonly CitedRow[]): IncidentRow {
  const { id, title, state, severity, sentence, first, last, check, incomplete } = signal;
  const facts: readonly (RowFact | false)[] = [
    { name: 'State', value: severity ? `${state}, ${severity}` : state },
    first !== undefined && { name: 'First', value: { at: first } },
    last !== undefined && { name: 'Last', value: { at: last } },
    check !== undefined && { name: 'Where to check', value: check.where },
  ];
  // What is missing can change what is clean more than what is hit.
  const partly = incomplete && state === 'clean' ? ' in what was collected' : '';
  const row = `validate/${signal.type}/${id}`;
  const children = citedEvidence(row, signal, cited);
  return {
    id: row,
    label: signalName(id, title),
    description: `${state}${partly} · ${sentence}`,
    ...(state === 'hit' ? hits[severity ?? 'notice'] : partly ? { icon: 'pass' } : states[state]),
    facts: facts.filter((fact) => fact !== false),
    sentences: [
      `${title}.`,
      sentence,
      ...(check ? [check.what] : []),
      ...(incomplete ? [`Something is missing of ${incomplete.map(sourceWords).join(', ')}; it may change this.`] : []),
    ],
    ...(check?.consolePath !== undefined && { abilities: ['openInConsole'], consolePath: check.consolePath }),
    ...(children.length > 0 && { children }),
  };
}
