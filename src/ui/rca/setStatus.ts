import * as vscode from 'vscode';
import { documentStatus } from '../../core/rca/citations.ts';
import { promptSign } from '../../core/rca/document.ts';
import { documentStatuses } from '../../core/rca/facts.ts';
import { phrase } from '../../core/untrusted.ts';
import { say } from '../say.ts';
import { incidentDocument } from './openDocument.ts';
import { type RefreshParts, rcaName, refreshRca, writable } from './refreshRca.ts';

/** `Set RCA Status…`: records how far the document is and says so in it. Final with questions open needs a second word. */
export async function setRcaStatus(parts: RefreshParts): Promise<void> {
  const { opened } = writable(parts);
  const text = await incidentDocument(opened, rcaName, parts).text();
  const from = documentStatus(opened.journal.records);
  const items = documentStatuses.map((to) => ({
    label: to,
    to,
    ...(to === from && { description: 'now' }),
  }));
  const choice = await vscode.window.showQuickPick(items, { title: 'Set RCA Status' });
  if (!choice || choice.to === from) return;
  const unanswered = (text ?? '').split(promptSign).length - 1;
  if (choice.to === 'Final' && unanswered > 0) {
    const asked = phrase('toast')`${unanswered} places marked ${promptSign} in RCA.md are not answered yet.`;
    if (!(await say.warning(asked, 'Set to Final anyway'))) return;
  }
  const { title } = opened;
  await parts.incidents.hold(() => opened.journal.append({ type: 'rca-status', from, to: choice.to }));
  if (text !== undefined) return refreshRca(parts, ['summary', 'timeline']);
  void say.info(phrase('toast')`The RCA of ${title} is now ${choice.to}.`);
}
