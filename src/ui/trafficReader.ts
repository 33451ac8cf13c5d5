import * as vscode from 'vscode';
import { Cancelled, UserError } from '../core/errors.ts';
import type { Cancellation } from '../core/ports.ts';
import type { TrafficProgress, TrafficReport } from '../core/traffic/report.ts';
import { untrusted } from '../core/untrusted.ts';
import { fromToken } from './cancellation.ts';

export type ReadTraffic = (
  cancel: Cancellation,
  onProgress: (progress: TrafficProgress) => void,
) => Promise<TrafficReport>;

/** The traffic of the open account: read once, shown and used by whoever asks. */
export interface TrafficReader extends vscode.Disposable {
  readonly report: TrafficReport | undefined;
  /** Set while it is being read. */
  readonly progress: TrafficProgress | undefined;
  /** Why the last reading gave nothing, as a sentence that may hold hostile text. */
  readonly failure: string | undefined;
  readonly onDidChange: vscode.Event<void>;
  /**
   * Reads, or joins the reading under way. Never rejects; resolves to the newest report there is. Progress is a toast with a button to cancel, or a line
   * in the status bar where something else offers to stop.
   */
  read(progress: 'toast' | 'statusBar'): Promise<TrafficReport | undefined>;
  stop(): void;
}

const unexpected = 'Something unexpected went wrong while messages were read. The log of Twilio Incident has details.';

export function createTrafficReader(readTraffic: ReadTraffic, log: vscode.LogOutputChannel): TrafficReader {
  const changed = new vscode.EventEmitter<void>();
  const stopped = new vscode.EventEmitter<void>();
  let report: TrafficReport | undefined;
  let progress: TrafficProgress | undefined;
  let failure: string | undefined;
  let running: Promise<TrafficReport | undefined> | undefined;

  async function attempt(cancel: Cancellation, onProgress: (progress: TrafficProgress) => void): Promise<void> {
    try {
      const fresh = await readTraffic(cancel, onProgress);
      // A reading that was stopped does not replace an earlier one that was not.
      if (!report || !cancel.aborted) report = fresh;
    } catch (reason) {
      if (reason instanceof Cancelled) failure = report ? undefined : 'Stopped before anything was read.';
      else if (reason instanceof UserError) failure = reason.message;
      else {
        failure = unexpected;
        log.error(untrusted(reason instanceof Error ? `${reason.name}: ${reason.message}` : String(reason)).for('log'));
      }
    }
  }

  async function readWithProgress(where: 'toast' | 'statusBar'): Promise<TrafficReport | undefined> {
    failure = undefined;
    progress = { rows: 0, accountsDone: 0, accounts: 0 };
    changed.fire();
    const source = new vscode.CancellationTokenSource();
    const stopping = stopped.event(() => source.cancel());
    const { Notification, Window } = vscode.ProgressLocation;
    const location = where === 'toast' ? Notification : Window;
    await vscode.window.withProgress(
      { location, title: 'Reading messages', cancellable: true },
      async (toast, token) => {
        const cancelling = token.onCancellationRequested(() => source.cancel());
        await attempt(fromToken(source.token), (now) => {
          progress = now;
          toast.report({ message: progressText(now) });
          changed.fire();
        });
        cancelling.dispose();
      },
    );
    stopping.dispose();
    source.dispose();
    progress = undefined;
    running = undefined;
    changed.fire();
    return report;
  }

  return {
    get report() {
      return report;
    },
    get progress() {
      return progress;
    },
    get failure() {
      return failure;
    },
    onDidChange: changed.event,
    read(where) {
      running ??= readWithProgress(where);
      return running;
    },
    stop: () => stopped.fire(),
    dispose() {
      stopped.fire();
      stopped.dispose();
      changed.dispose();
    },
  };
}

function progressText({ rows, accountsDone, accounts }: TrafficProgress): string {
  return `${rows.toLocaleString('en-US')} read, ${accountsDone} of ${accounts} accounts done`;
}
