import { UserError } from '../errors.ts';
import { type JsonObject, textOf } from '../model/json.ts';
import type { AccountSid } from '../model/sid.ts';
import { countryOf } from '../traffic/country.ts';
import { premiumKind, usualTollDestinations } from '../traffic/premiumRanges.ts';
import type { TrafficSource } from '../traffic/report.ts';
import type { Candidate, CandidateScope } from './candidates.ts';

/** Calls that one account made lately to where toll fraud goes, by country. */
export interface TollCalls extends TrafficSource {
  readonly byCountry: ReadonlyMap<string, number>;
  /** The account whose dialing permissions decide: the main account's where this one follows it. */
  readonly decides: AccountSid;
}

/** Accounts looked at; one request each. */
const most = 60;

/**
 * Which accounts lately called premium, satellite and usual toll-fraud destinations, by the newest page of calls of each. What cannot be
 * read is left out: its own list of countries says so.
 */
export async function tollTraffic(
  accounts: readonly TrafficSource[],
  from: Pick<CandidateScope, 'twilio' | 'cancel' | 'scope'>,
): Promise<readonly TollCalls[]> {
  const found = await Promise.all(
    accounts.slice(0, most).map(async (one): Promise<TollCalls | undefined> => {
      const byCountry = await tollCallsOf(one.account, from);
      return byCountry.size === 0 ? undefined : { ...one, byCountry, decides: await deciding(one.account, from) };
    }),
  );
  return found.filter((one) => one !== undefined);
}

/** The account and its subaccounts, as listed. */
export function accountsIn(from: CandidateScope, below: readonly Candidate[]): readonly TrafficSource[] {
  return [
    { account: from.scope.account, name: from.name },
    ...below.map(({ target, label }) => ({ account: target.account, name: label })),
  ];
}

async function tollCallsOf(
  account: AccountSid,
  { twilio, cancel }: Pick<CandidateScope, 'twilio' | 'cancel'>,
): Promise<ReadonlyMap<string, number>> {
  const byCountry = new Map<string, number>();
  for (const call of await itemsOf(() => twilio.page({ operation: 'listCalls', account }, cancel))) {
    const to = textOf(call, 'to') ?? '';
    const country = countryOf(to);
    const isToll = premiumKind(to) !== undefined || usualTollDestinations.has(country);
    if (isToll && textOf(call, 'direction')?.startsWith('outbound'))
      byCountry.set(country, (byCountry.get(country) ?? 0) + 1);
  }
  return byCountry;
}

/** A subaccount that follows the main account has permissions of its own without effect. */
async function deciding(
  account: AccountSid,
  { twilio, cancel, scope }: Pick<CandidateScope, 'twilio' | 'cancel' | 'scope'>,
): Promise<AccountSid> {
  if (account === scope.main) return account;
  try {
    const { body } = await twilio.page({ operation: 'fetchDialingSettings', account }, cancel);
    return body['dialing_permissions_inheritance'] === true ? scope.main : account;
  } catch (reason) {
    if (reason instanceof UserError) return account;
    throw reason;
  }
}

async function itemsOf(read: () => Promise<{ readonly items: readonly JsonObject[] }>): Promise<readonly JsonObject[]> {
  try {
    return (await read()).items;
  } catch (reason) {
    if (reason instanceof UserError) return [];
    throw reason;
  }
}
