import * as vscode from 'vscode';
import { UserError } from '../core/errors.ts';
import type { EvidenceStore } from '../core/evidence/evidenceStore.ts';
import { countsOfImport, describeImport } from '../core/traffic/importWords.ts';
import { type ImportedTraffic, type LogImporter, type OnCounted, rowsTaken } from '../core/traffic/logImport.ts';
import { rejectedText } from '../core/traffic/rejectedText.ts';
import { untrusted } from '../core/untrusted.ts';
import type { ActiveIncident } from './activeIncident.ts';
import { countingProgress } from './countingProgress.ts';
import type { ShownLogs } from './importIntoIncident.ts';
import type { PanelTools } from './panelTools.ts';
import { say } from './say.ts';
import type { TextPreview } from './textPreview.ts';
import type { TrafficPanel } from './trafficPanel.ts';
import { withProgress } from './withProgress.ts';

export interface ImportLogsParts {
  readonly extensionUri: vscode.Uri;
  /** Loaded when it is first used. */
  readonly importer: () => Promise<LogImporter>;
  /** The incident that logs are added to, when one is open that can be written. */
  readonly incidents: ActiveIncident;
  readonly evidence: () => Promise<EvidenceStore>;
  /** Shows what was recorded. */
  readonly refresh: () => void;
  /** Runs something for the user, whose failure becomes a sentence. */
  readonly guard: (work: () => Promise<void>) => Promise<void>;
  readonly now: () => number;
  readonly tools: PanelTools;
  readonly preview: TextPreview;
}

export interface ImportLogs extends vscode.Disposable {
  /** `Import Logs…`: asks for files, reads them, shows their traffic and adds them to the open incident's evidence. Needs no account. */
  run(): Promise<void>;
}

/** Makes what is to be shown, and gives the counts of it as soon as they are there. */
type Make = (onCounted: OnCounted) => PromiseLike<ImportedTraffic>;

const importedTitle = 'Traffic by Country: Imported Logs';
const showRejected = 'Show Rejected Rows';
const filters = { 'Logs of Twilio': ['gz', 'json', 'jsonl', 'ndjson', 'csv', 'tsv', 'txt'], 'All files': ['*'] };

