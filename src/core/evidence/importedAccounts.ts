import type { NamedAccount } from '../incidentView/facts.ts';
import { incidentAccounts } from '../incidentView/incidentAccounts.ts';
import { type AccountSid, shortSid } from '../model/sid.ts';
import { unnamedAccount } from '../traffic/logRow.ts';
import { heldCaptures } from './heldCaptures.ts';
import type { AccountRows } from './importRecord.ts';
import type { OpenIncident } from './incidentStore.ts';
import { recordedImports } from './recordedImports.ts';

/** Names of accounts where they are known: hostile text. */
export type AccountNames = readonly Pick<NamedAccount, 'sid' | 'name'>[];

type Known = Pick<OpenIncident, 'incident' | 'journal'>;

/** The accounts an incident is about: also those of which a person took rows in. None: it names none, and no row it holds names one. */
export function ownAccounts(opened: Known): readonly NamedAccount[] {
  const known = knownAccounts(opened);
  const taken = recordedImports(opened.journal.records)
    .filter(({ deleted }) => deleted === undefined)
    .flatMap(({ accounts = [] }) => accounts.map(({ sid }) => ({ sid, name: '' })));
  const names = new Map([...taken, ...known].map(({ sid, name }) => [sid, name]));
  const sids = new Set([...known, ...taken].map(({ sid }) => sid));
  return [...sids].map((sid) => ({ sid, name: names.get(sid) ?? '' })).filter(({ sid }) => sid !== unnamedAccount);
}

/** Whether an incident names no account and holds no rows yet, so that it is about any. */
export function isAboutAny(opened: Known): boolean {
  return knownAccounts(opened).length === 0;
}

function knownAccounts({ incident, journal: { records } }: Known): readonly NamedAccount[] {
  return incidentAccounts({ accounts: incident?.accounts ?? [] }, records, heldCaptures(records)).accounts;
}

/** Whose rows those are taken for that name no account: the incident’s, when it names one alone. */
export function unnamedOwner({ incident }: Pick<OpenIncident, 'incident'>): AccountSid | undefined {
  const [only, ...others] = incident?.accounts ?? [];
  return others.length === 0 ? only?.sid : undefined;
}

const mostNamed = 3;

/** `Acme (AC…12ab), AC…34cd and 2 more accounts`; hostile text where accounts have names. */
export function accountsText(sids: readonly string[], names: AccountNames): string {
  const different = [...new Set(sids)];
  const told = different.slice(0, mostNamed).map((sid) => {
    const name = names.find((one) => one.sid === sid)?.name;
    return name ? `${name} (${shortSid(sid)})` : shortSid(sid);
  });
  const more = different.length - told.length;
  if (more > 0) return `${told.join(', ')} and ${more === 1 ? '1 more account' : `${more} more accounts`}`;
  return told.length < 2 ? told.join() : `${told.slice(0, -1).join(', ')} and ${told.at(-1)}`;
}

/** Rows of all these accounts together. */
export function rowsOfAccounts(accounts: readonly AccountRows[]): number {
  return accounts.reduce((sum, { rows }) => sum + rows, 0);
}
