import { incidentTypes } from '../model/incident.ts';
import type { ContainmentStep, NamedAccount, RcaFacts } from './facts.ts';

/**
 * The accounts an incident concerns by what was found: senders of traffic in excess, accounts in the verdict's scope with a found part, and
 * those in which an address that was not seen before changed something. Each once, most excess first.
 */
export function impactedAccounts(facts: RcaFacts): readonly NamedAccount[] {
  const { traffic = [], verdict, logs } = facts;
  const senders = traffic
    .filter(({ excess }) => excess > 0)
    .flatMap(({ senders: own = [] }) => own)
    .toSorted((one, other) => other.messages - one.messages);
  const counted = (verdict?.scope?.accounts ?? [])
    .filter(({ messages, attempts, calls }) => messages.found + attempts.found + calls.found > 0)
    .map(({ account }) => account);
  const changed = (logs?.events ?? [])
    .filter(({ address, level }) => address === 'new' && level !== 'notice')
    .map(({ account }) => account);
  const sids = new Set([...senders.map(({ sid }) => sid), ...counted, ...changed]);
  return [...sids].map((sid) => ({ sid, name: nameOf(sid, facts) }));
}

/** Hostile text: the name of an account, its SID where no name is known. */
export function nameOf(sid: string, { accounts, known = [], traffic = [] }: RcaFacts): string {
  const senders = traffic.flatMap(({ senders: own = [] }) => own);
  return [...accounts, ...known, ...senders].find((one) => one.sid === sid)?.name || sid;
}

/** Whose credentials Twilio asks to replace after a takeover: the main account and every impacted one. */
export function accountsToSanitize(facts: RcaFacts): readonly NamedAccount[] {
  const impacted = impactedAccounts(facts);
  const main = facts.accounts.slice(0, 1).filter(({ sid }) => impacted.every((one) => one.sid !== sid));
  return [...main, ...impacted];
}

/** Whether a step was taken in an account. A journal of an older version tells the account by its name only. */
export function isIn({ account, sid, target }: ContainmentStep, { sid: own, name }: NamedAccount): boolean {
  if (account !== undefined) return account === own;
  return sid?.split(' ').includes(own) || target === own || (sid === undefined && target === name);
}

/** `Account takeover (confirmed), SMS pumping (confirmed)`: what the verdict says; before there is one, what it was taken for. */
export function typeText({ type, verdict }: RcaFacts): string | undefined {
  const found = (verdict?.types ?? []).filter(({ grade }) => grade !== 'possible');
  if (found.length === 0) return type;
  const titles = found.map((one) => `${incidentTypes[one.type]} (${one.grade})`);
  const opened = type === undefined || found.some((one) => incidentTypes[one.type] === type);
  return `${titles.join(', ')}${opened ? '' : `; opened as ${type}`}`;
}
