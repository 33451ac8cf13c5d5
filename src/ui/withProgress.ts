import * as vscode from 'vscode';
import type { Cancellation } from '../core/ports.ts';
import { fromToken } from './cancellation.ts';

/** Work that shows how far it is in a notification with a button to cancel. */
export function withProgress<T>(
  title: string,
  work: (cancel: Cancellation, report: (message: string) => void) => Promise<T>,
): Thenable<T> {
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress({ location, title, cancellable: true }, (toast, token) =>
    work(fromToken(token), (message) => toast.report({ message })),
  );
}
