import { readdirSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { createExporter } from '../../../../src/adapters/evidence/export/createExporter.ts';
import { createIncidentStore } from '../../../../src/adapters/evidence/incidentStore.ts';
import { UserError } from '../../../../src/core/errors.ts';
import type { CapturedRow } from '../../../../src/core/evidence/evidenceStore.ts';
import type { OpenIncident } from '../../../../src/core/evidence/incidentStore.ts';
import { textOf } from '../../../../src/core/model/json.ts';
import { message, storeIn, writeSlice } from '../captures.ts';
import { clock, freshFolder, memoryAnchors } from '../journals.ts';

/** An incident of its own for each test, and an empty folder to export into. */
export function incidentForEach() {
  const place = freshFolder();
  let incident: OpenIncident | undefined;
  beforeEach(async () => {
    await mkdir(path.join(place.path, 'out'));
    const store = createIncidentStore({ anchors: memoryAnchors(), clock });
    const created = clock.now();
    const window = { from: created - 1000, to: created };
    const id = '1a2b3c4d-0000-4000-8000-000000000000';
    const folder = await store.create(place.path, { id, title: '=1+1', accounts: [], window, status: 'open', created });
    incident = await store.open(folder, { patience: 0 });
  });
  afterEach(() => incident?.journal.close());
  return {
    get incident() {
      if (!incident) throw new Error('no incident');
      return incident;
    },
    out: (name: string) => path.join(place.path, 'out', name),
    /** What lies in the folder exported into, hidden files too. */
    made: () => readdirSync(path.join(place.path, 'out')),
  };
}

/** An exporter of rows that are in memory; `damaged`: what is said of files that cannot be used. */
export function exporterOf(rows: readonly CapturedRow[], damaged: readonly string[] = []) {
  return createExporter({
    async *rows(_incident, sources, onDamaged) {
      for (const sentence of damaged) onDamaged?.(new UserError('bad-input', sentence));
      yield* rows.filter(({ source }) => sources.includes(source));
    },
    keyOf: ({ row }) => textOf(row, 'sid'),
    version: '1.2.3',
    clock,
  });
}

/** Puts a capture of one message into the incident's folder and into its journal. */
export async function addCapture(incident: OpenIncident): Promise<void> {
  const writer = await storeIn(path.dirname(incident.folder)).writer(incident);
  await writeSlice(writer, [[message(1)]]);
  await writer.close();
}

export function addFile({ folder }: OpenIncident, name: string, text: string): void {
  writeFileSync(path.join(folder, name), text);
}
