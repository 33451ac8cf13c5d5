import { type Block, citationText, data, type Line, paragraph, text } from './document.ts';
import type { ContainmentStep } from './facts.ts';
import { utcMinute } from './formats.ts';

/** The steps taken, oldest first, each with what was read back and the way back. */
export function containment(steps: readonly ContainmentStep[]): readonly Block[] {
  if (steps.length === 0) return [paragraph(text('No containment step is recorded in this incident.'))];
  return [
    {
      kind: 'table',
      columns: ['Time', 'Step', 'Target', 'Outcome', 'Undo', 'Evidence'].map((heading) => ({ heading, align: 'left' })),
      rows: [...steps]
        .sort((a, b) => a.at - b.at)
        .map((step) => [
          [text(utcMinute(step.at))],
          [data(step.action)],
          target(step),
          outcome(step),
          [text(step.undo ?? '–')],
          [text(citationText(step.citations))],
        ]),
    },
  ];
}

function target({ target: name, sid }: ContainmentStep): Line {
  return sid === undefined ? [data(name)] : [data(name), text(' '), data(sid)];
}

function outcome({ outcome: word, detail }: ContainmentStep): Line {
  return detail === undefined ? [text(word)] : [text(`${word}: `), data(detail)];
}
