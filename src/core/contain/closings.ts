import type { AccountSid } from '../model/sid.ts';
import type { Action } from './action.ts';
import type { Asking } from './asked.ts';
import { type Candidate, type CandidateScope, candidates } from './candidates.ts';
import type { AttackedAccount } from './excess.ts';
import { stepsOf } from './suggestedSteps.ts';
import type { Suggestion } from './suggestion.ts';
import type { TollCalls } from './tollTraffic.ts';

/**
 * Closing for SMS the countries that surge, in the account they surge in; and in the main account, whose list subaccounts follow unless
 * that was switched off, which cannot be read. There it is chosen beforehand only where no other account sends to the country.
 */
export async function smsClosings(
  action: Action,
  from: CandidateScope,
  attacked: readonly AttackedAccount[],
  asking: Asking,
): Promise<readonly Suggestion[]> {
  const { main } = from.scope;
  const wanted = asking.types.has('sms-pumping');
  const ofMain = attacked.find(({ account }) => account === main)?.excess;
  const steps = attacked.map(async ({ account, name, excess, onlyHere }): Promise<readonly Suggestion[]> => {
    const own = await closingIn(action, { ...from, scope: { ...from.scope, account }, name, excess }, asking);
    const there = own.map((step) => ({ ...step, label: `${step.label}, in ${name || account}`, picked: wanted }));
    if (account === main) return there;
    const above = await closingIn(action, { ...from, scope: { ...from.scope, account: main }, excess }, asking);
    const followed = above.flatMap((step) => {
      // It surges there as well, which says more.
      if (ofMain?.has(isoOf(step))) return [];
      const alone = onlyHere?.has(isoOf(step)) === true;
      const who = alone ? 'no other account sends there' : 'other accounts may send there, too';
      return {
        ...step,
        label: `${step.label}, in ${from.name || main}, whose list subaccounts follow by default`,
        reason: [step.reason, who].join(' · '),
        picked: wanted && alone,
      };
    });
    return [...there, ...followed];
  });
  return distinct((await Promise.all(steps)).flat());
}

/** Closing for calls the countries of premium and usual toll-fraud numbers that are called, in the account whose permissions decide. */
export async function voiceClosings(
  action: Action,
  from: CandidateScope,
  toll: readonly TollCalls[],
  asking: Asking,
): Promise<readonly Suggestion[]> {
  const deciding = [...Map.groupBy(toll, ({ decides }) => decides)];
  const steps = deciding.map(async ([account, callers]): Promise<readonly Suggestion[]> => {
    const excess = sumOf(callers);
    const own = await closingIn(action, { ...from, scope: { ...from.scope, account }, excess }, asking);
    return own.map((step) => {
      const iso = isoOf(step);
      const who = callers.filter(({ byCountry }) => byCountry.has(iso)).map((one) => one.name || one.account);
      return {
        ...step,
        label: `${step.label}, in ${nameOf(account, from, callers)}`,
        reason: `${iso} · ${excess.get(iso) ?? 0} of the newest calls of ${who.join(', ')} go where toll fraud goes`,
        picked: asking.types.has('toll-fraud'),
      };
    });
  });
  return distinct((await Promise.all(steps)).flat());
}

async function closingIn(action: Action, from: CandidateScope, asking: Asking): Promise<readonly Suggestion[]> {
  const found = await candidates(action, from);
  const surging = found.filter((one) => from.excess?.has(isoIn(one)));
  return stepsOf(
    action,
    surging.map((one) => ({ ...one, reason: one.reason ?? '' })),
    asking,
  );
}

function isoIn({ target }: Pick<Candidate, 'target'>): string {
  return target.kind === 'smsCountry' || target.kind === 'voiceCountry' ? target.iso : '';
}

function isoOf({ targets: [target] }: Suggestion): string {
  return target ? isoIn({ target }) : '';
}

function sumOf(callers: readonly TollCalls[]): ReadonlyMap<string, number> {
  const sum = new Map<string, number>();
  for (const { byCountry } of callers)
    for (const [country, calls] of byCountry) sum.set(country, (sum.get(country) ?? 0) + calls);
  return sum;
}

function nameOf(account: AccountSid, from: CandidateScope, callers: readonly TollCalls[]): string {
  if (account === from.scope.main) return from.name || account;
  return callers.find((one) => one.account === account)?.name || account;
}

/** Two attacked subaccounts can ask for the same country of the main account. */
function distinct(steps: readonly Suggestion[]): readonly Suggestion[] {
  const byTarget = new Map<string, Suggestion>();
  for (const step of steps) {
    const [target] = step.targets;
    const key = `${target?.account} ${isoOf(step)}`;
    const other = byTarget.get(key);
    // One of them knows of other senders: that counts.
    byTarget.set(key, other ? { ...other, picked: other.picked && step.picked } : step);
  }
  return [...byTarget.values()];
}
