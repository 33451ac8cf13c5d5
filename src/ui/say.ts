import * as vscode from 'vscode';
import type { Inert } from '../core/untrusted.ts';

/** So many characters of a toast without a button are shown; VS Code cuts it to one line, and wraps one with a button. */
const oneLine = 55;
const read = 'OK';

type Show = (text: string, ...buttons: string[]) => Thenable<string | undefined>;

function whole(show: Show) {
  /** Resolves to the button that was pressed, if any. The buttons' labels are ours. */
  return async <Button extends string>(text: Inert<'toast'>, ...buttons: Button[]): Promise<Button | undefined> => {
    const isCut = buttons.length === 0 && text.length > oneLine;
    const pressed = await show(text, ...(isCut ? [read] : buttons));
    return buttons.find((one) => one === pressed);
  };
}

/** The only place that shows toasts: they take inert text alone, because VS Code turns Markdown links in a toast into commands. */
export const say = {
  info: whole((text, ...buttons) => vscode.window.showInformationMessage(text, ...buttons)),
  warning: whole((text, ...buttons) => vscode.window.showWarningMessage(text, ...buttons)),
  error: whole((text, ...buttons) => vscode.window.showErrorMessage(text, ...buttons)),
};
