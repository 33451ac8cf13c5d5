import * as vscode from 'vscode';

/** A list opens after the call that causes it; a keystroke before it would be lost. Milliseconds. */
export const listShown = (wait = 1000) => new Promise((resolve) => setTimeout(resolve, wait));

/**
 * Answers each of the questions of a command with the entry at this place, from 0, and waits for the command's end. `wait` is how long a
 * list may take to open, milliseconds.
 */
export async function answer(asking: Thenable<unknown>, places: readonly number[], wait?: number): Promise<void> {
  for (const place of places) {
    await listShown(wait);
    for (let at = 0; at < place; at++) await vscode.commands.executeCommand('workbench.action.quickOpenSelectNext');
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
  }
  await asking;
}
