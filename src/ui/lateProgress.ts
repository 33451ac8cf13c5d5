import * as vscode from 'vscode';
import { createCancellation } from '../core/cancellation.ts';
import type { Cancellation } from '../core/ports.ts';

/** Milliseconds: what is done by then needs no notification. */
const patience = 700;

/** Work with a notification that says what is waited for and cancels it, once it has taken a moment. */
export async function withLateProgress<T>(
  title: string,
  delay: (milliseconds: number) => Promise<void>,
  work: (cancel: Cancellation) => Promise<T>,
): Promise<T> {
  const { signal, abort } = createCancellation();
  const running = work(signal);
  const ended = running.then(
    () => true,
    () => true,
  );
  const inTime = await Promise.race([ended, delay(patience).then(() => false)]);
  if (!inTime)
    await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title, cancellable: true },
      async (_toast, token) => {
        const listening = token.onCancellationRequested(abort);
        await ended;
        listening.dispose();
      },
    );
  return running;
}
