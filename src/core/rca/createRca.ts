import { incidentTypes } from '../model/incident.ts';
import type { FraudType } from '../validate/signal.ts';
import { attack } from './attack.ts';
import { type CauseClass, causeHints, causes } from './causes.ts';
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
  left,
  paragraph,
  prompt,
  promptSign,
  type RcaDocument,
  text,
} from './document.ts';
import { type DoneState, doneState } from './doneState.ts';
import { evidence } from './evidence.ts';
import type { ContainmentStep, RcaFacts, TrafficRow } from './facts.ts';
import { country, impact } from './impact.ts';
import { nameOf } from './impacted.ts';
import { indicators } from './indicators.ts';
import { figures, otherImpact } from './otherImpact.ts';
import { overview } from './overview.ts';
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
      generated('overview', overview(facts)),
      prompt('Who was affected, and what did they notice? In two or three sentences.'),
      prompt('When was it discovered (UTC), by whom and how?'),
      prompt(
        'Are start and end as above the exact ones of the incident (UTC)? If not, which are, and how is that known?',
      ),
      heading(3, 'What was attacked'),
      generated('attack', attack(facts)),
      heading(3, 'Indicators'),
      generated('indicators', indicators(facts)),
      heading(3, 'Timeline'),
      generated('timeline', timeline(facts)),
      heading(3, 'Impact'),
      generated('impact', [...figures(facts), ...impact(facts), ...otherImpact(facts)]),
      ...impactPrompts(facts),
      prompt('What did it do to your users and your service (outage, complaints, reputation, data protection)?'),
      heading(3, 'Evidence'),
      generated('evidence', evidence(facts)),
      heading(2, '2. Root cause'),
      generated('causes', causes(facts)),
      prompt('Which of these five was it? Say how it was possible, and which evidence shows it.'),
      heading(3, 'Five whys'),
      { kind: 'list', ordered: true, items: whys(facts).map((why) => [text(`${promptSign} ${why}`)]) },
      heading(2, '3. Resolution'),
      generated('containment', containment(facts)),
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

/** What only a person knows of the impact, by what the incident is. */
function impactPrompts({ type, verdict }: RcaFacts): readonly Block[] {
  const is = (id: FraudType) =>
    type === incidentTypes[id] || (verdict?.types ?? []).some((one) => one.type === id && one.grade !== 'possible');
  return [
    ...(is('account-takeover')
      ? [prompt('Which personal data could be read (messages, recordings, exports), and who has to be told?')]
      : []),
    ...(is('smishing')
      ? [prompt('Which data did the messages ask for, whose brand did they use, and who warned the recipients?')]
      : []),
    ...(is('toll-fraud')
      ? [prompt('Which application placed the calls, and which of your numbers were they billed to?')]
      : []),
  ];
}

/** The first question is about what the evidence speaks for most. */
function whys(facts: RcaFacts): readonly string[] {
  const hint = causeHints(facts).find(({ speaks }) => speaks === 'for');
  return [
    hint ? firstWhy[hint.cause] : 'Why could it happen?',
    'Why was that so?',
    'Why was that not prevented?',
    'Why was it not noticed earlier?',
    'Why will it not happen again?',
  ];
}

const firstWhy: Readonly<Record<CauseClass, string>> = {
  'credential-exposure': 'Why did somebody else hold a credential of the account?',
  'weak-authentication': 'Why could somebody else sign in or change a user?',
  'unprotected-endpoint': 'Why could requests that no person made send messages?',
  'permissive-geo': 'Why could countries be reached that you have no business in?',
  'insufficient-kyc': 'Why could an unknown customer send from an account of yours?',
};

/** The proposed actions, for a person to give each an owner and a date. Not written again: what is in it then is the person's. */
function part(facts: RcaFacts, id: ActionPart): readonly Block[] {
  return [
    heading(3, actionParts[id]),
    {
      kind: 'table',
      columns: left('Action', 'Because of', 'State', 'Owner', 'Due (UTC)'),
      rows: proposedActions(facts, id).map(({ title, indicators: hits, citations, done, reach }): readonly Line[] => [
        [text(title)],
        [text(because(hits, citations))],
        ...stateOwnerAndDue(doneState(facts, done, reach)),
      ]),
    },
  ];
}

/** What is done in part needs somebody and a date for the rest. */
function stateOwnerAndDue({ steps, isWhole, line }: DoneState): readonly Line[] {
  const left: Line = [text(isWhole ? '–' : promptSign)];
  return [steps.length === 0 && !isWhole ? [text('to do')] : line, left, left];
}

/** `A1, A4: E1:4, J24`. */
function because(hits: readonly string[], citations: readonly string[]): string {
  if (citations.length === 0) return 'good practice';
  return `${hits.length === 0 ? '' : `${hits.join(', ')}: `}${citationText(citations)}`;
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
            : [
                text(': closed'),
                ...closedIn(facts, closing(row)),
                ...cited(closing(row).flatMap(({ citations = [] }) => citations)),
              ]),
        ]),
      },
    ]),
  ];
}

/** ` in Acme, Acme Pay`: another account may still send there. */
function closedIn(facts: RcaFacts, steps: readonly ContainmentStep[]): Line {
  const names = [...new Set(steps.flatMap(({ account }) => (account === undefined ? [] : nameOf(account, facts))))];
  return names.flatMap((name, i) => [text(i === 0 ? ' in ' : ', '), data(name)]);
}

function generated(id: GeneratedId, blocks: readonly Block[]): Block {
  return { kind: 'generated', id, blocks };
}
