import * as vscode from 'vscode';
import { consoleSteps } from '../core/consoleStepRegistry.ts';
import { consoleStepStates } from '../core/contain/consoleStepRecord.ts';
import { ignoresEvidence } from '../core/evidence/gitIgnore.ts';
import { deletedFiles, unreadableCaptures } from '../core/evidence/heldCaptures.ts';
import type { OpenIncident } from '../core/evidence/incidentStore.ts';
import { bodiesOf, privacyChosen } from '../core/evidence/privacy.ts';
import { incidentBadge } from '../core/incidentView/badge.ts';
import { collections, unfinishedCollection } from '../core/incidentView/collectionRecord.ts';
import { documentFindings } from '../core/incidentView/documentFindings.ts';
import type { DocumentFinding, IncidentFacts } from '../core/incidentView/facts.ts';
import { incidentRows } from '../core/incidentView/incidentRows.ts';
import { knownEvidence } from '../core/incidentView/knownEvidence.ts';
import { leverStates } from '../core/incidentView/leverStates.ts';
import { isOngoing } from '../core/incidentView/ongoing.ts';
import { shownImports } from '../core/incidentView/shownImports.ts';
import { lint } from '../core/rca/lint.ts';
import { actions } from '../core/registry.ts';
import { countsOfImport } from '../core/traffic/importWords.ts';
import { lastValidation } from '../core/validate/validationRecord.ts';
import type { IncidentFactsParts, IncidentPicture } from './incidentFacts.ts';
import { knownRecord } from './rca/helpSources.ts';

const rca = 'RCA.md';
const documents = [rca, 'support-packet.md'];
/** Longer ones are no RCA. */
const longest = 4 * 1024 * 1024;

/** An incident as the Incident view draws it. */
export async function drawIncident(opened: OpenIncident, parts: IncidentFactsParts): Promise<IncidentPicture> {
  const facts = await gatherIncident(opened, parts);
  return { facts, rows: incidentRows(facts), badge: incidentBadge(facts) };
}

async function gatherIncident(
  opened: OpenIncident,
  { clock, importer, collecting, validating, unrecorded, store }: IncidentFactsParts,
): Promise<IncidentFacts> {
  const { folder, title, incident, journal } = opened;
  const { records, readOnly } = journal;
  const { lost } = await (await store()).onDisk(opened);
  const known = incident && knownEvidence(incident, records, clock.now(), { lost });
  const gap = collections(records).at(-1)?.gap;
  const there = await Promise.all(documents.map((name) => statOf(folder, name)));
  const last = await (await importer()).last();
  return {
    title,
    incident,
    readOnly,
    ...(journal.adoptable && { adoptable: true }),
    accounts: known?.accounts ?? [],
    window: known?.window,
    ongoing: incident !== undefined && isOngoing(incident),
    coverage: known?.coverage ?? [],
    deleted: deletedFiles(records).length,
    ...(privacyChosen(records) && { bodies: bodiesOf(records) }),
    collecting: collecting(),
    unfinished: unfinishedCollection(records) !== undefined,
    ...(gap !== undefined && { gap }),
    validation: unrecorded(opened) ?? lastValidation(records),
    validating: validating(),
    levers: leverStates(records, actions),
    consoleSteps: consoleStepStates(consoleSteps, records),
    contacts: records.filter(({ type }) => type === 'support-contact').length,
    rcaFindings: await findingsOf(opened),
    records: records.length,
    ...(journal.unsealed > 0 && { unsealed: journal.unsealed }),
    unreadable: unreadableCaptures(records),
    unignored: !ignoresEvidence(await textOf(folder, '.gitignore', 10_000)),
    documents: documents.filter((_, index) => there[index]),
    imports: shownImports(records),
    imported: last && countsOfImport(last.summary),
  };
}

interface Looked {
  readonly mtime: number;
  readonly records: number;
  readonly findings: readonly DocumentFinding[];
}
const looked = new WeakMap<OpenIncident, Looked>();

/** What the saved RCA lacks. Looked through again only when it or the journal changed: the view is drawn every second while evidence comes in. */
async function findingsOf(opened: OpenIncident): Promise<readonly DocumentFinding[]> {
  const stat = await statOf(opened.folder, rca);
  if (!stat || stat.size > longest) return [];
  const { mtime } = stat;
  const { length } = opened.journal.records;
  const known = looked.get(opened);
  if (known?.mtime === mtime && known.records === length) return known.findings;
  const text = await textOf(opened.folder, rca, longest);
  const uri = uriOf(opened.folder, rca);
  const findings = text === undefined ? [] : documentFindings(lint(text, knownRecord(opened, { uri })));
  looked.set(opened, { mtime, records: length, findings });
  return findings;
}

function uriOf(folder: string, name: string): vscode.Uri {
  return vscode.Uri.joinPath(vscode.Uri.file(folder), name);
}

async function statOf(folder: string, name: string): Promise<vscode.FileStat | undefined> {
  return vscode.workspace.fs.stat(uriOf(folder, name)).then(
    (stat) => stat,
    () => undefined,
  );
}

/** The beginning of a file of the incident; `undefined` when there is none. */
async function textOf(folder: string, name: string, most: number): Promise<string | undefined> {
  const bytes = await vscode.workspace.fs.readFile(uriOf(folder, name)).then(
    (all) => all.subarray(0, most),
    () => undefined,
  );
  return bytes && vscode.workspace.decode(bytes, { encoding: 'utf8' });
}
