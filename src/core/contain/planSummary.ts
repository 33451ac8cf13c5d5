import type { Connection } from '../model/connection.ts';
import { untrusted } from '../untrusted.ts';
import { askedText, typedConfirmation } from './confirmation.ts';
import type { Plan } from './plan.ts';
import { accountText, belowTheList, planText } from './planText.ts';
import { targetId } from './target.ts';

/** A step names so many things it acts on. */
const mostNamed = 3;

/**
 * Plans that are confirmed together, as Markdown that reads well unrendered. Of several, first what all of it comes to: how many requests, to which
 * accounts, what breaks, and what there is no way back from. `made`: also those that have nothing to do.
 */
export function plansText(made: readonly Plan[], connection: Connection, now: number): string {
  const [only] = made;
  if (only && made.length === 1) return planText(only, connection, now);
  const steps = made.map((plan, index) =>
    planText(plan, connection, now, `Step ${index + 1} of ${made.length}: ${stepTitle(plan)}`),
  );
  return [summary(made, connection), ...steps].join('\n');
}

/** `9 changes`: each is one thing changed by a step, and gets an outcome of its own. They are what is counted when it is done. */
export function changesText(plans: readonly Plan[]): string {
  const count = plans.reduce((sum, { items }) => sum + items.length, 0);
  return `${count} change${count === 1 ? '' : 's'}`;
}

/** `Close Country for SMS: Russia in Production OTP`. Inert Markdown. */
export function stepTitle({ action, items, already, refused, accounts }: Plan): string {
  const targets = [...items.map(({ target }) => target), ...already, ...refused.map(({ target }) => target)];
  const names = targets.slice(0, mostNamed).map((target) => say(target.name || targetId(target)));
  const more = targets.length - names.length;
  const where = accounts.filter(({ name }) => name !== '' && targets.some((target) => target.name !== name));
  const places = where.length === 1 ? where.map(({ name }) => ` in ${say(name)}`).join('') : '';
  return `${action.title.replace('…', '')}: ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}${places}`;
}

function summary(made: readonly Plan[], connection: Connection): string {
  const plans = made.filter(({ items }) => items.length > 0);
  const accounts = new Map(plans.flatMap((plan) => plan.accounts).map((one) => [one.account, one]));
  const numbered = (some: readonly Plan[]) =>
    `step${some.length === 1 ? '' : 's'} ${some.map((plan) => made.indexOf(plan) + 1).join(', ')}`;
  const ending = plans.filter(({ action }) => action.reversibility === 'irreversible');
  const perhaps = plans.filter(({ action }) => action.reversibility === 'perhaps');
  const typed = typedConfirmation(plans);
  const idle = made.length - plans.length;
  return [
    `# ${changesText(plans)} in ${plans.length} step${plans.length === 1 ? '' : 's'}: nothing has been changed yet`,
    ...belowTheList,
    `- Sends: ${requestsText(plans)}${idle > 0 ? `; ${idle} more ${idle === 1 ? 'step has nothing to do, and says why' : 'steps have nothing to do, and say why'}` : ''}`,
    `- Acts on: ${[...accounts.values()].map((one) => accountText(one, connection)).join('; ')}`,
    `- Cannot be undone: ${ending.length === 0 ? 'nothing' : numbered(ending)}`,
    ...(perhaps.length === 0 ? [] : [`- Perhaps not: ${numbered(perhaps)}, where Twilio may refuse the way back`]),
    ...(typed ? [`- To confirm, you type ${askedText(typed)}`] : []),
    '',
    ...plans.flatMap((plan) => [`${made.indexOf(plan) + 1}. ${stepTitle(plan)}`, ...breaks(plan)]),
    '',
  ].join('\n');
}

/** `7 requests, and one more for each call under way that is found then`. */
function requestsText(plans: readonly Plan[]): string {
  const count = plans
    .flatMap(({ items }) => items)
    .reduce((sum, { sweep, requests }) => sum + sweep.length + requests.length, 0);
  const found = [...new Set(plans.flatMap(({ action }) => action.sweep?.of ?? []))];
  const more = found.map((of) => `, and one more for each ${of} that is found then`).join('');
  return `${count} request${count === 1 ? '' : 's'}${more}`;
}

/** What a step stops: of several things alike, such as keys, the first. */
function breaks({ items }: Plan): readonly string[] {
  const facts = items.flatMap(({ blastRadius }) => blastRadius.filter(({ name }) => name === 'Stops'));
  const [first, ...others] = new Set(facts.map(({ value }) => value));
  if (first === undefined) return [];
  return [`   - Stops: ${say(first)}${others.length > 0 ? `, and ${others.length} more that are told below` : ''}`];
}

function say(text: string): string {
  return untrusted(text).for('markdown');
}
