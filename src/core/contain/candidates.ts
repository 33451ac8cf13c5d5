import { type Collection, hasMore, loadMore, present, unreadCollection } from '../accounts/collection.ts';
import type { NodeKind, Scope } from '../accounts/nodeKind.ts';
import { UserError } from '../errors.ts';
import { shortSid } from '../model/sid.ts';
import apiKeys from '../nodes/apiKeys.ts';
import phoneNumbers from '../nodes/phoneNumbers.ts';
import subaccounts from '../nodes/subaccounts.ts';
import type { Cancellation, Twilio } from '../ports.ts';
import type { Action } from './action.ts';
import { smsCountries, voiceCountries } from './countryCandidates.ts';
import { eventSinks, sipCredentials, standardKey, usageTriggers, verifyLimits } from './partCandidates.ts';
import { serviceSenders } from './senderCandidates.ts';
import type { Target } from './target.ts';

/** Something an action could be done to, for a person to choose. All strings may be hostile text. */
export interface Candidate {
  readonly target: Target;
  readonly label: string;
  readonly description: string;
  /** Why it may be the one to choose. */
  readonly reason?: string;
  /** Why it is nobody else's doing: `Branch.own`. */
  readonly own?: string;
  /** When it was made, epoch milliseconds, where that is listed. */
  readonly created?: number;
}

/** Kinds of targets that every account is one of. */
type WholeAccount = 'liveCalls' | 'authToken' | 'scheduledMessages';

export interface CandidateScope {
  readonly scope: Scope;
  /** The account's name. */
  readonly name: string;
  readonly twilio: Twilio;
  readonly cancel?: Cancellation;
  /** The API key that signs the requests, when one does. */
  readonly keyInUse?: string;
  /** Messages above what was expected, by country, where the traffic was looked at: those countries come first. */
  readonly excess?: ReadonlyMap<string, number>;
}

/** True for actions whose targets are listed for one account at a time. */
export function isWithinAccount({ on }: Action): boolean {
  const everywhere: readonly Target['kind'][] = ['subaccount', 'liveCalls', 'authToken', 'scheduledMessages'];
  return !everywhere.includes(on);
}

/** Everything in an account that the action applies to, the likeliest first. Throws `UserError` when it cannot be listed. */
export async function candidates(action: Action, from: CandidateScope): Promise<readonly Candidate[]> {
  const found = await byKind(action, from);
  return found.filter(({ target }) => target.kind === action.on && action.applicable(target));
}

async function byKind(action: Action, from: CandidateScope): Promise<readonly Candidate[]> {
  switch (action.on) {
    case 'subaccount':
      return rows(subaccounts, from);
    case 'liveCalls':
    case 'authToken':
    case 'scheduledMessages':
      return accounts(action.on, from);
    case 'apiKey':
      return rows(apiKeys, from);
    case 'smsCountry':
      return smsCountries(from, action);
    case 'voiceCountry':
      return voiceCountries(from, action);
    case 'phoneNumber':
      return rows(phoneNumbers, from);
    case 'serviceSender':
      return serviceSenders(from, action);
    case 'newApiKey':
      return [standardKey(from)];
    case 'verifyLimit':
      return verifyLimits(from);
    case 'usageTrigger':
      return usageTriggers(from);
    case 'sipCredential':
      return sipCredentials(from);
    case 'eventSink':
      return eventSinks(from);
    // Twilio answers for a number at a time, and what is to be made is not there yet: these are asked for, not listed.
    case 'newVerifyLimit':
    case 'newUsageTrigger':
    case 'safeNumber':
      return [];
  }
}

async function rows(kind: NodeKind, from: CandidateScope): Promise<readonly Candidate[]> {
  const { branches } = present(await whole(kind, from), from.scope.now);
  const found = branches.flatMap(({ target, label, description = '', own, severity }): Candidate[] =>
    target ? [{ target, label, description, ...(own && { own }), ...(severity && { reason: severity.reason }) }] : [],
  );
  return found.toSorted((a, b) => Number(b.reason !== undefined) - Number(a.reason !== undefined));
}

/** The account itself and its subaccounts. */
async function accounts(kind: WholeAccount, from: CandidateScope): Promise<readonly Candidate[]> {
  const { account } = from.scope;
  const candidate = (account: Scope['account'], name: string, description: string): Candidate => ({
    target: { kind, account, name },
    label: name || account,
    description,
  });
  const own = candidate(account, from.name, `${shortSid(account)} · this account`);
  const below = await rows(subaccounts, from);
  return [own, ...below.map(({ target, label, description }) => candidate(target.account, label, description))];
}

async function whole(kind: NodeKind, { scope, twilio, cancel }: CandidateScope): Promise<Collection> {
  let list = unreadCollection(kind, scope);
  while (hasMore(list) && !list.failure) list = await loadMore(list, twilio, cancel);
  if (list.failure) throw new UserError('bad-reply', list.failure);
  return list;
}
