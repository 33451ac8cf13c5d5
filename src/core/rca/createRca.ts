import { containment } from './containment.ts';
import {
  type Block,
  data,
  type GeneratedId,
  heading,
  paragraph,
  prompt,
  type RcaDocument,
  strong,
  text,
} from './document.ts';
import type { RcaFacts } from './facts.ts';
import { utcMinute } from './formats.ts';
import { country, impact } from './impact.ts';

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
      generated('impact', impact(facts)),
      prompt('what happened, in two or three sentences, and who was affected?'),
      prompt('when was it discovered (UTC), by whom and how?'),
      prompt('are the start and end of the window above the exact start and end of the incident (UTC)?'),
      heading(2, '2. Root cause'),
      prompt(
        'how was this possible? Name one or more of: credential exposure, weak authentication, unprotected public endpoint, permissive geo-permissions, insufficient know-your-customer checks. Ask “why?” until the answer is something you can change.',
      ),
      heading(2, '3. Resolution'),
      generated('containment', containment(facts.containment)),
      prompt(
        'which measures were taken elsewhere (Twilio Console, your application, Twilio Support), each with its UTC time?',
      ),
      heading(2, '4. Corrective and preventive actions'),
      heading(3, 'Secure credential handling'),
      prompt(
        'which Auth Tokens and API keys were rotated or deleted, where are they kept now, and who owns their rotation?',
      ),
      heading(3, 'Repository and server hardening'),
      prompt(
        'which repositories and servers were checked for credentials, and which limits protect every public form that can send a message or start a call (rate limit, CAPTCHA, country allow-list)?',
      ),
      heading(3, 'Monitoring and compliance'),
      ...geoReview(facts),
      prompt(
        'which usage triggers and alarms tell you next time, who receives them, and who owns each action with which due date?',
      ),
    ],
  };
}

function summary({ title, status, accounts, window, asOf, chainHead }: RcaFacts): Block {
  return {
    kind: 'list',
    items: [
      [strong('Incident:'), text(' '), data(title)],
      [strong('Status:'), text(` ${status}`)],
      ...accounts.map(({ name, sid }) => [strong('Account:'), text(' '), data(name), text(', '), data(sid)]),
      [strong('Window:'), text(` ${utcMinute(window.from)} to ${utcMinute(window.to)}`)],
      [strong('Facts as of:'), text(` ${utcMinute(asOf)}`)],
      // A SHA-256 is digits enough to be masked as a phone number: it goes in as our own words, and only when it is one.
      ...(chainHead && /^[0-9a-f]{64}$/.test(chainHead.hash)
        ? [[strong('Journal:'), text(` record ${chainHead.seq}, SHA-256 ${chainHead.hash}`)]]
        : []),
    ],
  };
}

/** The countries with excess traffic, as a proposal for the SMS geo-permissions. Nothing to propose gives no block. */
function geoReview({ traffic = [] }: RcaFacts): readonly Block[] {
  const excessive = [...traffic].filter((row) => row.excess > 0).sort((a, b) => b.excess - a.excess);
  if (excessive.length === 0) return [];
  return [
    generated('geo-review', [
      paragraph(text('Close these countries in the SMS geo-permissions unless you do business there:')),
      { kind: 'list', items: excessive.map(country) },
    ]),
  ];
}

function generated(id: GeneratedId, blocks: readonly Block[]): Block {
  return { kind: 'generated', id, blocks };
}
