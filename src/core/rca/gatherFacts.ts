import type { EvidenceStore } from '../evidence/evidenceStore.ts';
import type { OpenIncident } from '../evidence/incidentStore.ts';
import { latestRows, type RowKey } from '../evidence/latestRows.ts';
import { sources } from '../evidence/sources.ts';
import { collections } from '../incidentView/collectionRecord.ts';
import type { KnownEvidence } from '../incidentView/knownEvidence.ts';
import { type Incident, incidentTypes } from '../model/incident.ts';
import type { Cancellation } from '../ports.ts';
import { actions } from '../registry.ts';
import { starredRecords } from '../timeline/journalEntries.ts';
import { marksOf } from '../timeline/marks.ts';
import type { ImportedTraffic } from '../traffic/logImport.ts';
import { citedTraffic, documentStatus, evidenceIds } from './citations.ts';
import { containmentSteps } from './containmentSteps.ts';
import { evidenceFacts } from './evidenceFacts.ts';
import type { RcaFacts } from './facts.ts';
import { journalTimeline } from './journalTimeline.ts';
import { type KeyFacts, readKeys } from './keyFacts.ts';
import { type LogFacts, logSources, readLogFacts } from './logFacts.ts';
import { recipientsOf } from './recipients.ts';
import { onsetOf } from './timeline.ts';
import { verdictOf } from './verdictRecord.ts';

export interface GatherParts {
  readonly known: KnownEvidence;
  /** `collected`: counted from the incident's evidence. */
  readonly traffic: Pick<RcaFacts, 'traffic' | 'trafficFrom' | 'gaps' | 'asOf'> &
    Pick<ImportedTraffic, 'recipients'> & { readonly collected?: true };
  readonly store: () => Promise<EvidenceStore>;
  /** The open account is the demo's. */
  readonly demo: boolean;
  readonly cancel?: Cancellation;
}

/** Everything the documents of an incident are written from: its journal, its evidence, and traffic that was counted before. Throws `Cancelled`. */
export async function gatherFacts(
  opened: OpenIncident,
  incident: Incident,
  { known, traffic: { collected, traffic, recipients: count, ...rest }, store, demo, cancel }: GatherParts,
): Promise<RcaFacts> {
  const { records, head } = opened.journal;
  const { title, type, accounts, window } = incident;
  const cited = collected && traffic ? citedTraffic(traffic, records) : traffic;
  const names = new Map<string, string>(known.accounts.map((one) => [one.sid, one.name]));
  const rows = cited?.map((row) => ({
    ...row,
    ...(row.senders && { senders: row.senders.map((one) => ({ ...one, name: names.get(one.sid) || one.name })) }),
  }));
  const evidence = evidenceFacts(records, known.coverage, known.accounts);
  const verdict = verdictOf(records);
  const marks = marksOf(records);
  const onsets = (rows ?? []).flatMap((row) => onsetOf(row) ?? []);
  const onset = onsets.length > 0 ? Math.min(...onsets) : undefined;
  const read = evidence ? await readLogs(opened, known.window, onset, await store(), cancel) : undefined;
  const keys = evidence ? await keysOf(opened, await store()) : undefined;
  const reached = rows && (await recipientsOf(rows, onset, count, cancel));
  return {
    ...rest,
    gaps: [...rest.gaps, ...(read?.gaps ?? []), ...(reached && 'gap' in reached ? [reached.gap] : [])],
    ...(rows && { traffic: rows }),
    ...(evidence && { evidence }),
    ...(read && { logs: read.logs }),
    ...(keys && { keys }),
    ...(reached && 'numbers' in reached && { recipients: reached }),
    ...(verdict && { verdict }),
    journal: [...journalTimeline(records), ...starredRecords(records, (id) => marks.get(id)?.isStarred ?? false)],
    marks,
    demo: demo || collections(records).some((one) => one.demo),
    title,
    ...(type && { type: incidentTypes[type] }),
    status: documentStatus(records),
    accounts,
    known: known.accounts,
    window,
    containment: containmentSteps(records, actions),
    ...(head && { chainHead: head }),
    ...(opened.journal.unsealed > 0 && { unsealed: opened.journal.unsealed }),
  };
}

const keyOf: RowKey = ({ source, row }) => sources.find(({ id }) => id === source)?.key(row);

/** What the captured logs say; a file that is damaged is a gap. */
async function readLogs(
  opened: OpenIncident,
  window: RcaFacts['window'],
  onset: number | undefined,
  store: EvidenceStore,
  cancel: Cancellation | undefined,
): Promise<{ readonly logs: LogFacts; readonly gaps: readonly string[] }> {
  const ids = evidenceIds(opened.journal.records);
  const gaps = new Set<string>();
  const rows = latestRows(() => store.rows(opened, logSources, ({ message }) => gaps.add(message)), keyOf);
  const idOf = (file: string) => ids.get(file);
  const marks = marksOf(opened.journal.records);
  const isStarred = (sid: string) => marks.get(sid)?.isStarred ?? false;
  const logs = await readLogFacts(rows, {
    window,
    idOf,
    isStarred,
    ...(onset !== undefined && { onset }),
    ...(cancel && { cancel }),
  });
  return { logs, gaps: [...gaps] };
}

function keysOf(opened: OpenIncident, store: EvidenceStore): Promise<KeyFacts> {
  const { records } = opened.journal;
  const ids = evidenceIds(records);
  // A damaged file is left out of what is listed, and the coverage says so.
  return readKeys(
    store.rows(opened, ['keys'], () => undefined),
    records,
    (file) => ids.get(file),
  );
}
