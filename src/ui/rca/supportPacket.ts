import * as vscode from 'vscode';
import type { OpenIncident } from '../../core/evidence/incidentStore.ts';
import { knownEvidence } from '../../core/incidentView/knownEvidence.ts';
import type { Incident } from '../../core/model/incident.ts';
import { findBlocks } from '../../core/rca/blocks.ts';
import { evidenceIds } from '../../core/rca/citations.ts';
import { type ExampleMessage, exampleMessages } from '../../core/rca/exampleMessages.ts';
import type { RcaFacts } from '../../core/rca/facts.ts';
import { withWholeNumbers } from '../../core/rca/numbers.ts';
import { refreshDocument } from '../../core/rca/refresh.ts';
import { createSupportPacket as packetOf } from '../../core/rca/supportPacket.ts';
import { onsetOf } from '../../core/rca/timeline.ts';
import { writtenToast } from '../../core/rca/writtenToast.ts';
import { phrase } from '../../core/untrusted.ts';
import type { IncidentParts } from '../incidents.ts';
import { say } from '../say.ts';
import { decide } from './difference.ts';
import { gatherFacts } from './gatherFacts.ts';
import { incidentDocument } from './openDocument.ts';
import { numbersIn, refreshRca, writable } from './refreshRca.ts';
import { switchNumbers } from './switchNumbers.ts';

const name = 'support-packet.md';

/** `Create Support Packet`: what Twilio Support asks for, to copy into a ticket or to keep. Offers to log the contact. */
export async function createSupportPacket(parts: IncidentParts): Promise<void> {
  const { opened, incident } = writable(parts);
  const choice = await vscode.window.showQuickPick(
    [
      { label: '$(save) Save as support-packet.md and open it', save: true },
      { label: '$(copy) Copy to the clipboard', save: false },
    ],
    { title: 'Create Support Packet', placeHolder: 'Numbers of third parties are masked' },
  );
  if (!choice) return;
  const text = await writtenNow(opened, incident, parts);
  if (choice.save) await save(text, parts);
  // Markers are for the file: in a ticket they would be noise.
  else await vscode.env.clipboard.writeText(text.replaceAll(/^<!-- twilio-incident:.* -->\n+/gm, ''));
  const done = choice.save ? writtenToast(name) : phrase('toast')`The support packet is on the clipboard.`;
  parts.background(async () => {
    if (await say.info(done, 'Log Support Contact…')) await logSupportContact(parts);
  });
}

/** The packet as it would be written now. */
async function writtenNow(opened: OpenIncident, incident: Incident, parts: IncidentParts): Promise<string> {
  const writer = await parts.writer();
  const { facts } = await gatherFacts(opened, incident, parts);
  const { unmasked } = await numbersIn(opened, name, parts);
  const document = packetOf({ ...facts, ...(unmasked && { unmasked }) }, await examples(facts, parts));
  return writer.markdown(unmasked ? withWholeNumbers(document) : document);
}

/** The parts that were written before are refreshed; what a person wrote around them stays. */
async function save(text: string, parts: IncidentParts): Promise<void> {
  const { opened } = writable(parts);
  const { sha256 } = await parts.writer();
  const store = await parts.store();
  const document = incidentDocument(opened, name, parts);
  const before = await document.text();
  if (before === undefined) await parts.incidents.hold(() => store.writeDocument(opened, name, text));
  else {
    const { edits, edited } = refreshDocument(before, findBlocks(text).blocks, sha256);
    await document.edit(before, edits);
    for (const one of edited) await decide(one, document, sha256);
  }
  await vscode.window.showTextDocument(document.uri, { preview: false });
}

async function examples(facts: RcaFacts, parts: IncidentParts): Promise<readonly ExampleMessage[]> {
  const { opened, incident } = writable(parts);
  const excessive = (facts.traffic ?? []).filter(({ excess }) => excess > 0);
  const { records } = opened.journal;
  const { held } = knownEvidence(incident, records, parts.clock.now());
  if (excessive.length === 0 || held.length === 0) return [];
  const ids = evidenceIds(records);
  const since = Math.min(...excessive.map((row) => onsetOf(row) ?? facts.window.from));
  const store = await parts.evidence();
  // A damaged file is told where evidence is told of; here other files serve as well.
  const rows = store.rows(opened, ['messages'], () => undefined);
  const countries = new Set(excessive.map(({ country }) => country));
  return exampleMessages(rows, { countries, since, idOf: (file) => ids.get(file) });
}

/** `Log Support Contact…`: writes into the timeline that Support was contacted now. */
export async function logSupportContact(parts: IncidentParts): Promise<void> {
  const { opened } = writable(parts);
  const ticket = await vscode.window.showInputBox({
    title: 'Log Support Contact',
    prompt: 'Ticket number, and what was asked or answered. It goes into the incident’s timeline with the time of now.',
    ignoreFocusOut: true,
  });
  if (!ticket?.trim()) return;
  const happened = new Date(parts.clock.now()).toISOString();
  await parts.incidents.hold(() => opened.journal.append({ type: 'support-contact', ticket: ticket.trim(), happened }));
  void say.info(phrase('toast')`The contact with Twilio Support is in the timeline.`);
}

/** `Mask or Unmask Phone Numbers…`, of either document. */
export async function switchDocumentNumbers(parts: IncidentParts): Promise<void> {
  await switchNumbers(parts, async (document) => {
    if (document !== name) return refreshRca(parts);
    const { opened, incident } = writable(parts);
    await save(await writtenNow(opened, incident, parts), parts);
  });
}
