import { incidentTypes } from '../model/incident.ts';
import { standingSteps } from './correctiveActions.ts';
import { type Block, citationText, cited, data, type Line, left, paragraph, text } from './document.ts';
import type { ContainmentStep, RcaFacts } from './facts.ts';
import { utcMinute } from './formats.ts';

/** The steps taken, oldest first, each with what was read back and the way back; after a takeover what Twilio asks for, too. */
export function containment(facts: RcaFacts): readonly Block[] {
  const { containment: steps } = facts;
  if (steps.length === 0)
    return [paragraph(text('No containment step is recorded in this incident.')), ...sanitization(facts)];
  return [
    {
      kind: 'table',
      columns: left('Time', 'Step', 'Target', 'Outcome', 'Undo', 'Evidence'),
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
    ...sanitization(facts),
  ];
}

function target({ target: name, sid }: ContainmentStep): Line {
  return sid === undefined ? [data(name)] : [data(name), text(' '), data(sid)];
}

function outcome({ outcome: word, detail }: ContainmentStep): Line {
  return detail === undefined ? [text(word)] : [text(`${word}: `), data(detail)];
}

/** What Twilio asks for before it reactivates an account that was taken over (Fraud & Abuse Response Guide, "Contain"). */
const sanitizing = [
  { title: 'Auth Token of every impacted account rotated', ids: ['rotateAuthToken'] },
  { title: 'All API keys deleted', ids: ['deleteApiKey'] },
  { title: 'Two-factor authentication enforced for every user', ids: ['enforceTwoFactor'] },
  { title: 'Leaking repositories made private, what leaked replaced', ids: ['hideLeakedCode'] },
] as const;

function sanitization(facts: RcaFacts): readonly Block[] {
  const { type, verdict } = facts;
  const isTakeover =
    type === incidentTypes['account-takeover'] ||
    (verdict?.types ?? []).some((one) => one.type === 'account-takeover' && one.grade !== 'possible');
  if (!isTakeover) return [];
  return [
    paragraph(
      text('What Twilio asks for after an account takeover, for the main account and every impacted subaccount:'),
    ),
    {
      kind: 'table',
      columns: left('Sanitization', 'State'),
      rows: sanitizing.map(({ title, ids }): readonly Line[] => {
        const done = standingSteps(facts, ids);
        return [[text(title)], done.length === 0 ? [text('not recorded yet')] : doneFor(done)];
      }),
    },
  ];
}

const mostNamed = 5;

/** `done for X, Y (J22)`: for what it was done, because only a person knows whether that is all. */
export function doneFor(steps: readonly ContainmentStep[]): Line {
  const names = [...new Set(steps.map(({ target: name }) => name))].slice(0, mostNamed);
  return [
    text('done for '),
    ...names.flatMap((name, i) => (i === 0 ? [data(name)] : [text(', '), data(name)])),
    ...cited(steps.flatMap(({ citations = [] }) => citations)),
  ];
}
