import { rowsOf } from '../evidence/captureRecord.ts';
import type { EvidenceStore } from '../evidence/evidenceStore.ts';
import { heldCaptures } from '../evidence/heldCaptures.ts';
import type { OpenIncident } from '../evidence/incidentStore.ts';
import { latestRows, type RowKey } from '../evidence/latestRows.ts';
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
import { type PhishingFacts, readPhishing } from './phishingFacts.ts';
import { countRecipients, mostCountedMessages, type RecipientFacts } from './recipients.ts';
import { onsetOf } from './timeline.ts';
import type { Verdict } from './verdict.ts';
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
  const phishing = verdict && (await phishingOf(opened, verdict, store));
  return {
    ...rest,
    gaps: [...rest.gaps, ...(read?.gaps ?? [])],
    ...(rows && { traffic: rows }),
    ...(evidence && { evidence }),
    ...(read && { logs: read.logs }),
    ...(recipients && { recipients }),
    ...(capturedMessages(opened) > mostCountedMessages && { uncounted: mostCountedMessages }),
    ...(phishing && { phishing }),
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
  };
}

const keyOf: RowKey = ({ source, row }) => sources.find(({ id }) => id === source)?.key(row);

/** What the captured logs say; a file that is damaged is a gap. */
async function readLogs(
  opened: OpenIncident,
  window: RcaFacts['window'],
  onset: number | undefined,
  store: EvidenceStore,
): Promise<{ readonly logs: LogFacts; readonly gaps: readonly string[] }> {
  const ids = evidenceIds(opened.journal.records);
  const gaps = new Set<string>();
  const rows = latestRows(() => store.rows(opened, logSources, ({ message }) => gaps.add(message)), keyOf);
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
  const countries = new Set(rows.filter(({ excess }) => excess > 0).map(({ country }) => country));
  const messages = since === undefined || countries.size === 0 ? undefined : await messagesOf(opened, store);
  if (since === undefined || !messages) return undefined;
  return countRecipients(messages.read(), { countries, since, idOf: messages.idOf });
}

/** What was sent of the texts that the first indicator of smishing found. */
async function phishingOf(
  opened: OpenIncident,
  { hits }: Verdict,
  store: GatherParts['store'],
): Promise<PhishingFacts | undefined> {
  const hit = hits.find(({ id, severity }) => id === 'S1' && severity !== 'notice');
  if (hit?.first === undefined || hit.last === undefined) return undefined;
  const messages = await messagesOf(opened, store);
  if (!messages) return undefined;
  const { first: from, last: to } = hit;
  const rows = latestRows(messages.read, keyOf);
  return readPhishing(rows, { cited: new Set(hit.citations), from, to, idOf: messages.idOf });
}

function capturedMessages({ journal }: OpenIncident): number {
  const held = heldCaptures(journal.records).filter(({ capture }) => capture.source === 'messages');
  return held.reduce((sum, { capture }) => sum + rowsOf(capture), 0);
}

/** The captured messages, unless there are too many to look at each. */
async function messagesOf(opened: OpenIncident, store: GatherParts['store']) {
  const total = capturedMessages(opened);
  if (total === 0 || total > mostCountedMessages) return undefined;
  const ids = evidenceIds(opened.journal.records);
  const kept = await store();
  // A damaged file is among the gaps of the traffic already.
  return { read: () => kept.rows(opened, ['messages'], () => undefined), idOf: (file: string) => ids.get(file) };
}
