import { isoSeconds, span, utc } from '../model/age.ts';
import { type AuditEvent, byWhom, readAuditEvent } from '../model/auditEvent.ts';
import type { Window } from '../model/incidentWindow.ts';
import type { AccountSid } from '../model/sid.ts';
import type { Cancellation, Twilio } from '../ports.ts';
import { createAddressHistory } from '../rca/addressHistory.ts';
import { type OwnChange, ownEvents } from './ownChanges.ts';
import { readPages } from './readLive.ts';
import { webhookNames } from './webhooks.ts';

/** What the audit log of an account tells of an incident's window. Its texts are hostile. */
export interface Traces {
  /** What others did in the window, the oldest first. */
  readonly events: readonly AuditEvent[];
  /** True when the log goes back far enough to say that nobody came from this address before the window. */
  isNew(ip: string): boolean;
}

/** A number whose webhooks were rewritten in the window. */
export interface Rewritten {
  /** `PN…` */
  readonly sid: string;
  /** By the names that the lever has for them: what they were before the first change in the window. */
  readonly before: Readonly<Record<string, string>>;
  /** Who did it, when, and whether from a new address: a sentence's end. */
  readonly told: string;
  readonly byNewAddress: boolean;
}

/** How long before the window an address may have been seen to count as usual: what every account's log holds. */
const lead = 30 * span.day;
/** Who contains does not wait for a longer log; with less than a day before the window, no address is called new. */
const mostPages = 5;

/** Reads the audit log of an account, up to the end of the window, without what was changed with this extension. Throws `UserError`. */
export async function tracesIn(
  account: AccountSid,
  { from, to }: Window,
  twilio: Twilio,
  ownChanges: readonly OwnChange[],
  cancel?: Cancellation,
): Promise<Traces> {
  const query = { StartDate: isoSeconds(from - lead), EndDate: isoSeconds(to) };
  const { items } = await readPages({ operation: 'listEvents', account, query }, mostPages, twilio, cancel);
  const read = items.flatMap((item) => readAuditEvent(item) ?? []);
  const own = ownEvents(
    read.map((event) => ({ event, account })),
    ownChanges,
  );
  const all = read.filter(({ sid }) => !own.has(sid)).toSorted((a, b) => a.at - b.at);
  const addresses = createAddressHistory();
  for (const { ip, at } of all) addresses.see(ip, at);
  const reachesBack = all.some(({ at }) => at <= from - span.day);
  return {
    events: all.filter(({ at }) => at >= from && at <= to),
    isNew: (ip) => reachesBack && addresses.standing(ip, from) === 'new',
  };
}

/** Numbers of the account whose webhooks were rewritten in the window, the latest first. */
export function rewrittenIn({ events, isNew }: Traces): readonly Rewritten[] {
  const found = new Map<string, Rewritten>();
  for (const event of events) {
    const changed = event.changes.flatMap(({ property, previous }) => {
      const name = webhookNames.get(property);
      return name === undefined ? [] : [[name, previous] as const];
    });
    if (changed.length === 0 || !event.resourceSid.startsWith('PN')) continue;
    const earlier = found.get(event.resourceSid);
    found.delete(event.resourceSid);
    found.set(event.resourceSid, {
      sid: event.resourceSid,
      before: { ...Object.fromEntries(changed), ...earlier?.before },
      told: whoDid('Rewritten', event, isNew),
      byNewAddress: isNew(event.ip) || earlier?.byNewAddress === true,
    });
  }
  return [...found.values()].toReversed();
}

/** `Rewritten 2026-11-21 09:12 by API from 203.0.113.42, an address new to the account`. */
export function whoDid(what: string, event: AuditEvent, isNew: Traces['isNew']): string {
  return `${what} ${utc(event.at)} ${byWhom(event)}${isNew(event.ip) ? ', an address new to the account' : ''}`;
}
