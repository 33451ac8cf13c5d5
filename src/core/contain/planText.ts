import { duration, utc } from '../model/age.ts';
import type { Connection } from '../model/connection.ts';
import { shortSid } from '../model/sid.ts';
import { describe } from '../twilio/request.ts';
import { untrusted } from '../untrusted.ts';
import type { Reversibility } from './action.ts';
import type { Plan, PlannedItem } from './plan.ts';

const wayBack: Readonly<Record<Reversibility, string>> = {
  reversible: 'Yes: “Undo Containment…” brings the state before back.',
  perhaps: 'Perhaps: Twilio may refuse the way back.',
  irreversible: 'No. This cannot be undone.',
};

/** The list in which the plan is confirmed lies over the first lines of the editor. */
const belowTheList = ['', '', '', ''];

/** The whole plan as Markdown that reads well unrendered, for a person to read before confirming. Hostile text is inert in it. */
export function planText(plan: Plan, connection: Connection, now: number): string {
  const account = `${say(connection.name)} (${connection.account})`;
  return [
    `# ${plan.action.title.replace('…', '')}: nothing has been changed yet`,
    ...belowTheList,
    `- Account: ${account}${connection.demo ? ', the demo: nothing real is touched' : ''}`,
    `- Planned: ${utc(plan.created)}, ${duration(now - plan.created)} ago`,
    `- Can be undone? ${wayBack[plan.action.reversibility]}`,
    '',
    ...plan.items.flatMap((item, index) => itemLines(item, index + 1)),
    ...plan.already.map((target) => `Already so: ${say(target.name)} (${shortSid(target.account)})`),
    ...plan.refused.map(
      ({ target, reason }) => `Will not be done: ${say(target.name)} (${shortSid(target.account)}). ${say(reason)}`,
    ),
    '',
  ].join('\n');
}

function itemLines({ target, before, wanted, requests, blastRadius }: PlannedItem, number: number): readonly string[] {
  const changes = Object.keys(wanted).map(
    (name) => `- ${name}: ${say(before[name] ?? 'unknown')} → ${say(wanted[name] ?? '')}`,
  );
  return [
    `## ${number}. ${say(target.name)} (${target.account})`,
    '',
    ...changes,
    '',
    'What depends on it:',
    '',
    ...blastRadius.map(({ name, value }) => `- ${name}: ${say(value)}`),
    '',
    'Exactly these requests are sent:',
    '',
    ...requests.map((request) => `    ${describe(request)}`),
    '',
  ];
}

function say(text: string): string {
  return untrusted(text).for('markdown');
}
