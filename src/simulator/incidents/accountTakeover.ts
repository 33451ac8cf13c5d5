import { newKey } from '../generate/account.ts';
import { byApi, change, newEvent } from '../generate/events.ts';
import { type StagedAccount, stagedAccount } from '../generate/staged.ts';
import { hash32, pick, type Random, stream } from '../random.ts';
import type { SimEvent } from '../world.ts';
import type { Incident } from './incident.ts';

export interface AccountTakeoverOptions {
  /** Position of the account whose credentials leaked: 0 is the main account. */
  readonly account: number;
  /** First foreign sign-in, epoch milliseconds. */
  readonly start: number;
  /** Where the intruder comes from; an address for documentation when absent. */
  readonly ip?: string;
  /** SID of the Console user whose session it was; no session when absent. */
  readonly user?: { readonly sid: string; readonly name: string };
  readonly keyName?: string;
  /** Countries the intruder opens for SMS. */
  readonly openedCountries?: readonly string[];
  /** Whether the account's first usage trigger is deleted. */
  readonly deleteTrigger?: boolean;
  /** A number whose voice URL is rewritten; none when absent. */
  readonly webhook?: { readonly account: number; readonly number: number; readonly url: string };
  /** Whether message logs were taken by bulk export. */
  readonly exportData?: boolean;
  /** Minutes between two steps. */
  readonly pace?: number;
}

type Step = (at: number, random: Random) => SimEvent | undefined;

/**
 * Somebody else's hands on the account: the guide's signs as Monitor events, and the state they leave behind. Steps that
 * would be later than the present do not happen.
 */
export function accountTakeover(options: AccountTakeoverOptions): Incident {
  return {
    type: 'account-takeover',
    layOver: (stage) => {
      const { start, pace = 6 } = options;
      const staged = stagedAccount(stage, options.account);
      const random = stream(hash32(staged.key, 'takeover'), start);
      const rewritten = options.webhook && stagedAccount(stage, options.webhook.account);
      const { account } = staged;
      let at = start;
      let end = start;
      for (const { on, step } of stepsOf(staged, rewritten, options)) {
        const event = at <= stage.start ? step(at, random) : undefined;
        if (event === undefined) continue;
        on.account.events.push(event);
        end = at;
        at += Math.round(pace * (0.7 + 0.6 * random.next()) * 60) * 1000;
      }
      return [
        { type: 'account-takeover', innocent: false, account: account.sid, country: undefined, start, end, ranges: [] },
      ];
    },
  };
}

function stepsOf(
  staged: StagedAccount,
  rewritten: StagedAccount | undefined,
  options: AccountTakeoverOptions,
): { readonly on: StagedAccount; readonly step: Step }[] {
  const { ip = '203.0.113.42' } = options;
  const { account } = staged;
  const api = byApi(account.sid, ip);
  const steps: Step[] = [
    (at, random) => options.user && signIn(options.user, ip, at, random),
    (at, random) => {
      const friendlyName = options.keyName ?? 'new_evil_key_01';
      const key = newKey({ friendlyName, created: at, kind: 'standard', allow: [] }, random);
      account.keys.push(key);
      const changes = { friendly_name: change(null, friendlyName) };
      const description = `API key ${friendlyName} created`;
      return newEvent(random, {
        at,
        type: 'account-api-keys.created',
        description,
        resourceSid: key.sid,
        changes,
        ...api,
      });
    },
    ...(options.openedCountries ?? []).map(
      (iso): Step =>
        (at, random) => {
          account.smsGeo.set(iso, true);
          const changes = { [`country_${iso}`]: change('disabled', 'enabled') };
          const what = { at, description: `SMS geographic permission for ${iso} enabled`, resourceSid: account.sid };
          return newEvent(random, { type: 'sms-geographic-permissions.updated', ...what, changes, ...api });
        },
    ),
    (at, random) => {
      const trigger = options.deleteTrigger === true ? account.usageTriggers.shift() : undefined;
      if (trigger === undefined) return undefined;
      const changes = {
        friendly_name: change(trigger.friendlyName, null),
        trigger_value: change(trigger.triggerValue, null),
      };
      const what = { at, description: `Usage trigger ${trigger.friendlyName} deleted`, resourceSid: trigger.sid };
      return newEvent(random, { type: 'usage-trigger.deleted', ...what, changes, ...api });
    },
    (at, random) => {
      if (options.exportData !== true) return undefined;
      const description = 'Bulk export of Messages downloaded';
      return newEvent(random, { at, type: 'bulkexports.downloaded', description, resourceSid: account.sid, ...api });
    },
  ];
  const own = steps.map((step) => ({ on: staged, step }));
  const { webhook } = options;
  if (rewritten === undefined || webhook === undefined) return own;
  return [...own, { on: rewritten, step: (at, random) => rewriteVoiceUrl(rewritten, webhook, ip, at, random) }];
}

function signIn(
  user: { readonly sid: string; readonly name: string },
  ip: string,
  at: number,
  random: Random,
): SimEvent {
  const by = { actorSid: user.sid, actorType: 'user', source: 'web', ip } as const;
  const agent = pick(random, ['Firefox 128 on Linux', 'Chrome 126 on Windows']);
  const what = { at, description: `User ${user.name} signed in`, resourceSid: user.sid };
  return newEvent(random, {
    type: 'user-session.created',
    ...what,
    ...by,
    changes: { user_agent: change(null, agent) },
  });
}

function rewriteVoiceUrl(
  { account }: StagedAccount,
  { number: position, url }: { readonly number: number; readonly url: string },
  ip: string,
  at: number,
  random: Random,
): SimEvent {
  const number = account.numbers[position];
  if (number === undefined) throw new RangeError(`Account ${account.friendlyName} has no phone number at ${position}.`);
  const changes = { voice_url: change(number.voiceUrl, url) };
  number.voiceUrl = url;
  number.updated = at;
  const what = { at, description: `Phone number ${number.phoneNumber} updated`, resourceSid: number.sid };
  return newEvent(random, { type: 'phone-number.updated', ...what, changes, ...byApi(account.sid, ip) });
}
