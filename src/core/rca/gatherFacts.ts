import { rowsOf } from '../evidence/captureRecord.ts';
import type { EvidenceStore } from '../evidence/evidenceStore.ts';
import { heldCaptures } from '../evidence/heldCaptures.ts';
import type { OpenIncident } from '../evidence/incidentStore.ts';
import { latestRows } from '../evidence/latestRows.ts';
import { sources } from '../evidence/sources.ts';
import { collections } from '../incidentView/collectionRecord.ts';
import type { KnownEvidence } from '../incidentView/knownEvidence.ts';
import { type Incident, incidentTypes } from '../model/incident.ts';
import { actions } from '../registry.ts';
import { starredRecords } from '../timeline/journalEntries.ts';
import { marksOf } from '../timeline/marks.ts';
import { citedTraffic, documentStatus, evidenceIds } from './citations.ts';
import { containmentSteps } from './containmentSteps.ts';
import { evidenceFacts } from './evidenceFacts.ts';
import type { RcaFacts, TrafficRow } from './facts.ts';
import { journalTimeline } from './journalTimeline.ts';
import { type LogFacts, logSources, readLogFacts } from './logFacts.ts';
import { countRecipients, mostCountedMessages, type RecipientFacts } from './recipients.ts';
import { onsetOf } from './timeline.ts';
import { verdictOf } from './verdictRecord.ts';

export interface GatherParts {
  readonly known: KnownEvidence;
  /** `collected`: counted from the incident's evidence. */
  readonly traffic: Pick<RcaFacts, 'traffic' | 'trafficFrom' | 'gaps' | 'asOf'> & { readonly collected?: true };
  readonly store: () => Promise<EvidenceStore>;
  /** The open account is the demo's. */
  readonly demo: boolean;
}

/** Everything the documents of an incident are written from: its journal, its evidence, and traffic that was counted before. */
export async function gatherFacts(
  opened: OpenIncident,
  incident: Incident,
  { known, traffic: { collected, traffic, ...rest }, store, demo }: GatherParts,
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
  const read = evidence ? await readLogs(opened, known.window, onset, await store()) : undefined;
  const recipients = collected && rows && (await recipientsOf(opened, rows, onset, store));
  return {
    ...rest,
    gaps: [...rest.gaps, ...(read?.gaps ?? [])],
    ...(rows && { traffic: rows }),
    ...(evidence && { evidence }),
    ...(read && { logs: read.logs }),
    ...(recipients && { recipients }),
    ...(verdict && { verdict }),
    journal: [...journalTimeline(records), ...starredRecords(records, (id) => marks.get(id)?.isStarred ?? false)],
    marks,
    demo: demo || collections(records).some((one) => one.demo),
    title,
    ...(type && { type: incidentTypes[type] }),
    status: documentStatus(records),
    accounts,
    window,
    containment: containmentSteps(records, actions),
    ...(head && { chainHead: head }),
  };
}

/** What the captured logs say; a file that is damaged is a gap. */
async function readLogs(
  opened: OpenIncident,
  window: RcaFacts['window'],
  onset: number | undefined,
  store: EvidenceStore,
): Promise<{ readonly logs: LogFacts; readonly gaps: readonly string[] }> {
  const ids = evidenceIds(opened.journal.records);
  const gaps = new Set<string>();
  const rows = latestRows(
    () => store.rows(opened, logSources, ({ message }) => gaps.add(message)),
    ({ source, row }) => sources.find(({ id }) => id === source)?.key(row),
  );
  const idOf = (file: string) => ids.get(file);
  const marks = marksOf(opened.journal.records);
  const isStarred = (sid: string) => marks.get(sid)?.isStarred ?? false;
  const logs = await readLogFacts(rows, { window, idOf, isStarred, ...(onset !== undefined && { onset }) });
  return { logs, gaps: [...gaps] };
}

async function recipientsOf(
  opened: OpenIncident,
  rows: readonly TrafficRow[],
  since: number | undefined,
  store: GatherParts['store'],
): Promise<RecipientFacts | undefined> {
  const { records } = opened.journal;
  const messages = heldCaptures(records).filter(({ capture }) => capture.source === 'messages');
  const total = messages.reduce((sum, { capture }) => sum + rowsOf(capture), 0);
  if (since === undefined || total === 0 || total > mostCountedMessages) return undefined;
  const ids = evidenceIds(records);
  const countries = new Set(rows.filter(({ excess }) => excess > 0).map(({ country }) => country));
  // A damaged file is among the gaps of the traffic already.
  const captured = (await store()).rows(opened, ['messages'], () => undefined);
  return countRecipients(captured, { countries, since, idOf: (file) => ids.get(file) });
}
