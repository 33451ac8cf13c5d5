import * as vscode from 'vscode';
import { UserError } from '../../core/errors.ts';
import { deletedFiles, heldCaptures } from '../../core/evidence/heldCaptures.ts';
import type { OpenIncident } from '../../core/evidence/incidentStore.ts';
import type { Incident } from '../../core/model/incident.ts';
import { findBlocks, type ManagedBlock } from '../../core/rca/blocks.ts';
import { createRca } from '../../core/rca/createRca.ts';
import { generatedIds } from '../../core/rca/document.ts';
import type { RcaFacts } from '../../core/rca/facts.ts';
import { numbersOf, unmasking, withWholeNumbers } from '../../core/rca/numbers.ts';
import { insertBlock, refreshDocument } from '../../core/rca/refresh.ts';
import { type Decision, refreshedToast } from '../../core/rca/refreshed.ts';
import { say } from '../say.ts';
import { decide } from './difference.ts';
import { type FactsParts, gatherFacts } from './gatherFacts.ts';
import { type DocumentParts, incidentDocument } from './openDocument.ts';
import type { RcaWriter } from './writer.ts';

export interface RefreshParts extends FactsParts, DocumentParts {
  readonly writer: () => Promise<RcaWriter>;
  /** Goes on after the command ended, such as a toast that waits for an answer. */
  readonly background: (work: () => Promise<void>) => void;
}

export const rcaName = 'RCA.md';

/** Whether a document shows whole phone numbers, and by which record. */
export async function numbersIn(
  opened: OpenIncident,
  name: string,
  parts: DocumentParts,
): Promise<Pick<RcaFacts, 'unmasked'>> {
  const { records } = opened.journal;
  const text = await incidentDocument(opened, name, parts).text();
  const record = numbersOf(text, records, name) === 'whole' ? unmasking(records, name) : undefined;
  return record ? { unmasked: { at: Date.parse(record.at), citation: `J${record.seq}` } } : {};
}

/** The RCA as it would be written now. Its picture is in the folder already. */
export async function writtenNow(opened: OpenIncident, incident: Incident, parts: RefreshParts): Promise<string> {
  const writer = await parts.writer();
  const { facts, report } = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: 'Reading the evidence' },
    () => gatherFacts(opened, incident, parts),
  );
  const figure = report && facts.traffic?.length ? writer.figure(report) : undefined;
  if (figure) {
    const store = await parts.store();
    await parts.incidents.hold(() => store.writeDocument(opened, figure.file, figure.svg));
  }
  const { file, alt } = figure ?? {};
  const figures = file !== undefined && alt !== undefined ? [{ file, alt }] : [];
  const { unmasked } = await numbersIn(opened, rcaName, parts);
  const document = createRca({ ...facts, figures, ...(unmasked && { unmasked }) });
  return writer.markdown(unmasked ? withWholeNumbers(document) : document);
}

/** The open incident, when it can be written. */
export function writable({ incidents }: DocumentParts): { readonly opened: OpenIncident; readonly incident: Incident } {
  const opened = incidents.current;
  if (!opened) throw new UserError('bad-input', 'No incident is open. Open one with “Open Incident…”, then try again.');
  const { incident, journal } = opened;
  if (journal.readOnly !== undefined || !incident)
    throw new UserError('not-allowed', journal.readOnly ?? 'The incident can only be looked at.');
  return { opened, incident };
}

/** `Refresh RCA`: rewrites what is generated in `RCA.md`, all of it or these blocks, and nothing that a person wrote. */
export async function refreshRca(parts: RefreshParts, only?: readonly string[]): Promise<void> {
  const { opened, incident } = writable(parts);
  const { sha256 } = await parts.writer();
  const document = incidentDocument(opened, rcaName, parts);
  if ((await document.text()) === undefined)
    throw new UserError('not-found', 'This incident has no RCA.md. “Create RCA” writes one.');
  if (!(await mayLoseEvidence(opened))) return;
  const text = await writtenNow(opened, incident, parts);
  const fresh = findBlocks(text).blocks.filter(({ name }) => only?.includes(name) ?? true);
  // Read again: gathering took time, and the person may have gone on writing.
  const before = (await document.text()) ?? '';
  const { edits, rewritten, edited, missing } = refreshDocument(before, fresh, sha256);
  await document.edit(before, edits);
  const decisions: Decision[] = [];
  for (const one of edited) decisions.push(await decide(one, document, sha256));
  const left = only ? [] : missing;
  const summary = refreshedToast(rewritten.length, decisions, left);
  if (left.length === 0) return void say.info(summary);
  parts.background(async () => {
    if (await say.info(summary, 'Insert…')) await insertMissing(parts, fresh, left);
  });
}

/** Asks before figures that came from evidence are replaced although there is none any more. */
async function mayLoseEvidence({ journal: { records } }: OpenIncident): Promise<boolean> {
  if (heldCaptures(records).length > 0 || deletedFiles(records).length === 0) return true;
  const all = { label: 'Refresh all the same', detail: 'Figures become what Twilio lists today, and cite nothing.' };
  const answer = await vscode.window.showQuickPick([{ label: 'Leave RCA.md as it is' }, all], {
    title: 'Refresh RCA.md',
    placeHolder: 'The evidence it was written from was deleted',
    ignoreFocusOut: true,
  });
  return answer === all;
}

/** Puts the parts a person chooses back where they belong. */
async function insertMissing(
  parts: RefreshParts,
  fresh: readonly ManagedBlock[],
  missing: readonly string[],
): Promise<void> {
  const { opened } = writable(parts);
  const { sha256 } = await parts.writer();
  const chosen = await vscode.window.showQuickPick(missing, { canPickMany: true, title: 'Insert into RCA.md' });
  const document = incidentDocument(opened, rcaName, parts);
  for (const name of chosen ?? []) {
    const before = (await document.text()) ?? '';
    const block = fresh.find((one) => one.name === name);
    if (block) await document.edit(before, [insertBlock(before, block, generatedIds, sha256)]);
  }
}
