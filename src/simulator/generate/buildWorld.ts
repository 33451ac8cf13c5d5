import type { Incident, IncidentLabel } from '../incidents/incident.ts';
import { stream } from '../random.ts';
import type { World } from '../world.ts';
import type { AccountPlan } from './accountPlan.ts';
import { change, inConsole, newEvent, ordinaryEvents, type Person } from './events.ts';
import { drawIdentity } from './identity.ts';
import { smsPermissions, voicePermissions } from './permissions.ts';
import { dayMs } from './rhythm.ts';
import { addAlerts, stageAccount } from './stageAccount.ts';
import type { StagedAccount } from './staged.ts';

/** A world whose incidents are known: what detection is judged by. */
export interface GeneratedWorld extends World {
  readonly labels: readonly IncidentLabel[];
}

export interface Blueprint {
  readonly seed: number;
  /** The present, epoch milliseconds. Read once to place the history, and again whenever traffic is read. */
  readonly now: () => number;
  /** Days of traffic before the present. */
  readonly days: number;
  readonly main: AccountPlan;
  readonly subaccounts: readonly AccountPlan[];
  readonly people: readonly Person[];
  /** Console sessions per working day, in the main account and in each subaccount. */
  readonly sessionsPerDay: { readonly main: number; readonly subaccount: number };
  /** Countries open for SMS and voice; those of all markets when absent. */
  readonly openCountries?: readonly string[];
  readonly incidents: readonly Incident[];
}

/** A little more than the 30 days Twilio keeps, so that the limit can be seen. */
const eventDays = 35;

/**
 * Makes the accounts, then lets the incidents add to them in the order given. No traffic exists before it is read, and
 * it goes on for as long as `now` does.
 */
export function buildWorld(blueprint: Blueprint): GeneratedWorld {
  const { seed, now, main, subaccounts } = blueprint;
  const start = now();
  const plans = [main, ...subaccounts];
  const open =
    blueprint.openCountries ?? plans.flatMap(({ profile }) => profile.market.map(({ country }) => country.iso));
  const shared = { smsGeo: smsPermissions(open), voiceGeo: voicePermissions(open), usedNumbers: new Set<string>() };
  const setting = { seed, now, since: start - blueprint.days * dayMs, main, shared };
  const accounts = plans.map((plan, position) => stageAccount(setting, plan, position));
  addHistory(accounts, blueprint, start);
  const labels = blueprint.incidents.flatMap((incident) => incident.layOver({ seed, start, accounts }));
  for (const staged of accounts) {
    addAlerts(staged);
    staged.account.events.sort((a, b) => a.at - b.at);
  }
  const bySid = new Map(accounts.map(({ account }) => [account.sid, account]));
  return { seed, now, main: (main.identity ?? drawIdentity(seed, 0)).sid, accounts: bySid, labels };
}

function addHistory(accounts: readonly StagedAccount[], blueprint: Blueprint, start: number): void {
  const { people, sessionsPerDay, seed } = blueprint;
  const from = start - eventDays * dayMs;
  for (const [position, { account }] of accounts.entries()) {
    const random = stream(seed, 'events', position);
    const perDay = position === 0 ? sessionsPerDay.main : sessionsPerDay.subaccount;
    const since = Math.max(from, account.created);
    account.events.push(...ordinaryEvents({ account, people, from: since, to: start, sessionsPerDay: perDay }, random));
    const creator = people[0];
    if (position === 0 || creator === undefined || account.created < from) continue;
    const changes = { friendly_name: change(null, account.friendlyName) };
    const what = {
      at: account.created,
      description: `Account ${account.friendlyName} created`,
      resourceSid: account.sid,
    };
    const created = newEvent(random, { type: 'account.created', ...what, changes, ...inConsole(creator) });
    accounts[0]?.account.events.push(created);
  }
}
