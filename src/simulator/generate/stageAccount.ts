import { hash32 } from '../random.ts';
import type { SimAccount, SimAlert, SimAttempt, SimCall, SimMessage } from '../world.ts';
import { resourcesOf, type Shared } from './account.ts';
import type { AccountPlan } from './accountPlan.ts';
import { alertsOf, attemptFailure, callFailure, messageFailure } from './alerts.ts';
import { ordinaryAttempts } from './attempts.ts';
import { ordinaryCalls } from './calls.ts';
import { drawIdentity } from './identity.ts';
import { ordinaryMessages } from './messages.ts';
import type { StagedAccount } from './staged.ts';
import { createTraffic, type Layer } from './traffic.ts';

export interface Setting {
  readonly seed: number;
  readonly now: () => number;
  /** No traffic is older. */
  readonly since: number;
  readonly main: AccountPlan;
  readonly shared: Shared;
}

const nothing: Layer<never> = { count: () => 0, rows: () => [] };

/** The account with its ordinary traffic. Incidents may still add to it; `addAlerts` comes after them. */
export function stageAccount(setting: Setting, plan: AccountPlan, position: number): StagedAccount {
  const { seed, now, main, shared } = setting;
  const key = hash32(seed, 'traffic', position);
  const log = <Row>(prefix: string) => {
    return {
      prefix,
      key: hash32(key, prefix),
      layers: [] as Layer<Row>[],
      since: Math.max(plan.created, setting.since),
      now,
    };
  };
  const messages = log<SimMessage>('SM');
  const calls = log<SimCall>('CA');
  const attempts = log<SimAttempt>('VL');
  const alerts = log<SimAlert>('NO');
  const { sid, authToken } = plan.identity ?? drawIdentity(seed, position);
  const account: SimAccount = {
    sid,
    owner: (main.identity ?? drawIdentity(seed, 0)).sid,
    friendlyName: plan.friendlyName,
    status: 'active',
    suspendedByTwilio: false,
    created: plan.created,
    updated: plan.created,
    authToken,
    secondaryToken: undefined,
    ...resourcesOf(plan, key, shared),
    events: [],
    smsGeo: shared.smsGeo,
    voiceGeo: shared.voiceGeo,
    safeList: new Set(),
    messages: createTraffic(messages),
    calls: createTraffic(calls),
    attempts: createTraffic(attempts),
    alerts: createTraffic(alerts),
  };
  const logs = { messages, calls, attempts, alerts, refusals: [] };
  const staged: StagedAccount = { account, profile: plan.profile, key, surges: [], ...logs };
  messages.layers.push(ordinaryMessages(staged));
  calls.layers.push(ordinaryCalls(staged));
  attempts.layers.push(ordinaryAttempts(staged));
  return staged;
}

/**
 * Adds the alerts that follow from the account's logs. Each layer of a log has its own position among the alerts, so
 * that one more incident renames no other alert.
 */
export function addAlerts({ messages, calls, attempts, alerts, refusals }: StagedAccount): void {
  const layers = Math.max(messages.layers.length, calls.layers.length, attempts.layers.length, refusals.length);
  for (let position = 0; position < layers; position++) {
    alerts.layers.push(
      alertsOf(messages, position, messageFailure),
      alertsOf(calls, position, callFailure),
      alertsOf(attempts, position, attemptFailure),
      refusals[position] ?? nothing,
    );
  }
}
