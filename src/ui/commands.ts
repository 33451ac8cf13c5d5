import * as vscode from 'vscode';
import type { TreeNode } from '../core/accounts/treeNode.ts';
import { Cancelled, UserError } from '../core/errors.ts';
import type { IncidentRow } from '../core/incidentView/row.ts';
import { type CommandId, commandId } from '../core/manifest/commands.ts';
import { phrase, untrusted } from '../core/untrusted.ts';
import { say } from './say.ts';

/** Commands take at most a row of one of the views; everything else a caller passes is ignored. */
export type Handler = (node: TreeNode | undefined, row: IncidentRow | undefined) => unknown;
export type Handlers = Readonly<Record<CommandId, Handler>>;

/** Tells a row of ours from whatever else calls a command. */
export interface Rows {
  readonly isNode: (value: unknown) => value is TreeNode;
  readonly isRow: (value: unknown) => value is IncidentRow;
}

/** Registers every command behind the one place that turns failures into sentences. */
export function registerCommands(
  handlers: Readonly<Record<string, Handler>>,
  { isNode, isRow }: Rows,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const registered = Object.entries(handlers).map(([id, handler]) =>
    vscode.commands.registerCommand(commandId(id), (argument: unknown) =>
      guarded(() => handler(isNode(argument) ? argument : undefined, isRow(argument) ? argument : undefined), log),
    ),
  );
  return vscode.Disposable.from(...registered);
}

/** Registers a command of the editor's own, such as one above a line, which no menu offers. It takes a text; other calls are ignored. */
export function registerTextCommand(id: string, handler: (text: string) => void): vscode.Disposable {
  return vscode.commands.registerCommand(id, (argument: unknown) => {
    if (typeof argument === 'string') handler(argument);
  });
}

/** Registers a command that a quick fix runs at a place in a document. It takes the place and a text; other calls are ignored. */
export function registerPlaceCommand(
  id: string,
  handler: (uri: vscode.Uri, range: vscode.Range, text: string) => void,
): vscode.Disposable {
  return vscode.commands.registerCommand(id, (uri: unknown, range: unknown, text: unknown) => {
    if (uri instanceof vscode.Uri && range instanceof vscode.Range && typeof text === 'string')
      handler(uri, range, text);
  });
}

/** Runs something for the user: cancelling is silent, an expected failure is its own sentence, anything else is logged. */
export async function guarded(work: () => unknown, log: vscode.LogOutputChannel): Promise<void> {
  try {
    await work();
  } catch (reason) {
    if (reason instanceof Cancelled || reason instanceof vscode.CancellationError) return;
    if (reason instanceof UserError) {
      log.warn(untrusted(`${reason.code}: ${reason.message}`).for('log'));
      void say.error(untrusted(reason.message).for('toast'));
      return;
    }
    log.error(
      untrusted(
        reason instanceof Error ? `${reason.name}: ${reason.message}\n${reason.stack ?? ''}` : String(reason),
      ).for('log'),
    );
    const answer = await say.error(
      phrase('toast')`Something unexpected went wrong. Nothing was lost; the log has details.`,
      'Show Log',
    );
    if (answer) log.show();
  }
}
