import * as vscode from 'vscode';
import { ownAccounts, unnamedOwner } from '../core/evidence/importedAccounts.ts';
import { importText } from '../core/evidence/importText.ts';
import { commandId, commands } from '../core/manifest/commands.ts';
import { progressText } from '../core/traffic/logImport.ts';
import { phrase, untrusted } from '../core/untrusted.ts';
import { askForeignRows } from './askForeignRows.ts';
import type { ImportLogsParts } from './importLogs.ts';
import { say } from './say.ts';
import { withProgress } from './withProgress.ts';

const busy = 'Logs are being added to the incident. Stop that in its notification, or wait until it has ended.';
const untilShown = 250;

/**
 * Adds files of logs to the open incident's evidence and records them; does nothing while none is open. Says so when it cannot be written, and
 * when it is not the one that was open when the person `asked`.
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
): Promise<void> {
  const opened = incidents.current;
  if (opened !== asked) {
    const why =
      'another incident was opened, or closed, while they were read. Open the right one, then import them again.';
    void say.warning(phrase('toast')`The logs are shown, but not added: ${why}`);
    return;
  }
  if (!opened) return;
  const { readOnly } = opened.journal;
  if (readOnly !== undefined) {
    void say.warning(phrase('toast')`The logs are shown, but not added to the open incident: ${readOnly}`);
    return;
  }
  const accounts = ownAccounts(opened);
  const taken = await incidents.hold(
    async () =>
      withProgress('Adding the logs to the incident', async (cancel, report) => {
        const begun = now();
        let told = begun;
        return (await evidence()).importLogs(opened, paths, {
          cancel,
          takeForeign: askForeignRows(opened.title, accounts),
          onProgress(progress) {
            if (now() - told < untilShown) return;
            told = now();
            report(progressText(progress, told - begun));
          },
        });
      }),
    busy,
  );
  refresh();
  const added = taken.some(({ rows, known }) => rows > 0 && !known);
  void guard(async () => {
    const { title } = commands.validate;
    const pressed = await say.info(
      untrusted(importText(taken, unnamedOwner(opened) !== undefined)).for('toast'),
      ...(added ? [title] : []),
    );
    if (pressed !== undefined) await vscode.commands.executeCommand(commandId('validate'));
  });
}
