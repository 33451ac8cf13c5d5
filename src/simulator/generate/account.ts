import { hash32, makeSid, type Random, stream } from '../random.ts';
import type {
  SimAccount,
  SimDialingPermission,
  SimKey,
  SimMessagingService,
  SimNumber,
  SimVerifyService,
} from '../world.ts';
import type { AccountPlan, NumberPlan } from './accountPlan.ts';
import { countryByIso } from './countries.ts';
import { mobileNumber } from './phoneNumbers.ts';

/** What all accounts of a customer share: subaccounts inherit the main account's geo-permissions, so they hold the same map. */
export interface Shared {
  readonly smsGeo: Map<string, boolean>;
  readonly voiceGeo: Map<string, SimDialingPermission>;
  /** No number is given out twice. */
  readonly usedNumbers: Set<string>;
}

type Resources = Pick<SimAccount, 'keys' | 'numbers' | 'messagingServices' | 'verifyServices' | 'usageTriggers'>;

/** Everything the plan names, with SIDs, secrets and phone numbers drawn from the account's key. */
export function resourcesOf(plan: AccountPlan, key: number, shared: Shared): Resources {
  const random = stream(hash32(key, 'resources'));
  const keys = plan.keys.map(({ allow = [], ...rest }): SimKey => newKey({ ...rest, allow }, random));
  const numbers = plan.numbers.map((number) => newNumber(number, random, shared.usedNumbers));
  const messagingServices = plan.messagingServices.map(
    ({ numbers: positions, ...rest }): SimMessagingService => ({
      ...rest,
      sid: makeSid(random, 'MG'),
      updated: rest.created,
      numberSids: positions.flatMap((position) => numbers[position]?.sid ?? []),
    }),
  );
  const verifyServices = plan.verifyServices.map((friendlyName): SimVerifyService => {
    return { sid: makeSid(random, 'VA'), friendlyName, codeLength: 6, created: plan.created, updated: plan.created };
  });
  const usageTriggers = plan.usageTriggers.map((trigger) => ({ ...trigger, sid: makeSid(random, 'UT') }));
  return { keys, numbers, messagingServices, verifyServices, usageTriggers };
}

/** An API key with a SID and a secret of its own. */
export function newKey(key: Omit<SimKey, 'sid' | 'secret'>, random: Random): SimKey {
  return { ...key, sid: makeSid(random, 'SK'), secret: makeSid(random, '') };
}

function newNumber(plan: NumberPlan, random: Random, used: Set<string>): SimNumber {
  const country = countryByIso(plan.country);
  let phoneNumber = mobileNumber(country, random);
  while (used.has(phoneNumber)) phoneNumber = mobileNumber(country, random);
  used.add(phoneNumber);
  return {
    sid: makeSid(random, 'PN'),
    phoneNumber,
    friendlyName: plan.friendlyName ?? phoneNumber,
    voiceUrl: plan.voiceUrl,
    smsUrl: plan.smsUrl,
    statusCallback: '',
    created: plan.created,
    updated: plan.created,
  };
}
