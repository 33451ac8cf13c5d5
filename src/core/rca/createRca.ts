import { attack } from './attack.ts';
import { causes } from './causes.ts';
import { containment } from './containment.ts';
import { type ActionPart, actionParts, proposedActions, standingSteps } from './correctiveActions.ts';
import {
  type Block,
  citationText,
  cited,
  data,
  type GeneratedId,
  heading,
  type Line,
  paragraph,
  prompt,
  promptSign,
  type RcaDocument,
  text,
} from './document.ts';
import { evidence } from './evidence.ts';
import type { ContainmentStep, RcaFacts, TrafficRow } from './facts.ts';
import { country, impact } from './impact.ts';
import { figures, otherImpact } from './otherImpact.ts';
import { summary } from './summary.ts';
import { timeline } from './timeline.ts';

/**
 * The root-cause analysis of an incident: the four questions of Twilio's RCA form in its order, filled in with what is known,
 * and a visible question wherever only a person knows. Numbers of third parties are masked.
 */
export function createRca(facts: RcaFacts): RcaDocument {
  return {
    blocks: [
      heading(1, 'Root cause analysis'),
      generated('summary', [summary(facts)]),
      heading(2, '1. Incident description'),
      prompt('What happened, in two or three sentences, and who was affected?'),
      prompt('When was it discovered (UTC), by whom and how?'),
      prompt('Are the start and end of the window above the exact start and end of the incident (UTC)?'),
      heading(3, 'What was attacked'),
      generated('attack', attack(facts)),
      heading(3, 'Timeline'),
      generated('timeline', timeline(facts)),
      heading(3, 'Impact'),
      generated('impact', [...figures(facts), ...impact(facts), ...otherImpact(facts)]),
      prompt('What did it do to your users and your service (outage, complaints, reputation, data protection)?'),
      heading(3, 'Evidence'),
      generated('evidence', evidence(facts)),
      heading(2, '2. Root cause'),
      generated('causes', causes(facts)),
      prompt('Which of these five was it? Say how it was possible, and which evidence shows it.'),
      heading(3, 'Five whys'),
      { kind: 'list', ordered: true, items: whys.map((why) => [text(`${promptSign} ${why}`)]) },
      heading(2, '3. Resolution'),
      generated('containment', containment(facts.containment)),
      prompt(
        'Which measures were taken elsewhere (Twilio Console, your application, Twilio Support), each with its UTC time?',
      ),
      heading(2, '4. Corrective and preventive actions'),
      ...part(facts, 'credentials'),
      prompt('Which Auth Tokens and API keys were rotated or deleted, and where are they kept now?'),
      ...part(facts, 'hardening'),
      prompt('Which repositories and servers were checked for credentials?'),
      ...part(facts, 'monitoring'),
      ...geoReview(facts),
      prompt('Which alarm tells you next time, and who receives it?'),
    ],
  };
}

const whys = [
  'Why could it happen?',
  'Why was that so?',
  'Why was that not prevented?',
  'Why was it not noticed earlier?',
  'Why will it not happen again?',
];

/** The proposed actions, for a person to give each an owner and a date. Not written again: what is in it then is the person's. */
function part(facts: RcaFacts, id: ActionPart): readonly Block[] {
  return [
    heading(3, actionParts[id]),
    {
      kind: 'table',
      columns: ['Action', 'Because of', 'Owner', 'Due (UTC)'].map((title) => ({ heading: title, align: 'left' })),
      rows: proposedActions(facts, id).map(({ title, citations, done }): readonly Line[] => [
        [text(title)],
        [text(citations.length === 0 ? 'good practice' : citationText(citations))],
        ...(done.length === 0 ? [[text(promptSign)], [text(promptSign)]] : [doneFor(done), [text('–')]]),
      ]),
    },
  ];
}

/** `done for X, Y (J22)`: for what it was done, because only a person knows whether that is all. */
function doneFor(steps: readonly ContainmentStep[]): Line {
  const names = [...new Set(steps.map(({ target }) => target))].slice(0, 5);
  return [
    text('done for '),
    ...names.flatMap((name, i) => (i === 0 ? [data(name)] : [text(', '), data(name)])),
    ...cited(steps.flatMap(({ citations = [] }) => citations)),
  ];
}

/** The countries with excess traffic, as a proposal for the SMS geo-permissions. Nothing to propose gives no block. */
function geoReview(facts: RcaFacts): readonly Block[] {
  const { traffic = [] } = facts;
  const excessive = [...traffic].filter((row) => row.excess > 0).sort((a, b) => b.excess - a.excess);
  if (excessive.length === 0) return [];
  const closed = standingSteps(facts, ['Close Country for SMS']);
  const closing = ({ country: iso, name }: TrafficRow) =>
    closed.filter(({ target, sid = '' }) => target === name || sid.split(/[^A-Za-z0-9]/).includes(iso));
  const open = excessive.filter((row) => closing(row).length === 0);
  return [
    generated('geo-review', [
      paragraph(
        text(
          open.length > 0
            ? 'Close these countries in the SMS geo-permissions unless you do business there:'
            : 'These countries are closed in the SMS geo-permissions:',
        ),
      ),
      {
        kind: 'list',
        items: excessive.map((row) => [
          ...country(row),
          ...cited(row.citations),
          ...(closing(row).length === 0
            ? []
            : [text(': closed'), ...cited(closing(row).flatMap(({ citations = [] }) => citations))]),
        ]),
      },
    ]),
  ];
}

function generated(id: GeneratedId, blocks: readonly Block[]): Block {
  return { kind: 'generated', id, blocks };
}
