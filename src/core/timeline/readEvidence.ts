import type { EvidenceStore } from '../evidence/evidenceStore.ts';
import type { OpenIncident } from '../evidence/incidentStore.ts';
import { latestRows } from '../evidence/latestRows.ts';
import type { SourceId } from '../evidence/source.ts';
import { sources } from '../evidence/sources.ts';
import { evidenceIds } from '../rca/citations.ts';
import { readLogFacts } from '../rca/logFacts.ts';
import type { KnownEntry } from './entry.ts';
import { logEntries } from './evidenceEntries.ts';

/** The logs a timeline is read from; messages are counted elsewhere. */
const timelineLogs: readonly SourceId[] = ['events', 'alerts'];

/** What the captured logs tell, of whatever time; a sentence for each file that cannot be used. */
export async function readEvidence(
  opened: OpenIncident,
  store: EvidenceStore,
): Promise<{ readonly entries: readonly KnownEntry[]; readonly gaps: readonly string[] }> {
  const ids = evidenceIds(opened.journal.records);
  const gaps = new Set<string>();
  const rows = latestRows(
    () => store.rows(opened, timelineLogs, ({ message }) => gaps.add(message)),
    ({ source, row }) => sources.find(({ id }) => id === source)?.key(row),
  );
  const window = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
  const facts = await readLogFacts(rows, { window, idOf: (file) => ids.get(file) });
  return { entries: logEntries(facts), gaps: [...gaps] };
}
