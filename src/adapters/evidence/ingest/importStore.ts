import { randomUUID } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../../core/errors.ts';
import { span } from '../../../core/model/age.ts';
import type { Cancellation, Clock } from '../../../core/ports.ts';
import type { ImportedReport } from '../../../core/traffic/importedReport.ts';
import {
  type ImportedTraffic,
  type ImportSummary,
  type LogImporter,
  type OnCounted,
  rowsTaken,
} from '../../../core/traffic/logImport.ts';
import { countRecipients } from './countRecipients.ts';
import { importLogs, removeImport, withOthers } from './importLogs.ts';
import { headerFile } from './indexFiles.ts';
import { openHours, openNewest, readHeader } from './openIndex.ts';
import { readRejected } from './rejected.ts';
import { reportFromIndex, reportOfHours } from './reportFromIndex.ts';

/** More rows that were not understood than this nobody reads. */
const shownRejected = 2000;

export interface ImportStoreParts {
  /** Imports are kept here, each in a folder of its own. */
  readonly folder: string;
  /** The script of the threads that read. */
  readonly worker: string | URL;
  readonly clock: Clock;
}

/** Imports logs into column files below a folder and keeps the newest import; several windows may do so at once. */
export function createImportStore({ folder, worker, clock }: ImportStoreParts): LogImporter {
  async function open(own: string, cancel?: Cancellation, onCounted?: OnCounted): Promise<ImportedTraffic> {
    const now = clock.now();
    const recipients: ImportedTraffic['recipients'] = (scope, stop) => countRecipients(own, scope, stop);
    const traffic = (report: ImportedReport, summary: ImportSummary): ImportedTraffic => {
      const { from, to } = report.imported;
      return { report, summary, from, to, kept: own, recipients };
    };
    const hours = onCounted && (await openHours(own));
    if (onCounted && hours) {
      const first = reportOfHours(hours, now);
      if (first) onCounted(traffic(first, await withOthers(own, hours.summary)));
    }
    const index = await openNewest(own, now, hours);
    const summary = await withOthers(own, index.summary);
    const report = await reportFromIndex({ ...index, summary }, { now, cancel });
    return traffic(report, summary);
  }
  /** The newest import that took rows in, and what they were. */
  async function newest(): Promise<{ readonly own: string; readonly summary: ImportSummary } | undefined> {
    for (const own of (await finished(folder)).toReversed()) {
      try {
        const summary = await summaryOf(own);
        if (rowsTaken(summary) > 0) return { own, summary };
      } catch (reason) {
        // Damaged, or another version's: as good as none.
        if (!(reason instanceof UserError)) throw reason;
      }
    }
    return undefined;
  }
  return {
    async importFiles(paths, { onCounted, ...options }) {
      const own = path.join(folder, `${clock.now()}-${randomUUID()}`);
      await importLogs(paths, own, { ...options, worker });
      const took = rowsTaken(await summaryOf(own)) > 0;
      // What took nothing in stays beside the last one, for a look at its rows that were not understood, until the next import.
      const last = took ? own : (await newest())?.own;
      await removeEarlier(folder, new Set([own, last]), clock.now());
      return open(own, options.cancel, took ? onCounted : undefined);
    },
    rejected: (kept) => readRejected(kept, shownRejected),
    async last() {
      const last = await newest();
      return last && { summary: last.summary, open: (cancel, onCounted) => open(last.own, cancel, onCounted) };
    },
  };
}

async function summaryOf(own: string): Promise<ImportSummary> {
  return withOthers(own, (await readHeader(own)).summary);
}

/** The folders of imports that ended, oldest first. */
async function finished(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  const found = await Promise.all(
    names.toSorted().map(async (name) => {
      const own = path.join(folder, name);
      return (await changed(path.join(own, headerFile))) === undefined ? [] : [own];
    }),
  );
  return found.flat();
}

/** Another window may be importing: what has no header yet is left alone for a day. */
async function removeEarlier(folder: string, keep: ReadonlySet<string | undefined>, now: number): Promise<void> {
  for (const name of await readdir(folder)) {
    const other = path.join(folder, name);
    if (keep.has(other)) continue;
    const ended = (await changed(path.join(other, headerFile))) !== undefined;
    const age = now - ((await changed(other)) ?? now);
    if (ended || age > span.day) await removeImport(other);
  }
}

async function changed(file: string): Promise<number | undefined> {
  return stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => undefined,
  );
}
