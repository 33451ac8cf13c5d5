import * as vscode from 'vscode';
import type { TreeNode } from '../core/accounts/treeNode.ts';
import { Cancelled, UserError } from '../core/errors.ts';
import { type CommandId, commandId } from '../core/manifest/commands.ts';
import { phrase, untrusted } from '../core/untrusted.ts';
import { say } from './say.ts';

/** Commands take at most a row of the tree; everything else a caller passes is ignored. */
export type Handler = (node: TreeNode | undefined) => unknown;
export type Handlers = Readonly<Record<CommandId, Handler>>;

/** Registers every command behind the one place that turns failures into sentences. */
export function registerCommands(
  handlers: Readonly<Record<string, Handler>>,
  isRow: (value: unknown) => value is TreeNode,
  log: vscode.LogOutputChannel,
): vscode.Disposable {
  const registered = Object.entries(handlers).map(([id, handler]) =>
    vscode.commands.registerCommand(commandId(id), (argument: unknown) =>
      guarded(() => handler(isRow(argument) ? argument : undefined), log),
    ),
  );
  return vscode.Disposable.from(...registered);
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
