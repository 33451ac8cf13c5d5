import { cited, data, type Line, text } from './document.ts';
import type { ContainmentStep, NamedAccount, RcaFacts } from './facts.ts';
import { count } from './formats.ts';
import { accountsToSanitize, isIn, nameOf } from './impacted.ts';
import { keysDone, keysLine } from './keysDone.ts';

/**
 * How far steps must go before what they do may be called done: in each impacted account; for each of its API keys; or `open`, where no
 * record can tell what is left, as of countries. Absent: what was done is all that was asked.
 */
export type Reach = 'accounts' | 'keys' | 'open';

/** What was done, and what is not known to be done. */
export interface DoneState {
  readonly steps: readonly ContainmentStep[];
  readonly isWhole: boolean;
  readonly line: Line;
}

const mostNamed = 5;

/**
 * Says for what steps were done and, unless they reach as far as they must, that it is a part only: `partly, 1 of 2 accounts: done for X (J22); not recorded
 * for Y`.
 */
export function doneState(facts: RcaFacts, steps: readonly ContainmentStep[], reach?: Reach): DoneState {
  if (reach === 'keys') return keysState(facts, steps);
  const wanted = reach === 'accounts' ? accountsToSanitize(facts) : [];
  const lacking = wanted.filter((one) => !steps.some((step) => isIn(step, one)));
  const isWhole = lacking.length === 0 && reach !== 'open';
  if (steps.length === 0) return { steps, isWhole: false, line: [text('not recorded yet')] };
  const part = { done: wanted.length - lacking.length, of: wanted.length };
  const rest = reach === 'open' ? [text('; not recorded for others')] : lacking.length > 0 ? notFor(lacking) : [];
  return { steps, isWhole, line: [text(isWhole ? '' : partly(part, 'accounts')), ...doneFor(facts, steps), ...rest] };
}

function keysState(facts: RcaFacts, steps: readonly ContainmentStep[]): DoneState {
  const accounts = accountsToSanitize(facts);
  const all = accounts.map((account) => keysDone(facts, steps, account));
  const isWhole = all.length > 0 && all.every(({ known, keys, deleted }) => known && deleted === keys);
  const listedIn = new Map(facts.keys?.keys.map(({ sid, account }) => [sid, account]));
  const isCounted = ({ account, sid = '' }: ContainmentStep) =>
    accounts.some((one) => one.sid === (account ?? listedIn.get(sid)));
  const others = steps.filter((step) => !isCounted(step));
  const uncollected = all.filter(({ known }) => !known).map(({ account }) => [data(account.name || account.sid)]);
  const parts: readonly Line[] = [
    ...(others.length > 0 ? [doneFor(facts, others)] : []),
    ...all.filter(({ known, deleted }) => known || deleted > 0).map(keysLine),
    ...(uncollected.length > 0
      ? [[text('not known how many there are in '), ...listed(uncollected), text(': collect the keys')]]
      : []),
  ];
  const isBegun = steps.length > 0 || all.some(({ deleted }) => deleted > 0);
  if (!isBegun && all.every(({ known }) => !known)) return { steps, isWhole: false, line: [text('not recorded yet')] };
  const line = parts.flatMap((part, i) => (i === 0 ? part : [text('; '), ...part]));
  const sum = (of: 'deleted' | 'keys'): number => all.reduce((count, one) => count + one[of], 0);
  // Where one account's keys are not known, nobody knows of how many.
  const part = { done: sum('deleted'), of: all.every(({ known }) => known) ? sum('keys') : 0 };
  return { steps, isWhole, line: [text(isBegun && !isWhole ? partly(part, 'keys') : ''), ...line] };
}

/** `partly, 1 of 2 accounts: `; without a number where it is not known of how many. */
function partly({ done, of }: { readonly done: number; readonly of: number }, what: 'accounts' | 'keys'): string {
  return of > 1 && done > 0 ? `partly, ${count(done)} of ${count(of)} ${what}: ` : 'partly: ';
}

function notFor(lacking: readonly NamedAccount[]): Line {
  return [text('; not recorded for '), ...listed(lacking.map(({ name, sid }) => [data(name || sid)]))];
}

/** `done for X in A, Y (J22)`: for what it was done, each once. */
function doneFor(facts: RcaFacts, steps: readonly ContainmentStep[]): Line {
  const distinct = [...new Map(steps.map((step) => [JSON.stringify([step.target, step.account]), step])).values()];
  return [
    text('done for '),
    ...listed(distinct.map((step) => targetIn(facts, step))),
    ...cited(steps.flatMap(({ citations = [] }) => citations)),
  ];
}

/** The target of a step, and the account it lies in where the target is not the account itself. */
export function targetIn(facts: RcaFacts, { target, account, sid }: ContainmentStep): Line {
  if (account === undefined || sid === account || target === account) return [data(target)];
  const name = nameOf(account, facts);
  return target === name ? [data(target)] : [data(target), text(' in '), data(name)];
}

function listed(parts: readonly Line[]): Line {
  const left = parts.length - mostNamed;
  return [
    ...parts.slice(0, mostNamed).flatMap((part, i) => (i === 0 ? part : [text(', '), ...part])),
    ...(left > 0 ? [text(` and ${count(left)} more`)] : []),
  ];
}
