import type { OpenIncident } from '../evidence/incidentStore.ts';
import type { SourceId } from '../evidence/source.ts';
import { shortAccount } from '../traffic/logRow.ts';
import { knownEvidence } from './knownEvidence.ts';

/** A thousand accounts must not fill a page. */
const mostAccounts = 10;

/**
 * What an incident lacks of a source, a sentence for each account, so that figures from its evidence do not pass for all there was. May hold
 * hostile text; empty when every account is complete. `now` in epoch milliseconds.
 */
export function collectionGaps(
  { incident, journal }: Pick<OpenIncident, 'incident' | 'journal'>,
  source: SourceId,
  now: number,
): readonly string[] {
  if (!incident) return [];
  const { coverage, accounts } = knownEvidence(incident, journal.records, now);
  const nameOf = (account: string) => accounts.find(({ sid }) => sid === account)?.name || shortAccount(account);
  const lacking = coverage.filter((one) => one.source === source && one.state !== 'complete');
  const told = lacking
    .slice(0, mostAccounts)
    .map(({ title, account, state, why }) => `${title} of ${nameOf(account)}: ${why.join(' ') || `${state}.`}`);
  const more = lacking.length - told.length;
  return more > 0 ? [...told, `${more} more accounts are not complete either.`] : told;
}
