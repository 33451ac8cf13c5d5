import { UserError } from '../errors.ts';
import type { FraudType } from '../validate/signal.ts';
import type { Action } from './action.ts';
import type { Asking, Takeover } from './asked.ts';
import { type Candidate, type CandidateScope, candidates } from './candidates.ts';
import { smsClosings, voiceClosings } from './closings.ts';
import type { AttackedAccount } from './excess.ts';
import { leftBehind, leftBehindLevers } from './leftBehind.ts';
import { stepsOf } from './suggestedSteps.ts';
import type { Suggestion } from './suggestion.ts';
import { accountsIn, type TollCalls, tollTraffic } from './tollTraffic.ts';

/** Credentials first, else the fraud recurs; then the traffic, in the order of Twilio's fraud guide. */
const order = [
  'rotateAuthToken',
  'createReplacementKey',
  'deleteApiKey',
  'closeSmsCountry',
  'closeVoiceCountry',
  // What an intruder set up, before the account it is in may be suspended: then it cannot be read.
  'removeSipCredential',
  'resetWebhooks',
  'clearWebhooks',
  'removeEventSink',
  'suspendSubaccount',
  'endLiveCalls',
];

/** Without a verdict nothing is chosen beforehand. */
const unjudged: ReadonlySet<FraudType> = new Set();

/**
 * Levers of the open account and its subaccounts, in the order of the fraud guide: what an account takeover needs first, then
 * the traffic. Where it is known which accounts are `attacked`, SMS countries are closed there and only those that surge; calls are looked
 * at in every account where toll fraud is sure, or nothing is. `types`: what is confirmed or likely; the steps it asks for are `picked`.
 * `takeover`: in an account takeover, what was set up in the incident's window is proposed, too. What cannot be read is left out and named. Reads only.
 */
export async function suggestions(
  actions: readonly Action[],
  from: CandidateScope,
  attacked: readonly AttackedAccount[] = [],
  types: ReadonlySet<FraudType> = unjudged,
  takeover?: Takeover,
): Promise<{ readonly steps: readonly Suggestion[]; readonly unread: readonly string[] }> {
  const unread: string[] = [];
  const toll = types.size === 0 || types.has('toll-fraud') ? await tollCalls(actions, from) : [];
  const asking: Asking = {
    types,
    attacked: new Set([...attacked, ...toll].map(({ account }) => account)),
    main: from.scope.main,
    takeoverConfirmed: takeover?.confirmed === true,
    ...(from.keyInUse !== undefined && { keyInUse: from.keyInUse }),
  };
  const left = takeover && leftBehind(takeover, asking, from, listed(actions, from), (why) => unread.push(why));
  const lists = await Promise.all(
    order
      .flatMap((id) => actions.find((action) => action.id === id) ?? [])
      .map(async (action) => {
        try {
          if (leftBehindLevers.has(action.id)) return (await left?.(action)) ?? [];
          if (action.on === 'smsCountry' && attacked.length > 0)
            return await smsClosings(action, from, attacked, asking);
          if (action.on === 'voiceCountry' && toll.length > 0) return await voiceClosings(action, from, toll, asking);
          return stepsOf(action, await candidates(action, from), asking);
        } catch (reason) {
          if (!(reason instanceof UserError)) throw reason;
          unread.push(`${action.title.replace('…', '')}: ${reason.message}`);
          return [];
        }
      }),
  );
  return { steps: lists.flat(), unread };
}

/** Where accounts call premium and usual toll-fraud numbers; subaccounts that cannot be listed are named by the lever that suspends them. */
async function tollCalls(actions: readonly Action[], from: CandidateScope): Promise<readonly TollCalls[]> {
  try {
    return await tollTraffic(accountsIn(from, await below(actions, from)), from);
  } catch (reason) {
    if (reason instanceof UserError) return [];
    throw reason;
  }
}

/** The subaccounts that are active. */
async function below(actions: readonly Action[], from: CandidateScope): Promise<readonly Candidate[]> {
  const suspending = actions.find(({ id }) => id === 'suspendSubaccount');
  return suspending ? candidates(suspending, from) : [];
}

/** The same, none where they cannot be listed: the lever that suspends them says so. */
async function listed(actions: readonly Action[], from: CandidateScope): Promise<readonly Candidate[]> {
  try {
    return await below(actions, from);
  } catch (reason) {
    if (reason instanceof UserError) return [];
    throw reason;
  }
}
