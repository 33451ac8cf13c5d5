import * as vscode from 'vscode';
import { UserError } from '../core/errors.ts';

/** The workspace's folders on disk. */
export function foldersOnDisk(): readonly vscode.WorkspaceFolder[] {
  return (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
}

/** The folder an incident goes into; asked for when there are several. Throws `UserError` when nothing may be written. */
export async function chooseFolder(): Promise<vscode.WorkspaceFolder> {
  const folders = foldersOnDisk();
  if (folders.length === 0)
    throw new UserError(
      'no-workspace',
      'An incident is a folder in your workspace, and no folder is open. Run “File: Open Folder…” first.',
    );
  if (!vscode.workspace.isTrusted)
    throw new UserError(
      'untrusted-workspace',
      'In Restricted Mode nothing is written here. Run “Workspaces: Manage Workspace Trust” to trust it.',
    );
  const [only, ...more] = folders;
  const chosen =
    more.length === 0
      ? only
      : await vscode.window.showWorkspaceFolderPick({ placeHolder: 'Where does the incident folder go?' });
  if (!chosen) throw new vscode.CancellationError();
  return chosen;
}
