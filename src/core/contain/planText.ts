import { duration, utc } from '../model/age.ts';
import type { Connection } from '../model/connection.ts';
import { describe } from '../twilio/request.ts';
import { untrusted } from '../untrusted.ts';
import type { Action, Reversibility } from './action.ts';
import type { Plan, PlannedItem } from './plan.ts';
import { type Target, targetId } from './target.ts';

const wayBack: Readonly<Record<Reversibility, string>> = {
  reversible:
    'Yes: “Undo Containment…” brings the state before back, as long as this window is neither reloaded nor given another account.',
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
    ...plan.items.flatMap((item, index) => itemLines(plan.action, item, index + 1)),
    ...plan.already.map((target) => `Already so: ${say(target.name)} (${idOf(target)})`),
    ...plan.refused.map(
      ({ target, reason }) => `Will not be done: ${say(target.name)} (${idOf(target)}). ${say(reason)}`,
    ),
    '',
  ].join('\n');
}

function itemLines(action: Action, item: PlannedItem, number: number): readonly string[] {
  const { target, before, wanted, sweep, requests, blastRadius } = item;
  const changes = Object.keys(wanted).map(
    (name) => `- ${name}: ${say(before[name] ?? 'unknown')} → ${say(wanted[name] ?? '')}`,
  );
  return [
    `## ${number}. ${say(target.name)} (${idOf(target)})`,
    '',
    ...changes,
    '',
    'What depends on it:',
    '',
    ...blastRadius.map(({ name, value }) => `- ${name}: ${say(value)}`),
    '',
    'Exactly these requests are sent:',
    '',
    ...[...sweep, ...requests].map((request) => `    ${describe(request)}`),
    ...sweepLines(action, target),
    '',
  ];
}

/** What a sweep sends is known in kind, not in number. */
function sweepLines(action: Action, target: Target): readonly string[] {
  if (!action.sweep) return [];
  const { of, prefix } = action.sweep;
  const zeros = '0'.repeat(32);
  const shape = describe(action.sweep.one(target, `${prefix}${zeros}`)).replace(`${prefix}${zeros}`, `${prefix}…`);
  return [
    '',
    `and this for each ${of} that is found then, and again until none is left, five times at most:`,
    '',
    `    ${shape}`,
  ];
}

/** A SID as it is; where there is none, the text is ours but for the name in it. */
function idOf(target: Target): string {
  const id = targetId(target);
  return /^[\w ]+$/.test(id) ? id : say(id);
}

function say(text: string): string {
  return untrusted(text).for('markdown');
}
