import * as vscode from 'vscode';
import type { Sha256 } from '../../core/evidence/record.ts';
import { findBlocks } from '../../core/rca/blocks.ts';
import { type EditedBlock, keepMine, takeNew } from '../../core/rca/refresh.ts';
import type { Decision } from '../../core/rca/refreshed.ts';
import type { IncidentDocument } from './openDocument.ts';

const scheme = 'twilio-incident-block';

/** Shows both versions of a block beside each other, mine left. Gives the function that closes it. */
export async function showDifference({ found, fresh }: EditedBlock): Promise<() => Promise<void>> {
  const sides = new Map([
    ['mine', found.body],
    ['new', fresh.body],
  ]);
  const provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: ({ path }) => sides.get(path.split('/')[1] ?? '') ?? '',
  });
  // Text of a uri is kept while its editor is open, so each comparison has uris of its own.
  const query = String(Math.random());
  const uri = (side: string) => vscode.Uri.from({ scheme, path: `/${side}/${fresh.name}.md`, query });
  await vscode.commands.executeCommand('vscode.diff', uri('mine'), uri('new'), `${fresh.name}: yours ↔ new`, {
    preview: true,
    preserveFocus: true,
  });
  return async () => {
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    await vscode.window.tabGroups.close(
      tabs.filter(({ input }) => input instanceof vscode.TabInputTextDiff && input.modified.query === query),
    );
    provider.dispose();
  };
}

/** Asks what becomes of a block that was changed by hand. Without an answer it stays and is asked about again. */
export async function decide(edited: EditedBlock, document: IncidentDocument, sha256: Sha256): Promise<Decision> {
  const { name } = edited.fresh;
  const close = await showDifference(edited);
  try {
    const choice = await vscode.window.showQuickPick(
      [
        { label: 'Keep mine', detail: 'It stays as you wrote it, until there is something newer.', take: false },
        { label: 'Take new', detail: 'What you wrote in it is replaced; Undo brings it back.', take: true },
      ],
      { title: `You changed “${name}” by hand`, placeHolder: 'Yours is left, the new one right', ignoreFocusOut: true },
    );
    if (!choice) return 'open';
    const before = (await document.text()) ?? '';
    const { blocks } = findBlocks(before);
    // It may have moved meanwhile; only what was compared is replaced.
    const found = blocks.find((one) => one.name === name && one.body === edited.found.body);
    if (!found) return 'open';
    const now = { found, fresh: edited.fresh };
    await document.edit(before, [choice.take ? takeNew(now, sha256) : keepMine(now, sha256)]);
    return choice.take ? 'taken' : 'kept';
  } finally {
    await close();
  }
}
