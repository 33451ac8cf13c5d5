import * as vscode from 'vscode';
import type { Inert } from '../core/untrusted.ts';

/** The only place that shows toasts: they take inert text alone, because VS Code turns Markdown links in a toast into commands. */
export const say = {
  /** Resolves to the button that was pressed, if any. The buttons' labels are ours. */
  info: <Button extends string>(text: Inert<'toast'>, ...buttons: Button[]): Thenable<Button | undefined> =>
    vscode.window.showInformationMessage(text, ...buttons),
  warning: <Button extends string>(text: Inert<'toast'>, ...buttons: Button[]): Thenable<Button | undefined> =>
    vscode.window.showWarningMessage(text, ...buttons),
  error: <Button extends string>(text: Inert<'toast'>, ...buttons: Button[]): Thenable<Button | undefined> =>
    vscode.window.showErrorMessage(text, ...buttons),
};
