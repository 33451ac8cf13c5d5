import { UserError } from '../errors.ts';
import type { Action } from './action.ts';
import { type Candidate, type CandidateScope, candidates } from './candidates.ts';
import type { AttackedAccount } from './excess.ts';
import type { PlanStep } from './sequence.ts';

/** A step a person may choose, with why. The strings may be hostile text. */
export interface Suggestion extends PlanStep {
  readonly label: string;
  readonly reason: string;
}

/** Countries offered for each channel: an attack goes to few, and every other one is a lever of its own away. */
const mostCountries = 5;

/** Credentials first, else the fraud recurs; then the traffic, in the order of Twilio's fraud guide. */
const order = [
  'rotateAuthToken',
  'createReplacementKey',
  'deleteApiKey',
  'closeSmsCountry',
  'closeVoiceCountry',
  'suspendSubaccount',
  'endLiveCalls',
];

/**
 * Levers of the open account and its subaccounts, in the order of the fraud guide: what an account takeover needs first, then
 * the traffic. Where it is known which accounts are `attacked`, countries are closed there and only those that surge. What cannot be
 * read is left out and named. Reads only.
 */
export async function suggestions(
  actions: readonly Action[],
  from: CandidateScope,
  attacked: readonly AttackedAccount[] = [],
): Promise<{ readonly steps: readonly Suggestion[]; readonly unread: readonly string[] }> {
  const unread: string[] = [];
  const lists = await Promise.all(
    order
      .flatMap((id) => actions.find((action) => action.id === id) ?? [])
      .map(async (action) => {
        try {
          if (action.on !== 'smsCountry' || attacked.length === 0)
            return stepsOf(action, await candidates(action, from));
          return (await Promise.all(attacked.map((account) => surging(action, from, account)))).flat();
        } catch (reason) {
          if (!(reason instanceof UserError)) throw reason;
          unread.push(`${action.title.replace('…', '')}: ${reason.message}`);
          return [];
        }
      }),
  );
  return { steps: lists.flat(), unread };
}

/** Closing the countries that surge, in the account they surge in. */
async function surging(
  action: Action,
  from: CandidateScope,
  attacked: AttackedAccount,
): Promise<readonly Suggestion[]> {
  const { account, name, excess } = attacked;
  const found = await candidates(action, { ...from, scope: { ...from.scope, account }, name, excess });
  const own = found.filter(({ target }) => target.kind === 'smsCountry' && excess.has(target.iso));
  return stepsOf(action, own).map((step) => ({ ...step, label: `${step.label}, in ${name || account}` }));
}

function stepsOf(action: Action, found: readonly Candidate[]): readonly Suggestion[] {
  const one = ({ target, label, description, reason }: Candidate): Suggestion => ({
    action,
    targets: [target],
    label,
    reason: [description, reason].filter(Boolean).join(' · '),
  });
  switch (action.on) {
    case 'apiKey':
      // The suspicious ones alone come first: deleting all of them stops what the customer runs, too.
      return found.length === 0
        ? []
        : [
            ...found.filter(({ reason }) => reason !== undefined).map(one),
            { action, targets: found.map(({ target }) => target), ...allKeys(found) },
          ];
    case 'smsCountry':
    case 'voiceCountry':
      return found
        .filter(({ reason }) => reason !== undefined)
        .slice(0, mostCountries)
        .map(one);
    default:
      return found.map(one);
  }
}

/** Deleting all keys but the one in use is one decision: the plan refuses the one in use. */
function allKeys(found: readonly Candidate[]): Pick<Suggestion, 'label' | 'reason'> {
  const recent = found.filter(({ reason }) => reason !== undefined);
  const names = recent.map(({ label }) => label).join(', ');
  return {
    label: `All ${found.length}, but the one in use`,
    reason: names === '' ? 'None was made lately' : `Made lately: ${names}`,
  };
}
