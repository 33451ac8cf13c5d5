import { type Target, targetId } from '../../../src/core/contain/target.ts';
import type { SimAccount, SimVerifyService } from '../../../src/simulator/world.ts';
import { noon, type SmallWorld, sid } from '../../simulator/smallWorld.ts';

/** A thing of the world that a target stands for: what it is now, how it goes, and how somebody changes it, one way for each number. */
interface Thing {
  view(): unknown;
  remove(): void;
  change(way: number): void;
}

/** The world's side of a target, read and changed without any of the code that is under test. */
export function thingOf(world: SmallWorld, target: Target): Thing {
  const account = world.accounts.get(target.account);
  if (!account) throw new Error(`the small world has no ${target.account}`);
  switch (target.kind) {
    case 'subaccount':
      return status(account);
    // Calls and messages come and go by themselves; what can be gone is the account.
    case 'liveCalls':
    case 'scheduledMessages':
      return { ...status(account), view: () => '', change: () => undefined };
    case 'authToken':
      return { ...status(account), view: () => account.authToken, change: (way) => retoken(account, way) };
    case 'apiKey':
      return listed(account.keys, ({ sid }) => sid === target.sid, named);
    case 'newApiKey':
      return listed(
        account.keys,
        ({ friendlyName }) => friendlyName === target.name,
        (key, way) => ({
          ...key,
          sid: sid('SK', 900 + way),
          friendlyName: target.name,
        }),
      );
    case 'smsCountry':
      return mapped(account.smsGeo, target.iso, (way) => way % 2 === 0);
    case 'voiceCountry':
      return mapped(account.voiceGeo, target.iso, (way) => ({
        lowRisk: (way & 1) > 0,
        highRiskSpecial: (way & 2) > 0,
        highRiskTollfraud: (way & 4) > 0,
      }));
    case 'serviceSender':
      return sender(account, target.service, target.number);
    case 'phoneNumber':
      return listed(
        account.numbers,
        ({ sid }) => sid === target.sid,
        (number, way) => ({
          ...number,
          voiceUrl: `https://somebody.example/${way % 3}`,
          smsUrl: way % 2 === 0 ? '' : 'https://somebody.example/sms',
        }),
      );
    case 'safeNumber':
      return {
        view: () => account.safeList.has(target.name),
        remove: () => void account.safeList.delete(target.name),
        change: (way) => void account.safeList[way % 2 === 0 ? 'add' : 'delete'](target.name),
      };
    case 'newVerifyLimit':
    case 'verifyLimit':
      return limits(
        account.verifyServices.find(({ sid }) => sid === target.service),
        target,
      );
    case 'usageTrigger':
      return listed(
        account.usageTriggers,
        ({ sid }) => sid === target.sid,
        (trigger, way) => ({
          ...trigger,
          triggerValue: String(101 + way),
        }),
      );
    case 'newUsageTrigger':
      return listed(
        account.usageTriggers,
        ({ triggerValue }) => triggerValue === target.value,
        (trigger) => ({
          ...trigger,
          sid: sid('UT', 900),
          friendlyName: target.name,
          triggerValue: target.value,
          callbackUrl: target.url,
        }),
      );
    case 'sipCredential':
      return listed(
        account.sipCredentials ?? [],
        ({ sid }) => sid === target.sid,
        (credential, way) => ({
          ...credential,
          username: `desk${way}`,
        }),
      );
    case 'eventSink':
      return listed(
        account.sinks ?? [],
        ({ sid }) => sid === target.sid,
        (sink, way) => ({
          ...sink,
          subscriptions: sink.subscriptions.slice(0, way % 2),
        }),
      );
  }
}

/** Brings the targets into other states, one way after the other; -1 takes one away. */
export function scramble(world: SmallWorld, targets: readonly Target[], ways: readonly number[]): void {
  for (const [place, way] of ways.entries()) {
    const target = targets[place % targets.length];
    const thing = target && thingOf(world, target);
    if (way < 0) thing?.remove();
    else thing?.change(way);
  }
}

/** More of the same kind in the small world, the target itself first. */
export function siblings(target: Target): readonly Target[] {
  const like = (changes: readonly Partial<Record<string, string>>[]) =>
    changes.map((change) => ({ ...target, ...change }) as Target);
  const own: readonly Target[] = [target];
  const others: Partial<Record<Target['kind'], readonly Target[]>> = {
    apiKey: like([{ sid: sid('SK', 102) }, { sid: sid('SK', 103) }]),
    smsCountry: like(['US', 'GB', 'RU'].map((iso) => ({ iso }))),
    voiceCountry: like(['US', 'GB', 'LV'].map((iso) => ({ iso }))),
    phoneNumber: like([{ sid: sid('PN', 101) }, { sid: sid('PN', 102) }]),
    safeNumber: like(['+14155550100', '+18001234xxx', '+447911123456'].map((name) => ({ name }))),
    serviceSender: like([{ number: sid('PN', 101) }, { number: sid('PN', 102) }]),
    sipCredential: like([{ sid: sid('CR', 101) }, { sid: sid('CR', 102) }]),
  };
  return [...new Map([...own, ...(others[target.kind] ?? [])].map((one) => [targetId(one), one])).values()];
}

function status(account: SimAccount): Thing {
  const ways = ['active', 'suspended', 'closed'] as const;
  const set = (way: number) => {
    account.status = ways[way % 3] ?? 'active';
  };
  return { view: () => account.status, remove: () => set(2), change: set };
}

function retoken(account: SimAccount, way: number): void {
  account.authToken = `another-token-${way}`;
}

function named<One extends { readonly friendlyName: string }>(one: One, way: number): One {
  return { ...one, friendlyName: `renamed ${way}` };
}

function mapped<Value>(map: Map<string, Value>, key: string, made: (way: number) => Value): Thing {
  return {
    view: () => map.get(key),
    remove: () => void map.delete(key),
    change: (way) => void map.set(key, made(way)),
  };
}

/** Those of a list that are meant; a change of what is not there brings one like the first of the list, where that makes one that is meant. */
function listed<One>(list: One[], isMeant: (one: One) => boolean, changed: (one: One, way: number) => One): Thing {
  return {
    view: () => list.filter(isMeant),
    remove: () => void list.splice(0, list.length, ...list.filter((one) => !isMeant(one))),
    change(way) {
      const at = list.findIndex(isMeant);
      const one = list[Math.max(at, 0)];
      if (one === undefined) return;
      const next = changed(one, way);
      if (at >= 0) list[at] = next;
      else if (isMeant(next)) list.push(next);
    },
  };
}

function sender(account: SimAccount, service: string, number: string): Thing {
  const pool = account.messagingServices.find(({ sid }) => sid === service)?.numberSids ?? [];
  const remove = () => void pool.splice(0, pool.length, ...pool.filter((sid) => sid !== number));
  return {
    view: () => pool.includes(number),
    remove,
    change(way) {
      remove();
      if (way % 2 === 0) pool.push(number);
    },
  };
}

function limits(service: SimVerifyService | undefined, { name }: Target): Thing {
  const set = (max: number | undefined) => {
    const buckets = max === undefined ? [] : [{ sid: sid('BL', 1), max, interval: 600, created: noon }];
    if (service) service.rateLimits = [{ sid: sid('RK', 1), uniqueName: name, created: noon, buckets }];
  };
  return {
    view: () => service?.rateLimits ?? [],
    remove() {
      if (service) service.rateLimits = [];
    },
    change: (way) => set([undefined, 5, 9][way % 3]),
  };
}
