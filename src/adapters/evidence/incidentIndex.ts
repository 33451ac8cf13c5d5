import { randomUUID } from 'node:crypto';
import { readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../core/errors.ts';
import type { Capture } from '../../core/evidence/capture.ts';
import { heldCaptures } from '../../core/evidence/heldCaptures.ts';
import type { OpenIncident } from '../../core/evidence/incidentStore.ts';
import { listPrices } from '../../core/evidence/listPrices.ts';
import { collectionGaps } from '../../core/incidentView/collectionGaps.ts';
import type { Cancellation, Clock } from '../../core/ports.ts';
import type { ImportedReport } from '../../core/traffic/importedReport.ts';
import type { ImportedTraffic, ImportProgress, OnCounted } from '../../core/traffic/logImport.ts';
import { captureRows, checkCapture } from './captureReader.ts';
import { countRecipients } from './ingest/countRecipients.ts';
import { ingestLogs } from './ingest/ingest.ts';
import { openNewest, type TrafficIndex } from './ingest/openIndex.ts';
import { reportFromIndex, reportOfHours } from './ingest/reportFromIndex.ts';
import { sha256 } from './sha256.ts';
import { createSharedWork } from './sharedWork.ts';

export interface IncidentIndexParts {
  /** Indexes are kept here, each in a folder of its own: a cache that can be deleted. */
  readonly folder: string;
  /** The script of the threads that read. */
  readonly worker: string | URL;
  readonly clock: Clock;
}

export interface IncidentTrafficOptions {
  readonly cancel?: Cancellation;
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Called before the detector judges what was counted. */
  readonly onCounted?: OnCounted;
}

/** Indexes that are being opened or made in this process, by folder: whoever wants the same one waits for it. */
const underWay = createSharedWork<TrafficIndex, ImportProgress>();

/**
 * The message traffic of an incident, from its captures: counted from an index that is made when there is none for just these captures.
 * Captures that do not match their record are left out and named among the gaps, and so is what was not collected. Throws `Cancelled`, or
 * `UserError` when there are no messages to count.
 */
export async function incidentTraffic(
  incident: OpenIncident,
  { folder, worker, clock }: IncidentIndexParts,
  { cancel, onProgress, onCounted }: IncidentTrafficOptions = {},
): Promise<ImportedTraffic> {
  const { whole, damaged } = await messageCaptures(incident);
  if (whole.length === 0) throw damaged[0]?.reason ?? nothingCollected();
  const id = incident.incident?.id ?? incident.folder;
  const own = path.join(folder, `${incidentPrefix(id)}${sha256(whole.map((one) => one.sha256).join()).slice(0, 32)}`);
  const isHeld = () => {
    const held = new Set(heldCaptures(incident.journal.records).map(({ capture }) => capture.file));
    return whole.every(({ file }) => held.has(file));
  };
  const waiting = { ...(cancel && { cancel }), ...(onProgress && { onProgress }) };
  const found = underWay.of(own, waiting, async (tell) => {
    const kept = await openNewest(own, clock.now()).catch(unlessUnusable);
    if (kept) return kept;
    await build(own, async (draft) => {
      const paths = whole.map(({ file }) => path.join(incident.folder, file));
      await ingestLogs(paths, draft, { worker, ...(cancel && { cancel }), onProgress: tell });
    });
    const made = await openNewest(own, clock.now());
    await removeIncidentIndexes(folder, id, own);
    return made;
  });
  const index = await found.then(
    (made) => (isHeld() ? made : undefined),
    (reason: unknown) => {
      if (isHeld()) throw reason;
      return undefined;
    },
  );
  if (!index) {
    // Nothing that was made of deleted evidence stays.
    await removeIncidentIndexes(folder, id);
    throw evidenceDeleted();
  }
  const files = damaged.map(({ capture, reason }) => ({ name: capture.file, rows: 0, refused: reason.message }));
  const summary = { ...index.summary, files: [...index.summary.files, ...files] };
  const prices = await listPrices(capturedPrices(incident));
  const listed = prices.length > 0 ? { prices } : {};
  const now = clock.now();
  const traffic = (report: ImportedReport): ImportedTraffic => {
    const { from, to } = report.imported;
    const gaps = [...collectionGaps(incident, 'messages', now), ...report.gaps];
    return {
      report: { ...report, ...listed, gaps, accounts: named(report.accounts, incident) },
      summary,
      from,
      to,
      recipients: (scope, stop) => countRecipients(own, scope, stop),
    };
  };
  const first = onCounted && reportOfHours({ lists: index.columns, grid: index.grid, summary }, now);
  if (first) onCounted(traffic(first));
  return traffic(await reportFromIndex({ ...index, summary }, { now, ...(cancel && { cancel }) }));
}

/** Deletes the indexes of an incident, all but `except` and what other windows are making of the same captures. */
export async function removeIncidentIndexes(folder: string, id: string, except?: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((one) => one.startsWith(incidentPrefix(id))))
    if (except === undefined || !path.join(folder, name).startsWith(except))
      await rm(path.join(folder, name), { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
}

/** Names of folders must not tell what an incident is called. */
export function incidentPrefix(id: string): string {
  return `incident-${sha256(id).slice(0, 16)}-`;
}

/** Of a file that is not as it was recorded nothing is used: without a list price an estimate comes from the messages themselves. */
async function* capturedPrices({ folder, journal }: OpenIncident) {
  for (const { capture } of heldCaptures(journal.records))
    if (capture.source === 'prices' && !(await checkCapture(folder, capture))) yield* captureRows(folder, capture);
}

interface Damaged {
  readonly capture: Capture;
  readonly reason: UserError;
}

async function messageCaptures({ folder, journal }: OpenIncident) {
  const whole: Capture[] = [];
  const damaged: Damaged[] = [];
  for (const { capture } of heldCaptures(journal.records)) {
    if (capture.source !== 'messages') continue;
    const reason = await checkCapture(folder, capture);
    if (reason) damaged.push({ capture, reason });
    else whole.push(capture);
  }
  return { whole, damaged };
}

/** Made aside and then named, so that two windows that make the same one do not write into each other's. */
async function build(own: string, make: (draft: string) => Promise<void>): Promise<void> {
  const draft = `${own}.${randomUUID()}`;
  try {
    await make(draft);
    await rm(own, { recursive: true, force: true });
    await rename(draft, own);
  } catch (reason) {
    await rm(draft, { recursive: true, force: true });
    // Another window was quicker, or cleared this one away with an index of other captures: what is there now counts.
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes((reason as NodeJS.ErrnoException).code ?? '')) throw reason;
  }
}

function unlessUnusable(reason: unknown): undefined {
  if (!(reason instanceof UserError)) throw reason;
}

function named(accounts: ImportedTraffic['report']['accounts'], { incident }: OpenIncident) {
  const names = new Map((incident?.accounts ?? []).map(({ sid, name }) => [sid, name]));
  return accounts.map((one) => ({ ...one, name: names.get(one.account) ?? one.name }));
}

function nothingCollected(): UserError {
  return new UserError(
    'not-found',
    'No messages were collected for this incident yet, so there is no traffic to show. Run “Collect Evidence” with message logs first.',
  );
}

function evidenceDeleted(): UserError {
  return new UserError(
    'state-moved',
    'Evidence of this incident was deleted while its messages were counted, so nothing is shown. Count again what is left.',
  );
}
