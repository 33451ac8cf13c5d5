import * as vscode from 'vscode';
import type { EvidenceStore } from '../core/evidence/evidenceStore.ts';
import { ignoresEvidence } from '../core/evidence/gitIgnore.ts';
import { deletedFiles, unreadableCaptures } from '../core/evidence/heldCaptures.ts';
import { bodiesOf, privacyChosen } from '../core/evidence/privacy.ts';
import { collections, unfinishedCollection } from '../core/incidentView/collectionRecord.ts';
import { isOngoing } from '../core/incidentView/evidenceWindow.ts';
import type { IncidentFacts } from '../core/incidentView/facts.ts';
import { leversDone } from '../core/incidentView/leversDone.ts';
import type { Clock } from '../core/ports.ts';
import { actions } from '../core/registry.ts';
import { countsOfImport } from '../core/traffic/importWords.ts';
import type { LogImporter } from '../core/traffic/logImport.ts';
import type { ActiveIncident } from './activeIncident.ts';

export interface IncidentFactsParts {
  readonly incidents: ActiveIncident;
  readonly clock: Clock;
  readonly importer: () => Promise<LogImporter>;
  readonly collecting: () => boolean;
  readonly validating: () => boolean;
  readonly store: () => Promise<EvidenceStore>;
}

const documents = ['RCA.md', 'support-packet.md'];

/** Makes the function that gathers what the Incident view shows of the open incident. Journal and disk are asked, never Twilio. */
export function createIncidentFacts({ incidents, clock, importer, collecting, validating, store }: IncidentFactsParts) {
  return async (): Promise<IncidentFacts | undefined> => {
    const opened = incidents.current;
    if (!opened) return undefined;
    const { folder, title, incident, journal } = opened;
    const { records, readOnly } = journal;
    // Loaded here, so that a window without an incident does not pay for the sources.
    const [{ knownEvidence }, { lastValidation }] = await Promise.all([
      import('../core/incidentView/knownEvidence.ts'),
      import('../core/validate/validationRecord.ts'),
    ]);
    const { lost } = await (await store()).onDisk(opened);
    const known = incident && knownEvidence(incident, records, clock.now(), { lost });
    const gap = collections(records).at(-1)?.gap;
    const there = await Promise.all(documents.map((name) => exists(folder, name)));
    const last = await (await importer()).last();
    return {
      title,
      incident,
      readOnly,
      accounts: known?.accounts ?? [],
      window: known?.window,
      ongoing: incident !== undefined && isOngoing(incident),
      coverage: known?.coverage ?? [],
      deleted: deletedFiles(records).length,
      ...(privacyChosen(records) && { bodies: bodiesOf(records) }),
      collecting: collecting(),
      unfinished: unfinishedCollection(records) !== undefined,
      ...(gap !== undefined && { gap }),
      validation: lastValidation(records),
      validating: validating(),
      done: leversDone(records, actions),
      records: records.length,
      unreadable: unreadableCaptures(records),
      unignored: !ignoresEvidence(await textOf(folder, '.gitignore')),
      documents: documents.filter((_, index) => there[index]),
      imported: last && countsOfImport(last.summary),
    };
  };
}

async function exists(folder: string, name: string): Promise<boolean> {
  return vscode.workspace.fs.stat(vscode.Uri.joinPath(vscode.Uri.file(folder), name)).then(
    () => true,
    () => false,
  );
}

/** The text of a small file of the incident; `undefined` when there is none. */
async function textOf(folder: string, name: string): Promise<string | undefined> {
  return vscode.workspace.fs.readFile(vscode.Uri.joinPath(vscode.Uri.file(folder), name)).then(
    // Patterns that count are ASCII.
    (bytes) => String.fromCharCode(...bytes.subarray(0, 10_000)),
    () => undefined,
  );
}
