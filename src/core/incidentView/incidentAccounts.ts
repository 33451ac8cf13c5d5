import type { HeldCapture } from '../evidence/heldCaptures.ts';
import type { ChainRecord } from '../evidence/record.ts';
import type { Incident } from '../model/incident.ts';
import { collections } from './collectionRecord.ts';
import type { NamedAccount } from './facts.ts';

export interface IncidentAccounts {
  readonly accounts: readonly NamedAccount[];
  /** The one that was asked for what only a main account has. */
  readonly main: NamedAccount | undefined;
}

/**
 * Whose evidence an incident has or lacks: the accounts it names and those it was collected of; what was captured tells when neither
 * does.
 */
export function incidentAccounts(
  incident: Pick<Incident, 'accounts'>,
  records: readonly ChainRecord[],
  held: readonly HeldCapture[],
): IncidentAccounts {
  const asked = collections(records);
  const named = distinct([...incident.accounts, ...asked.flatMap(({ accounts }) => accounts)]);
  const captured = () =>
    held.flatMap(({ capture }) => capture.slices.map(({ account }) => ({ sid: account, name: '' })));
  const accounts = named.length > 0 ? named : distinct(captured());
  const main = asked.at(-1)?.main;
  return { accounts, main: main ? (accounts.find(({ sid }) => sid === main) ?? { sid: main, name: '' }) : accounts[0] };
}

/** Whether an incident is about an account; one that names none is about any. */
export function concerns({ accounts }: Pick<Incident, 'accounts'>, account: string): boolean {
  return accounts.length === 0 || accounts.some(({ sid }) => sid === account);
}

function distinct(accounts: readonly NamedAccount[]): readonly NamedAccount[] {
  const bySid = new Map<string, NamedAccount>();
  for (const one of accounts) if (!bySid.get(one.sid)?.name) bySid.set(one.sid, one);
  return [...bySid.values()];
}
