import { duration, utc } from '../model/age.ts';
import type { Connection } from '../model/connection.ts';
import { describe } from '../twilio/request.ts';
import { untrusted } from '../untrusted.ts';
import type { Action, Reversibility } from './action.ts';
import type { Plan, PlannedItem } from './plan.ts';
import type { PlannedAccount } from './planAccounts.ts';
import { planLifetime } from './planAge.ts';
import { type Target, targetId } from './target.ts';

const wayBack: Readonly<Record<Reversibility, string>> = {
  reversible:
    'Yes: “Undo Containment…” brings the state before back, also after a reload and in another window, until somebody changes it again.',
  perhaps: 'Perhaps: Twilio may refuse the way back.',
  irreversible: 'No. This cannot be undone.',
};

/** The list in which the plan is confirmed lies over the first lines of the editor. */
export const belowTheList = Array.from({ length: 6 }, () => '');

/**
 * The whole plan as Markdown that reads well unrendered, for a person to read before confirming. Hostile text is inert in it. `step`: its title where it is
 * one of several below a summary.
 */
export function planText(plan: Plan, connection: Connection, now: number, step?: string): string {
  const account = `${say(connection.name)} (${connection.account})`;
  const acted = plan.accounts.map((one) => accountText(one, connection)).join('; ');
  return [
    ...(step === undefined
      ? [`# ${plan.action.title.replace('…', '')}: nothing has been changed yet`, ...belowTheList]
      : [`# ${step}`, '']),
    `- Acts on: ${acted}`,
    `- Signed in as: ${account}${connection.demo ? ', the demo: nothing real is touched' : ''}`,
    `- Planned: ${utc(plan.created)}, ${duration(now - plan.created)} ago; good for ${duration(planLifetime)}`,
    `- Can be undone? ${undoText(plan, connection)}`,
    '',
    ...plan.items.flatMap((item, index) => itemLines(plan.action, item, index + 1)),
    ...plan.already.map((target) => `Already so: ${say(target.name)} (${idOf(target)})`),
    ...plan.refused.map(
      ({ target, reason }) => `Will not be done: ${say(target.name)} (${idOf(target)}). ${say(reason)}`,
    ),
    '',
  ].join('\n');
}

function undoText({ isUndo, action }: Plan, { demo }: Connection): string {
  if (isUndo) return 'This is an undo: plan the change anew to have it again.';
  // Nothing is changed in a demo that is started anew.
  if (demo && action.reversibility === 'reversible')
    return 'Yes: “Undo Containment…” brings the state before back, until the demo is started anew.';
  return wayBack[action.reversibility];
}

/** What happens before the first request, as Markdown. `canKeep`: an incident is open, in whose folder evidence is kept. */
export function captureText(wanted: boolean, canKeep: boolean): string {
  const head = '# Before the first request';
  if (!wanted) return `${head}\n\nNo evidence is captured, as you chose. That is recorded.\n`;
  if (!canKeep)
    return `${head}\n\nNo evidence is captured: it is kept in the folder of an incident, and none is open. That is recorded.\n`;
  return `${head}\n\nSecurity events and calls of the last 24 hours, API keys, numbers with their webhooks, and geo-permissions of the accounts above are captured, for two seconds at most. What could not be read by then is recorded as missing.\n`;
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
    // Some requests name no account: whose credential signs them decides.
    `Exactly these requests are sent, for account ${target.account}:`,
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

/** `Acme (AC…), the account signed in to`. Inert Markdown. */
export function accountText({ account, name }: PlannedAccount, { account: own }: Connection): string {
  const what = account === own ? 'the account signed in to' : 'a subaccount';
  return `${name === '' ? account : `${say(name)} (${account})`}, ${what}`;
}

/** A SID as it is; where there is none, the text is ours but for the name in it. */
function idOf(target: Target): string {
  const id = targetId(target);
  return /^[\w ]+$/.test(id) ? id : say(id);
}

function say(text: string): string {
  return untrusted(text).for('markdown');
}
