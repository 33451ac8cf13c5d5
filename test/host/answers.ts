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

/** Input boxes cannot be typed into from here: they take these answers, one after the other. */
export async function typing(texts: string[], work: () => Thenable<unknown>): Promise<void> {
  const { showInputBox } = vscode.window;
  Object.assign(vscode.window, { showInputBox: async () => texts.shift() });
  try {
    await work();
  } finally {
    Object.assign(vscode.window, { showInputBox });
  }
}

/** The window's own file dialog cannot be answered from here: it takes this file. */
export async function savingTo(target: vscode.Uri, work: () => Thenable<unknown>): Promise<void> {
  const { showSaveDialog } = vscode.window;
  Object.assign(vscode.window, { showSaveDialog: async () => target });
  try {
    await work();
  } finally {
    Object.assign(vscode.window, { showSaveDialog });
  }
}
