import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { throwIfCancelled } from '../../../core/cancellation.ts';
import { UserError } from '../../../core/errors.ts';
import type { EvidenceStore } from '../../../core/evidence/evidenceStore.ts';
import { coverageCsv } from '../../../core/evidence/export/coverage.ts';
import {
  type EvidenceExporter,
  type ExportOrder,
  exportName,
  exportRecord,
} from '../../../core/evidence/export/exporter.ts';
import { type TableSource, tableSources } from '../../../core/evidence/export/tables.ts';
import { heldCaptures } from '../../../core/evidence/heldCaptures.ts';
import type { OpenIncident } from '../../../core/evidence/incidentStore.ts';
import { latestRows, type RowKey } from '../../../core/evidence/latestRows.ts';
import { knownEvidence } from '../../../core/incidentView/knownEvidence.ts';
import type { Clock } from '../../../core/ports.ts';
import { createDraft, type Draft } from './draft.ts';
import { writeIncidentZip } from './incidentZip.ts';
import { createParquetFile } from './parquetFile.ts';
import { createCsvFile } from './tableFile.ts';
import { type RowsOf, writeTables, writeText } from './writeTables.ts';
import { type Lacks, writeTimeline } from './writeTimeline.ts';

export interface ExporterParts {
  readonly rows: EvidenceStore['rows'];
  /** Tells which rows are states of one thing. */
  readonly keyOf: RowKey;
  /** Of this extension. */
  readonly version: string;
  readonly clock: Clock;
}

/** So many rows are written between two looks at the event loop: some 10 ms. */
const stride = 256;

/** Exports the evidence of incidents. */
export function createExporter({ rows, keyOf, version, clock }: ExporterParts): EvidenceExporter {
  return {
    async export(incident, order, { cancel, progress } = {}) {
      const { format, target } = order;
      refuseWhatIsNotRecorded(incident, order);
      refuseInside(incident.folder, target);
      let count = 0;
      const step = () => {
        count += 1;
        return count % stride === 0 ? pause() : undefined;
      };
      const pause = async () => {
        throwIfCancelled(cancel);
        progress?.(count);
        await setImmediate();
      };
      const rowsOf: RowsOf = async function* (source) {
        const read = () => rows(captured, [source], ({ message }) => void damaged.add(message));
        for await (const row of latestRows(read, keyOf)) {
          rowsIn.set(source, (rowsIn.get(source) ?? 0) + 1);
          yield row;
        }
      };
      const rowsIn = new Map<TableSource, number>();
      let [entries, leftOut] = [0, 0];
      const damaged = new Set<string>();
      const captured = asItIs(incident);
      const name = path.basename(target);

      async function make({ folder }: Draft) {
        if (format === 'zip') {
          const made = await writeIncidentZip(incident, folder, name, {
            evidence: order.evidence,
            top: exportName(incident, 'zip').replace(/\.zip$/, ''),
            version,
            step: (bytes) => {
              throwIfCancelled(cancel);
              progress?.(bytes);
            },
          });
          ({ entries, leftOut } = made);
          return [made.file];
        }
        const how = { numbers: order.numbers, step };
        if (format === 'timesketch') {
          const lacking = () => timelineLacks(captured, [...damaged], clock.now());
          return [await writeTimeline(folder, name, rowsOf, { ...how, lacking })];
        }
        const files = await writeTables(folder, rowsOf, format === 'csv' ? createCsvFile : createParquetFile, how);
        const captures = heldCaptures(captured.journal.records).map(({ capture }) => capture);
        const lacking = unread(captured, clock.now());
        return [...files, await writeText(folder, 'coverage.csv', coverageCsv(captures, [...damaged], lacking))];
      }

      const isFile = format === 'zip' || format === 'timesketch';
      try {
        const draft = await createDraft(target, isFile ? 'file' : 'folder');
        try {
          const files = await make(draft);
          const rows = [...rowsIn].map(([source, rows]) => ({ source, rows }));
          const found = entries + rows.reduce((sum, one) => sum + one.rows, 0);
          if (found === 0) throw nothing([...damaged]);
          throwIfCancelled(cancel);
          const recorded = incident.journal.readOnly === undefined;
          // Before it has its name: what left is never missing from the record.
          const made = { files, count: found, rows, leftOut, damaged: [...damaged] };
          if (recorded) await incident.journal.append(exportRecord(order, made));
          await draft.publish(isFile ? name : undefined);
          return { ...made, target, recorded };
        } catch (reason) {
          await draft.discard();
          throw reason;
        }
      } catch (reason) {
        throw explained(reason);
      }
    },
  };
}

/** Without what is recorded from now on: rows are read more than once, and evidence may be collected meanwhile. */
function asItIs({ journal, ...incident }: OpenIncident): OpenIncident {
  return { ...incident, journal: { ...journal, records: [...journal.records] } };
}

/** What the incident does not hold whole of its sources, per account. */
function unread({ incident, journal }: OpenIncident, now: number) {
  if (!incident) return [];
  return knownEvidence(incident, journal.records, now).coverage.filter(({ state }) => state !== 'complete');
}

/** What of the logs in a timeline is not held whole, and which files of evidence it could not use. */
function timelineLacks(opened: OpenIncident, damaged: readonly string[], now: number): Lacks {
  const logs: readonly string[] = tableSources;
  const lacks = unread(opened, now).filter(({ source }) => logs.includes(source));
  const { incident } = opened;
  return { from: incident?.window.from ?? now, lacks: [...lacks, ...damaged.map((sentence) => ({ why: [sentence] }))] };
}

/** Full numbers leave only with a record of it. */
function refuseWhatIsNotRecorded({ journal }: OpenIncident, { format, numbers }: ExportOrder): void {
  if (format === 'zip' || numbers === 'masked' || journal.readOnly === undefined) return;
  throw new UserError(
    'not-allowed',
    `Full numbers are exported only when that is recorded in the incident, and it is open read-only. ${journal.readOnly} Export with masked numbers instead.`,
  );
}

/** The incident's folder is its record, and most of it goes into version control. */
function refuseInside(folder: string, target: string): void {
  const below = path.relative(folder, target);
  if (below.startsWith('..') || path.isAbsolute(below)) return;
  throw new UserError(
    'bad-input',
    'An export does not go into the incident’s own folder, which is its record. Nothing was written. Choose another folder.',
  );
}

function nothing([damaged]: readonly string[]): UserError {
  if (damaged !== undefined) return new UserError('bad-input', damaged);
  return new UserError(
    'bad-input',
    'This incident holds no logs yet, so there is nothing to export and nothing was written. “Collect Evidence” or “Import Logs…” brings them in; a zip of the incident can be made without.',
  );
}

/** What the disk refuses as a sentence. Anything else without a code is a fault of ours and is passed on. */
function explained(reason: unknown): unknown {
  if (reason instanceof UserError || !(reason instanceof Error) || !('code' in reason)) return reason;
  return new UserError(
    'no-workspace',
    `The export could not be written (${String(reason.code)}). Nothing of it is left, and the incident is unchanged. Check that there is space and that the folder is writable, then export again.`,
  );
}
