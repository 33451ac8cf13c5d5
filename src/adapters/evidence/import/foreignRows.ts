import type { TakeForeign } from '../../../core/evidence/evidenceStore.ts';
import { isAboutAny, ownAccounts } from '../../../core/evidence/importedAccounts.ts';
import type { AccountRows } from '../../../core/evidence/importRecord.ts';
import type { OpenIncident } from '../../../core/evidence/incidentStore.ts';
import { unnamedAccount } from '../../../core/traffic/logRow.ts';

/**
 * Makes the function that tells whose rows of a file are left out: those of accounts that an incident is not about and that `take` did not want; nobody
 * asked, all of them. Each account is asked about once. Rows that name no account are nobody else's.
 */
export function createForeignRows(
  opened: Pick<OpenIncident, 'incident' | 'journal'>,
  take: TakeForeign = async () => false,
) {
  const isAny = isAboutAny(opened);
  const own = new Set<string>(ownAccounts(opened).map(({ sid }) => sid));
  const answers = new Map<string, boolean>();
  return async (file: string, found: readonly AccountRows[]): Promise<ReadonlySet<string>> => {
    const foreign = found.filter(({ sid }) => !isAny && sid !== unnamedAccount && !own.has(sid));
    const unknown = foreign.filter(({ sid }) => !answers.has(sid));
    if (unknown.length > 0) {
      const wanted = await take(file, unknown);
      for (const { sid } of unknown) answers.set(sid, wanted);
    }
    return new Set(foreign.flatMap(({ sid }) => (answers.get(sid) ? [] : [sid])));
  };
}
