import * as vscode from 'vscode';
import { UserError } from '../core/errors.ts';
import type { EvidenceExporter, ExportFormat, ExportOrder } from '../core/evidence/export/exporter.ts';
import { type ExportText, exportedText, exportProgress } from '../core/evidence/export/exportText.ts';
import type { OpenIncident } from '../core/evidence/incidentStore.ts';
import type { Clock } from '../core/ports.ts';
import type { ActiveIncident } from './activeIncident.ts';
import { fromToken } from './cancellation.ts';
import { askEvidence, askFormat, askNumbers, askTarget } from './exportPrompts.ts';
import { say } from './say.ts';

const busy = 'Evidence is being exported. Wait until it has ended, or stop it in its notification, then try again.';

export interface ExportEvidenceParts {
  readonly incidents: ActiveIncident;
  /** Loaded when it is first used. */
  readonly exporter: () => Promise<EvidenceExporter>;
  readonly clock: Clock;
  /** What the dialogs begin with: outside the workspace, so that personal data does not get into version control unasked. */
  readonly home: string;
  /** Goes on after the command ended, such as a toast that waits for an answer. */
  readonly background: (work: () => Promise<void>) => void;
}

/** `Export Evidence…`: asks for format, numbers and place, writes, and offers to show what was written. Needs no credential. */
export async function exportEvidence(parts: ExportEvidenceParts): Promise<void> {
  const { incidents, clock, background } = parts;
  const opened = incidents.current;
  if (!opened)
    throw new UserError(
      'bad-input',
      'No incident is open. Open the one whose evidence is to be exported, then try again.',
    );
  const format = await askFormat();
  if (!format) return;
  const content = format === 'zip' ? await askEvidence() : await askNumbers(opened);
  if (!content) return;
  const target = await askTarget(opened, format, parts.home, clock.now());
  if (!target) return;
  if (incidents.current !== opened)
    throw new UserError('state-moved', 'The incident was switched meanwhile. Nothing was exported.');
  const order: ExportOrder = { ...content, format, target: target.fsPath };
  const exporter = await parts.exporter();
  const work = async () => withProgress(format, (on) => exporter.export(opened, order, on));
  const made = await incidents.hold(work, busy);
  const said = exportedText(made, order, await incompleteLogs(opened, clock.now()));
  background(() => tell(said, target));
}

function withProgress<T>(
  format: ExportFormat,
  work: (on: NonNullable<Parameters<EvidenceExporter['export']>[2]>) => Promise<T>,
): Thenable<T> {
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress({ location, title: 'Exporting evidence', cancellable: true }, (toast, token) => {
    let shown = '';
    const progress = (done: number) => {
      const message = exportProgress(done, format);
      if (message !== shown) toast.report({ message });
      shown = message;
    };
    return work({ cancel: fromToken(token), progress });
  });
}

/** How many logs, per account, the incident does not hold whole. */
async function incompleteLogs({ incident, journal }: OpenIncident, now: number): Promise<number> {
  if (!incident) return 0;
  const [{ knownEvidence }, { tableSources }] = await Promise.all([
    import('../core/incidentView/knownEvidence.ts'),
    import('../core/evidence/export/tables.ts'),
  ]);
  const logs: readonly string[] = tableSources;
  const { coverage } = knownEvidence(incident, journal.records, now);
  return coverage.filter(({ source, state }) => logs.includes(source) && state !== 'complete').length;
}

async function tell({ text, warning }: ExportText, target: vscode.Uri): Promise<void> {
  const isLocal = vscode.env.remoteName === undefined && vscode.env.uiKind === vscode.UIKind.Desktop;
  const answer = await (warning ? say.warning : say.info)(text, isLocal ? 'Reveal' : 'Copy Path');
  if (answer === 'Reveal') await vscode.commands.executeCommand('revealFileInOS', target);
  if (answer === 'Copy Path') await vscode.env.clipboard.writeText(target.fsPath);
}
