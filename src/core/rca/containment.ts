import { incidentTypes } from '../model/incident.ts';
import { standingSteps } from './correctiveActions.ts';
import { type Block, citationText, data, type Line, left, paragraph, text } from './document.ts';
import { doneState, type Reach } from './doneState.ts';
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
  { title: 'Auth Tokens of impacted accounts rotated', ids: ['rotateAuthToken'], reach: 'accounts' },
  { title: 'API keys of impacted accounts deleted', ids: ['deleteApiKey'], reach: 'keys' },
  { title: 'Two-factor authentication enforced for users', ids: ['enforceTwoFactor'] },
  { title: 'Leaking repositories made private, what leaked replaced', ids: ['hideLeakedCode'] },
] as const satisfies readonly { title: string; ids: readonly string[]; reach?: Reach }[];

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
      rows: sanitizing.map(({ title, ids, ...more }): readonly Line[] => [
        [text(title)],
        doneState(facts, standingSteps(facts, ids), 'reach' in more ? more.reach : undefined).line,
      ]),
    },
  ];
}