export function createImportLogs(parts: ImportLogsParts): ImportLogs {
  const { extensionUri, importer, guard, now, preview, tools } = parts;
  const changed = new vscode.EventEmitter<void>();
  let shown: ImportedTraffic | undefined;
  /** Makes what is shown anew, for the panel's refresh. */
  let again: Make | undefined;
  let judging = false;
  let panel: TrafficPanel | undefined;

  /** Gives whether there was anything to show; otherwise what was shown before stays. */
  async function show(make: Make, quiet = false): Promise<boolean> {
    // Counts are shown before the detector has judged them, which takes it minutes where there are millions.
    let opening: Promise<void> | undefined;
    const onCounted = (traffic: ImportedTraffic): void => {
      judging = true;
      const isFirst = opening === undefined;
      opening = Promise.resolve(opening).then(() => present(traffic, make, isFirst));
    };
    try {
      const traffic = await make(onCounted);
      await opening;
      judging = false;
      if (rowsTaken(traffic.summary) === 0) {
        void guard(() => tell(traffic));
        return false;
      }
      // Where it was looked at already it is not brought to the front again, nor opened when it was closed.
      await present(traffic, make, opening === undefined);
    } finally {
      judging = false;
      changed.fire();
    }
    const told = shown;
    if (!quiet && told) void guard(() => tell(told));
    return true;
  }

  async function present(traffic: ImportedTraffic, make: Make, reveal: boolean): Promise<void> {
    shown = traffic;
    again = make;
    changed.fire();
    const { rows, bad, files } = shown.summary;
    if (!reveal) return;
    // The panel shows messages, and why rows and files are missing; calls and Verify attempts alone would leave it empty.
    if (rows + bad.count > 0 || files.some(({ refused }) => refused !== undefined)) {
      const { createTrafficPanel } = await import('./trafficPanel.ts');
      panel ??= createTrafficPanel({ extensionUri, reader, tools, title: importedTitle, restored });
      panel.show();
    }
  }

  async function tell(told: ImportedTraffic): Promise<void> {
    const { text, button } = inWords(told);
    const pressed = await say.info(untrusted(text).for('toast'), ...(button ? [button.title] : []));
    if (pressed !== undefined) await button?.press();
  }

  function inWords(told: ImportedTraffic): ShownLogs {
    const { kept, summary } = told;
    const words = { text: describeImport(told), counts: countsOfImport(summary) };
    if (summary.bad.count === 0 || kept === undefined) return words;
    const press = async () => {
      const rejected = await (await importer()).rejected(kept);
      await preview.show('rejected-rows', 'Rejected Rows', rejectedText(rejected, summary.bad.count));
    };
    return { ...words, button: { title: showRejected, press } };
  }

  /** What the panel asks of an account's reader; progress of an import is a toast. */
  const reader = {
    get report() {
      return shown?.report;
    },
    progress: undefined,
    get judging() {
      return judging;
    },
    failure: undefined,
    onDidChange: changed.event,
    async read() {
      const make = again;
      if (make) await guard(async () => void (await show(make)));
      return shown?.report;
    },
    stop: () => undefined,
  };

  const openLast = (kept: NonNullable<Awaited<ReturnType<LogImporter['last']>>>) => (onCounted: OnCounted) =>
    withProgress('Opening imported logs', (cancel, report) =>
      kept.open(cancel, (traffic) => {
        countingProgress(report, now).onCounted(traffic);
        onCounted(traffic);
      }),
    );
  const restored = tools.restore(
    'twilioIncident.importedTraffic',
    'The logs imported last are opened again.',
    () =>
      void guard(async () => {
        const kept = await (await importer()).last();
        if (kept) await show(openLast(kept), true);
        else restored.take()?.panel.dispose();
      }),
  );

  function importing(paths: readonly string[]): Make {
    return (onCounted) =>
      withProgress('Importing logs', async (cancel, report) => {
        const counting = countingProgress(report, now);
        return (await importer()).importFiles(paths, {
          cancel,
          ...counting,
          onCounted(traffic) {
            counting.onCounted(traffic);
            onCounted(traffic);
          },
        });
      });
  }

  return {
    async run() {
      const kept = await (await importer()).last();
      const files = {
        label: '$(files) Choose files…',
        detail: 'From BulkExport (.json.gz), Twilio CLI or API (JSON), or the Console (CSV)',
      };
      const last = kept && {
        label: '$(history) Open what was imported last',
        detail: untrusted(countsOfImport(kept.summary)).for('label'),
      };
      const choice = last ? await vscode.window.showQuickPick([files, last], { title: 'Import Logs' }) : files;
      if (!choice) return;
      if (kept && choice === last) return void (await show(openLast(kept)));
      const chosen = await vscode.window.showOpenDialog({
        title: 'Import Logs: files of one or several accounts',
        openLabel: 'Import',
        canSelectMany: true,
        filters,
      });
      if (!chosen || chosen.length === 0) return;
      if (chosen.some(({ scheme }) => scheme !== 'file'))
        throw new UserError(
          'bad-input',
          'Logs are read from the disk of the computer this runs on, and some of these files are not on it. Copy them there, then import them again.',
        );
      const paths = chosen.map(({ fsPath }) => fsPath);
      const asked = parts.incidents.current;
      if (!(await show(importing(paths), true)) || !shown) return;
      const told = inWords(shown);
      const { addToIncident } = await import('./importIntoIncident.ts');
      await addToIncident(paths, parts, asked, told);
    },
    dispose() {
      restored.dispose();
      panel?.dispose();
      changed.dispose();
    },
  };
}
