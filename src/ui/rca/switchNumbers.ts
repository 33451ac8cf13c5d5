import * as vscode from 'vscode';
import { UserError } from '../../core/errors.ts';
import type { OpenIncident } from '../../core/evidence/incidentStore.ts';
import { markerEdits, numbersEntry, numbersOf } from '../../core/rca/numbers.ts';
import { phrase } from '../../core/untrusted.ts';
import { say } from '../say.ts';
import { incidentDocument, nameIn } from './openDocument.ts';
import { type RefreshParts, rcaName, writable } from './refreshRca.ts';

/**
 * `Mask or Unmask Phone Numbers…`: whether the generated parts of one document show whole phone numbers: of the one in the editor, else of
 * the RCA. The journal is told first; unmasking needs a reason. `refresh` writes the parts of that document again.
 */
export async function switchNumbers(parts: RefreshParts, refresh: (name: string) => Promise<void>): Promise<void> {
  const { opened } = writable(parts);
  const name = shownDocument(opened) ?? rcaName;
  const document = incidentDocument(opened, name, parts);
  const text = await document.text();
  if (text === undefined)
    throw new UserError(
      'not-found',
      `This incident has no ${name}. “Create RCA” writes one; numbers are masked in it.`,
    );
  const { journal } = opened;
  const to = numbersOf(text, journal.records, name) === 'whole' ? 'masked' : 'whole';
  const reason = to === 'whole' ? await askReason(name) : undefined;
  if (to === 'whole' && reason === undefined) return;
  await parts.incidents.hold(() => journal.append(numbersEntry(name, to, reason)));
  const before = (await document.text()) ?? '';
  await document.edit(before, markerEdits(before, to));
  await refresh(name);
  if (to === 'whole')
    void say.warning(
      phrase('toast')`This document shows whole phone numbers now, as is recorded. Mask them before others get it.`,
    );
}

async function askReason(name: string): Promise<string | undefined> {
  const reason = await vscode.window.showInputBox({
    title: `Show whole phone numbers in ${name}?`,
    prompt: 'They are personal data of others. Why are they needed here? The journal keeps your answer.',
    ignoreFocusOut: true,
    validateInput: (value) => (value.trim() === '' ? 'A reason is needed.' : undefined),
  });
  return reason?.trim() || undefined;
}

/** The document of this incident that is being edited. */
function shownDocument(opened: OpenIncident): string | undefined {
  const uri = vscode.window.activeTextEditor?.document.uri;
  return uri && nameIn(opened, uri);
}
