import * as vscode from 'vscode';
import { UserError } from '../core/errors.ts';
import type { Cancellation } from '../core/ports.ts';
import {
  countsOfImport,
  describeImport,
  type ImportedTraffic,
  type LogImporter,
  progressText,
} from '../core/traffic/logImport.ts';
import { untrusted } from '../core/untrusted.ts';
import { fromToken } from './cancellation.ts';
import { say } from './say.ts';
import type { TrafficPanel } from './trafficPanel.ts';

export interface ImportLogsParts {
  readonly extensionUri: vscode.Uri;
  /** Loaded when it is first used. */
  readonly importer: () => Promise<LogImporter>;
  /** Runs something for the user, whose failure becomes a sentence. */
  readonly guard: (work: () => Promise<void>) => Promise<void>;
  readonly now: () => number;
}

export interface ImportLogs extends vscode.Disposable {
  /** `Import Logs…`: asks for files, reads them and shows their traffic. Needs no account. */
  run(): Promise<void>;
}

const filters = { 'Message logs': ['gz', 'json', 'jsonl', 'ndjson', 'csv', 'tsv', 'txt'], 'All files': ['*'] };

export function createImportLogs({ extensionUri, importer, guard, now }: ImportLogsParts): ImportLogs {
  const changed = new vscode.EventEmitter<void>();
  let shown: ImportedTraffic | undefined;
  /** Makes what is shown anew, for the panel's refresh. */
  let again: (() => PromiseLike<ImportedTraffic>) | undefined;
  let panel: TrafficPanel | undefined;

  async function show(make: () => PromiseLike<ImportedTraffic>): Promise<void> {
    shown = await make();
    again = make;
    changed.fire();
    const { createTrafficPanel } = await import('./trafficPanel.ts');
    panel ??= createTrafficPanel({ extensionUri, reader, title: 'Traffic by Country: Imported Logs' });
    panel.show();
    void say.info(untrusted(describeImport(shown)).for('toast'));
  }

  /** What the panel asks of an account's reader; progress of an import is a toast. */
  const reader = {
    get report() {
      return shown?.report;
    },
    progress: undefined,
    failure: undefined,
    onDidChange: changed.event,
    async read() {
      const make = again;
      if (make) await guard(() => show(make));
      return shown?.report;
    },
    stop: () => undefined,
  };

  function importing(paths: readonly string[]): () => PromiseLike<ImportedTraffic> {
    return () =>
      withProgress('Importing logs', async (cancel, report) => {
        const begin = now();
        const onProgress = throttled(now, (progress: Parameters<typeof progressText>[0]) =>
          report(progressText(progress, now() - begin)),
        );
        return (await importer()).importFiles(paths, { cancel, onProgress });
      });
  }

  return {
    async run() {
      const kept = await (await importer()).last();
      const files = {
        label: '$(files) Choose files…',
        detail: 'BulkExport (.json.gz), Twilio CLI (JSON), Console (CSV)',
      };
      const last = kept && {
        label: '$(history) Open what was imported last',
        detail: untrusted(countsOfImport(kept.summary)).for('label'),
      };
      const choice = last ? await vscode.window.showQuickPick([files, last], { title: 'Import Logs' }) : files;
      if (!choice) return;
      if (kept && choice === last)
        return show(() => withProgress('Opening imported logs', (cancel) => kept.open(cancel)));
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
      await show(importing(chosen.map(({ fsPath }) => fsPath)));
    },
    dispose() {
      panel?.dispose();
      changed.dispose();
    },
  };
}

function withProgress<T>(
  title: string,
  work: (cancel: Cancellation, report: (message: string) => void) => Promise<T>,
): Thenable<T> {
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress({ location, title, cancellable: true }, (toast, token) =>
    work(fromToken(token), (message) => toast.report({ message })),
  );
}

/** Progress comes with every chunk; a person reads four a second at most. */
function throttled<T>(now: () => number, report: (value: T) => void): (value: T) => void {
  let last = 0;
  return (value) => {
    if (now() - last < 250) return;
    last = now();
    report(value);
  };
}
