import { createCancellation } from '../core/cancellation.ts';
import { Cancelled, UserError } from '../core/errors.ts';
import { filesSince } from '../core/evidence/cameByItself.ts';
import { collectEvidence } from '../core/evidence/collect/collectEvidence.ts';
import type { CollectOptions } from '../core/evidence/collect/options.ts';
import type { EvidenceStore } from '../core/evidence/evidenceStore.ts';
import { heldCaptures } from '../core/evidence/heldCaptures.ts';
import type { OpenIncident } from '../core/evidence/incidentStore.ts';
import { sourceIds } from '../core/evidence/source.ts';
import { sources } from '../core/evidence/sources.ts';
import { collections } from '../core/incidentView/collectionRecord.ts';
import { collectionWindow } from '../core/incidentView/evidenceWindow.ts';
import { knownEvidence } from '../core/incidentView/knownEvidence.ts';
import { span } from '../core/model/age.ts';
import type { Cancellation, Clock } from '../core/ports.ts';
import type { ImportedTraffic } from '../core/traffic/logImport.ts';
import { freshOnsets, type Onset, onsetEntry, onsetSentence, onsetsOf } from '../core/traffic/watchRecord.ts';
import type { OpenConnection } from './session.ts';

export interface LiveWatchLookParts {
  readonly store: () => Promise<EvidenceStore>;
  readonly clock: Clock;
  readonly delay: CollectOptions['delay'];
  /** The traffic in an incident's evidence, with what the detector finds in it. */
  readonly count: (incident: OpenIncident, options: { readonly cancel: Cancellation }) => Promise<ImportedTraffic>;
}

export interface Looked {
  readonly rows: number;
  /** Files of evidence that were written. */
  readonly files: number;
  readonly requests: number;
  /** What the journal did not tell before; it does now. */
  readonly fresh: readonly Onset[];
  /** All of it in one sentence; absent when there is nothing new. */
  readonly found?: string;
  readonly traffic: ImportedTraffic;
}

/** More requests than this are left to the next look: each account has its newest page long before. */
const mostRequests = 200;
const longestGap = span.day;
/** Number of the record that changed what an incident holds last, when its surges were told last. */
const toldAt = new WeakMap<OpenIncident, number>();

/**
 * Collects what came since the evidence ends, of the accounts and sources that were collected before, and records what stands out for the first time; what
 * stood out in the evidence before it came is told as that, since whoever judged that evidence judged it as well.
 * Throws `UserError` when there is nothing to go on from or nothing could be read, and `Cancelled`.
 */
export async function lookForNew(
  opened: OpenIncident,
  open: Pick<OpenConnection, 'connection' | 'twilio'>,
  { store, clock, delay, count }: LiveWatchLookParts,
  cancel: Cancellation,
): Promise<Looked> {
  const { incident, journal } = opened;
  const { records } = journal;
  const main = open.connection.account;
  const earlier = collections(records).filter((one) => one.main === main);
  // All logs, not those of traffic alone: evidence of one that ends before the others would count as incomplete.
  const asked = sources.filter(({ id, kind }) => kind === 'log' && earlier.some((one) => one.sources.includes(id)));
  const accounts = [...new Map(earlier.flatMap((one) => one.accounts).map((one) => [one.sid, one])).values()];
  const captured = heldCaptures(records).filter(({ capture }) => capture.source === 'messages');
  if (!incident || accounts.length === 0 || captured.length === 0)
    throw new UserError(
      'bad-input',
      'Live watch goes on from messages collected with this account. Run “Collect Evidence” first.',
    );
  const now = clock.now();
  const window = collectionWindow(incident, heldCaptures(records), now);
  const seen = toldAt.get(opened) === lastChange(opened) ? undefined : await count(opened, { cancel });
  const old = seen ? freshOnsets(onsetsOf(seen.report), records) : [];
  for (const onset of old) await journal.append(onsetEntry(onset, 'held'));
  const evidence = await store();
  const { lost } = await evidence.onDisk(opened);
  const { held } = knownEvidence(incident, records, now, {
    accounts,
    main: { sid: main, name: open.connection.name },
    window,
    lost,
  });
  const budget = createCancellation();
  cancel.addEventListener('abort', budget.abort);
  const writer = await evidence.writer(opened);
  const before = records.length;
  let read = 0;
  const result = await recorded(() =>
    collectEvidence(open.twilio, {
      sources: asked,
      accounts: accounts.map(({ sid, name }) => ({ account: sid, name })),
      main,
      // Of these hours what is not held yet. What is missing before is for collecting by hand, which shows how much it is.
      window: { ...window, from: Math.max(window.from, window.to - longestGap) },
      now,
      held,
      settled: span.hour,
      rowsOf: (captures) => evidence.rows(opened, sourceIds, () => undefined, captures),
      writer,
      clock,
      delay,
      cancel: budget.signal,
      onProgress({ rows, requests }) {
        read = rows;
        if (requests >= mostRequests) budget.abort();
      },
    }),
  );
  /** However it ends: what no record says of came by hand, and the verdict would be called out of date. */
  async function recorded<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } finally {
      cancel.removeEventListener('abort', budget.abort);
      await writer.close();
      const files = filesSince(journal.records, before);
      if (files.length > 0) await journal.append({ type: 'live-watch', rows: read, files: [...files] });
    }
  }
  if (cancel.aborted) throw new Cancelled();
  if (result.writeFailure !== undefined) throw new UserError('not-allowed', result.writeFailure);
  const failed = result.outcomes.filter(({ complete }) => !complete);
  if (failed.length === result.outcomes.length && result.rows === 0)
    throw new UserError('network', failed[0]?.why[0] ?? 'Nothing could be read.');
  const files = filesSince(journal.records, before).length;
  const traffic = seen && files === 0 ? seen : await count(opened, { cancel });
  const fresh = freshOnsets(onsetsOf(traffic.report), records);
  for (const onset of fresh) await journal.append(onsetEntry(onset));
  toldAt.set(opened, lastChange(opened));
  const told = [...old, ...fresh];
  const found = told.length > 0 ? { found: onsetSentence(told) } : {};
  return { rows: result.rows, files, requests: result.requests, fresh: told, ...found, traffic };
}

/** As many captures may be others than before: one was imported, another taken out. */
function lastChange({ journal }: OpenIncident): number {
  return journal.records.findLast(({ type }) => type === 'capture' || type === 'evidence-deleted')?.seq ?? 0;
}
