import { isSign } from '../validate/checked.ts';
import type { DocumentFinding, IncidentFacts } from './facts.ts';
import { phaseRow } from './phaseRow.ts';
import type { IncidentRow, RowTone } from './row.ts';

const rca = 'RCA.md';
const tones: Readonly<Record<DocumentFinding['severity'], { readonly icon: string; readonly tone?: RowTone }>> = {
  error: { icon: 'error', tone: 'bad' },
  warning: { icon: 'warning', tone: 'warning' },
  information: { icon: 'circle-large-outline' },
};

/** The fifth phase: the root cause analysis, and what is still missing in it. */
export function diagnoseSection({
  documents,
  rcaFindings,
  validation,
  readOnly,
}: IncidentFacts): readonly IncidentRow[] {
  const written = documents.includes(rca);
  const asked = validation?.verdicts.some(isSign) ?? false;
  const missing = rcaFindings.reduce((sum, { count }) => sum + count, 0);
  if (!written)
    return [
      phaseRow({
        id: 'diagnose',
        label: 'Diagnose',
        description: 'no RCA yet',
        state: asked ? 'open' : 'idle',
        sentences: ['Twilio asks for a root cause analysis; what is known is filled in.'],
        ...(readOnly === undefined && { runs: 'createRca' }),
      }),
    ];
  return [
    phaseRow({
      id: 'diagnose',
      label: 'Diagnose',
      description:
        missing === 0
          ? 'nothing missing in RCA.md'
          : `${missing} ${missing === 1 ? 'thing' : 'things'} missing in RCA.md`,
      state: missing === 0 ? 'done' : 'open',
      sentences: ['What the RCA lacks, as it was saved last. A click opens it; the editor marks each place.'],
      abilities: ['openIncidentFile'],
      file: rca,
      children: rcaFindings.map(({ code, severity, message, count }) => ({
        id: `diagnose/${code}`,
        label: `${count}× ${message}`,
        ...tones[severity],
        sentences: [message],
        abilities: ['openIncidentFile'],
        file: rca,
      })),
    }),
  ];
}
