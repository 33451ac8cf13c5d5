import type * as vscode from 'vscode';
import { createCancellation } from '../core/cancellation.ts';
import type { Cancellation } from '../core/ports.ts';

/** VS Code's token in the shape every other layer takes. */
export function fromToken(token: vscode.CancellationToken): Cancellation {
  const source = createCancellation();
  if (token.isCancellationRequested) source.abort();
  token.onCancellationRequested(() => source.abort());
  return source.signal;
}
