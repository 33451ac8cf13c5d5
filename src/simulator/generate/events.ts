import { between, makeSid, pick, type Random } from '../random.ts';
import type { SimAccount, SimEvent } from '../world.ts';
import { dayMs, hourMs } from './rhythm.ts';

/** Somebody who works in the Console, and from where. */
export interface Person {
  readonly sid: string;
  readonly name: string;
  readonly ip: string;
}

type EventFields = Omit<SimEvent, 'sid' | 'changes' | 'resourceType'> & Partial<Pick<SimEvent, 'changes'>>;

/** A Monitor event. Its resource type is what its event type names before the dot, as at Twilio. */
export function newEvent(random: Random, fields: EventFields): SimEvent {
  return { changes: {}, ...fields, sid: makeSid(random, 'AE'), resourceType: fields.type.replace(/\..*/, '') };
}

/** Fields of an event that this person caused in the Console. */
export function inConsole(person: Person): Pick<SimEvent, 'actorSid' | 'actorType' | 'source' | 'ip'> {
  return { actorSid: person.sid, actorType: 'user', source: 'web', ip: person.ip };
}

/** Fields of an event that a request with the account's credentials caused. */
export function byApi(account: string, ip: string): Pick<SimEvent, 'actorSid' | 'actorType' | 'source' | 'ip'> {
  return { actorSid: account, actorType: 'account', source: 'api', ip };
}

export interface History {
  readonly account: SimAccount;
  readonly people: readonly Person[];
  /** Epoch milliseconds. */
  readonly from: number;
  readonly to: number;
  /** Console sessions per working day. */
  readonly sessionsPerDay: number;
}

/** Ordinary administration: sessions in office hours, now and then a change, and the creation of whatever is recent. Oldest first. */
export function ordinaryEvents({ account, people, from, to, sessionsPerDay }: History, random: Random): SimEvent[] {
  const events: SimEvent[] = [];
  for (let day = Math.floor(from / dayMs); day * dayMs < to; day++) {
    const working = (day + 4) % 7 !== 0 && (day + 4) % 7 !== 6;
    const sessions = Math.floor((working ? sessionsPerDay : sessionsPerDay / 8) + random.next());
    for (let n = 0; n < sessions; n++) {
      const person = pick(random, people);
      const at = Math.floor((day * dayMs + between(random, 14, 23) * hourMs) / 1000) * 1000;
      events.push(session(person, at, random));
      if (random.next() < 0.12) events.push(smallChange(account, person, at + 240_000, random));
    }
  }
  const created = creations(account, people, random);
  return [...events, ...created].filter(({ at }) => at >= from && at <= to).sort((a, b) => a.at - b.at);
}

function session(person: Person, at: number, random: Random): SimEvent {
  const description = `User ${person.name} signed in`;
  const fields = { at, description, resourceSid: person.sid, ...inConsole(person) };
  return newEvent(random, {
    ...fields,
    type: 'user-session.created',
    changes: { user_agent: change(null, 'Chrome 142 on macOS') },
  });
}

function smallChange(account: SimAccount, person: Person, at: number, random: Random): SimEvent {
  const by = { at, ...inConsole(person) };
  const number = account.numbers.length > 0 ? pick(random, account.numbers) : undefined;
  if (number === undefined || random.next() < 0.3) {
    const description = `Account ${account.friendlyName} updated`;
    return newEvent(random, { ...by, type: 'account.updated', description, resourceSid: account.sid });
  }
  const description = `Phone number ${number.phoneNumber} updated`;
  const changes = { friendly_name: change(number.phoneNumber, number.friendlyName) };
  return newEvent(random, { ...by, type: 'phone-number.updated', description, resourceSid: number.sid, changes });
}

function creations(account: SimAccount, people: readonly Person[], random: Random): SimEvent[] {
  const made = (type: string, what: { sid: string; friendlyName: string; created: number }) => {
    const by = inConsole(pick(random, people));
    const changes = { friendly_name: change(null, what.friendlyName) };
    const description = `${type.replace(/\..*/, '').replaceAll('-', ' ')} ${what.friendlyName} created`;
    return newEvent(random, { at: what.created, type, description, resourceSid: what.sid, changes, ...by });
  };
  return [
    ...account.keys.map((key) => made('account-api-keys.created', key)),
    ...account.numbers.map((number) => made('phone-number.created', number)),
    ...account.messagingServices.map((service) => made('copilot-application.created', service)),
    ...account.usageTriggers.map((trigger) => made('usage-trigger.created', trigger)),
  ];
}

/** One property's values before and after, as `event_data.resource_properties` holds them. */
export function change(
  previous: string | null,
  updated: string | null,
): { previous: string | null; updated: string | null } {
  return { previous, updated };
}
