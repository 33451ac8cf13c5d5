import { utc } from '../model/age.ts';
import { type CheckedSignal, type CheckedType, type CitedRow, isSign, typeName } from '../validate/checked.ts';
import type { Grade } from '../validate/verdict.ts';
import { addressRows } from './addressRows.ts';
import type { IncidentFacts } from './facts.ts';
import type { IncidentRow, RowTone } from './row.ts';
import { signalRow } from './signalRow.ts';
import { notes, settleRow, shortRow } from './validateNotes.ts';

const grades: Readonly<Record<Grade, { readonly icon: string; readonly tone?: RowTone }>> = {
  confirmed: { icon: 'error', tone: 'bad' },
  likely: { icon: 'warning', tone: 'bad' },
  possible: { icon: 'warning', tone: 'warning' },
  unlikely: { icon: 'pass', tone: 'good' },
  'cannot tell': { icon: 'question' },
};
/** Whether it is fraud, and which: a row per type with its grade, and below it each indicator of the guide with what it rests on. */
export function validateSection({
  validation,
  validating,
  coverage,
  window,
  readOnly,
}: IncidentFacts): readonly IncidentRow[] {
  const collected = coverage.some(({ state }) => state !== 'not collected');
  if (!validation) {
    if (!collected && !validating) return [];
    return [
      {
        id: 'validate',
        label: 'Validate',
        description: validating ? 'being validated…' : 'not validated yet',
        icon: validating ? 'sync' : 'search',
        sentences: [
          'Judges what was collected by the 25 indicators of Twilio’s fraud guide. Nothing is asked of Twilio.',
        ],
        ...(!validating && { runs: 'validate' }),
      },
    ];
  }
  const { verdicts, results, sentence, at, outdated, cited } = validation;
  const signs = [...Map.groupBy(verdicts.filter(isSign), ({ grade }) => grade)];
  const said =
    signs.length > 0
      ? signs.map(([grade, own]) => `${own.length} ${grade}`).join(' · ')
      : `no sign of fraud in what was collected`;
  return [
    {
      id: 'validate',
      label: 'Validate',
      description: validating ? 'being validated…' : `${outdated ? 'out of date · ' : ''}${said}`,
      icon: validating ? 'sync' : 'search',
      facts: [{ name: 'Validated', value: { at } }],
      sentences: [sentence],
      children: [
        ...notes(validation, readOnly),
        ...shortRow(validation, window),
        ...verdicts.map((verdict) =>
          verdictRow(
            verdict,
            results.filter(({ type }) => type === verdict.type),
            cited,
          ),
        ),
        ...addressRows(validation.addresses),
        ...settleRow(validation),
      ],
      expanded: true,
    },
  ];
}

function verdictRow(verdict: CheckedType, results: readonly CheckedSignal[], cited: readonly CitedRow[]): IncidentRow {
  const { type, grade, sentence, start } = verdict;
  const count = (states: readonly CheckedSignal['state'][]): number =>
    results.filter(({ state }) => states.includes(state)).length;
  const hits = count(['hit']);
  const counts = [
    hits === 1 ? '1 hit' : `${hits} hits`,
    `${count(['clean'])} clean`,
    `${results.length - hits - count(['clean'])} open`,
  ];
  return {
    id: `validate/${type}`,
    label: typeName(type),
    description: [grade, ...counts, ...(start === undefined ? [] : [`since ${utc(start)}`])].join(' · '),
    ...grades[grade],
    ...(start !== undefined && { facts: [{ name: 'Since', value: { at: start } }] }),
    sentences: [sentence],
    children: results.toSorted((a, b) => weight(a) - weight(b)).map((signal) => signalRow(signal, cited)),
  };
}

const order: readonly string[] = [
  'critical',
  'warning',
  'notice',
  'not enough data',
  'not checked yet',
  'not visible by API',
  'clean',
];

/** Hits first, the most severe at the top; then what is open. Equal ones stay in the guide's order. */
function weight({ state, severity }: CheckedSignal): number {
  return order.indexOf(state === 'hit' ? (severity ?? 'notice') : state);
}
