import * as vscode from 'vscode';
import { UserError } from '../core/errors.ts';
import type { OpenIncident } from '../core/evidence/incidentStore.ts';
import { exportTimeline as written } from '../core/timeline/exportTimeline.ts';
import { filterEntries, type TimelineFilter } from '../core/timeline/filter.ts';
import { phrase } from '../core/untrusted.ts';
import type { ActiveIncident } from './activeIncident.ts';
import type { RcaWriter } from './rca/writer.ts';
import { say } from './say.ts';
import { askTimelineFormat } from './timelinePrompts.ts';
import type { KnownTimeline } from './timelineView.ts';

export interface ExportTimelineParts {
  readonly incidents: ActiveIncident;
  readonly writer: () => Promise<Pick<RcaWriter, 'sha256' | 'bytes'>>;
  /** What the dialog begins with: outside the workspace, so that personal data does not get into version control unasked. */
  readonly home: string;
  readonly background: (work: () => Promise<void>) => void;
}

/** `Export Timeline…`: what the view shows, oldest first, as CSV or JSON Lines. Needs no account. */
export async function exportTimeline(
  opened: OpenIncident,
  { entries, gaps, reading }: KnownTimeline,
  filter: TimelineFilter,
  { incidents, writer, home, background }: ExportTimelineParts,
): Promise<void> {
  if (reading)
    throw new UserError('state-moved', 'The evidence is still being read. Export when the view shows all of it.');
  const shown = filterEntries(entries, filter);
  if (shown.length === 0)
    throw new UserError(
      'bad-input',
      'The timeline shows nothing that could be exported. Clear its filter, or add to it.',
    );
  const format = await askTimelineFormat();
  const target = await vscode.window.showSaveDialog({
    title: 'Export Timeline',
    saveLabel: 'Export',
    defaultUri: vscode.Uri.joinPath(vscode.Uri.file(home), `timeline.${format}`),
    filters: format === 'csv' ? { CSV: ['csv'] } : { 'JSON Lines': ['jsonl'] },
  });
  if (!target) return;
  if (incidents.current !== opened)
    throw new UserError('state-moved', 'The incident was switched meanwhile. Nothing was exported.');
  const { bytes, sha256 } = await writer();
  const left = entries.length - shown.length;
  const filtered = left === 0 ? [] : [`${left.toLocaleString('en-US')} entries were filtered out before the export.`];
  const text = written(shown, [...gaps, ...filtered], format);
  try {
    await vscode.workspace.fs.writeFile(target, bytes(text));
  } catch (reason) {
    const code = reason instanceof vscode.FileSystemError ? reason.code : 'unknown error';
    throw new UserError(
      'bad-input',
      `The timeline could not be written (${code}). Choose a folder you may write to, then export again.`,
    );
  }
  const file = { name: `timeline.${format}`, bytes: bytes(text).length, sha256: sha256(text) };
  const record = { type: 'export', format: `timeline-${format}`, numbers: 'masked', rows: shown.length, files: [file] };
  if (opened.journal.readOnly === undefined) await incidents.hold(() => opened.journal.append(record));
  const count = shown.length === 1 ? '1 entry' : `${shown.length.toLocaleString('en-US')} entries`;
  const gap = gaps.length === 0 ? '' : ' What the timeline lacks is at the top of the file.';
  background(async () => {
    const said = phrase('toast')`${count} written, numbers of third parties masked.${gap}`;
    if (await (gaps.length > 0 ? say.warning : say.info)(said, 'Open')) await vscode.window.showTextDocument(target);
  });
}
