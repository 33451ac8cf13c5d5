import * as vscode from 'vscode';
import { ownAccounts, unnamedOwner } from '../core/evidence/importedAccounts.ts';
import { importText } from '../core/evidence/importText.ts';
import { commandId, commands } from '../core/manifest/commands.ts';
import { phrase, untrusted } from '../core/untrusted.ts';
import { askForeignRows } from './askForeignRows.ts';
import { countingProgress } from './countingProgress.ts';
import type { ImportLogsParts } from './importLogs.ts';
import { say } from './say.ts';
import { withProgress } from './withProgress.ts';

const busy = 'Logs are being added to the incident. Stop that in its notification, or wait until it has ended.';

/** What was imported to be looked at, told together with what became of it in the incident. */
export interface ShownLogs {
  /** All of it, for when nothing is added; may hold hostile text. */
  readonly text: string;
  /** What the panel shows, beside what was added: `1,234 messages from 2 files`. */
  readonly counts: string;
  /** A button and what it does, where there is more to see. */
  readonly button?: { readonly title: string; press(): Promise<void> } | undefined;
}

/**
 * Adds files of logs to the open incident's evidence and records them, and says what was `shown` and added; while none is open, what was shown. Says so when
 * it cannot be written, and when it is not the one that was open when the person `asked`.
 */
export async function addToIncident(
  paths: readonly string[],
  {
    incidents,
    evidence,
    refresh,
    guard,
    now,
  }: Pick<ImportLogsParts, 'incidents' | 'evidence' | 'refresh' | 'guard' | 'now'>,
  asked = incidents.current,
  shown?: ShownLogs,
): Promise<void> {
  const tellShown = (): void => {
    if (shown) void guard(() => tellAll(shown.text, shown));
  };
  const opened = incidents.current;
  if (opened !== asked) {
    const why =
      'another incident was opened, or closed, while they were read. Open the right one, then import them again.';
    tellShown();
    void say.warning(phrase('toast')`The logs are shown, but not added: ${why}`);
    return;
  }
  if (!opened) return tellShown();
  const { readOnly } = opened.journal;
  if (readOnly !== undefined) {
    tellShown();
    void say.warning(phrase('toast')`The logs are shown, but not added to the open incident: ${readOnly}`);
    return;
  }
  const accounts = ownAccounts(opened);
  const added = incidents.hold(
    async () =>
      withProgress('Adding the logs to the incident', async (cancel, report) => {
        const ask = askForeignRows(opened.title, accounts);
        return (await evidence()).importLogs(opened, paths, {
          cancel,
          async takeForeign(file, found) {
            report('waiting for your answer');
            return ask(file, found).finally(() => report('reading on'));
          },
          onProgress: countingProgress(report, now).onProgress,
        });
      }),
    busy,
  );
  // What is not added is shown all the same.
  const taken = await added.catch((reason: unknown) => {
    tellShown();
    throw reason;
  });
  refresh();
  const text = [
    importText(taken, unnamedOwner(opened) !== undefined),
    ...(shown ? [`The panel shows ${shown.counts}.`] : []),
  ].join(' ');
  const isNew = taken.some(({ rows, known }) => rows > 0 && !known);
  void guard(() => tellAll(text, shown, isNew));
}

/** What was lost comes first, then what was added and what is shown, in one toast. */
async function tellAll(text: string, shown: ShownLogs | undefined, isNew = false): Promise<void> {
  const { button } = shown ?? {};
  const { title } = commands.validate;
  const buttons = [...(isNew ? [title] : []), ...(button ? [button.title] : [])];
  const pressed = await say.info(untrusted(text).for('toast'), ...buttons);
  if (pressed === title) await vscode.commands.executeCommand(commandId('validate'));
  else if (pressed !== undefined) await button?.press();
}
