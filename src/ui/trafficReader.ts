import * as vscode from 'vscode';
import { Cancelled, UserError } from '../core/errors.ts';
import type { Cancellation } from '../core/ports.ts';
import { channelWords, type OtherChannel } from '../core/traffic/channel.ts';
import type { TrafficProgress, TrafficReport } from '../core/traffic/report.ts';
import { untrusted } from '../core/untrusted.ts';
import { fromToken } from './cancellation.ts';

/** Another channel of a report that was read: calls, or Verify attempts. */
export interface Beside {
  readonly report: TrafficReport;
  readonly channel: OtherChannel;
}

export type ReadTraffic = (
  cancel: Cancellation,
  onProgress: (progress: TrafficProgress) => void,
  beside?: Beside,
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
  /** Reads another channel beside the messages of the newest report; like `read` otherwise. Waits for a reading under way. */
  readBeside(channel: OtherChannel): Promise<TrafficReport | undefined>;
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

  async function attempt(
    cancel: Cancellation,
    onProgress: (progress: TrafficProgress) => void,
    beside: Beside | undefined,
  ): Promise<void> {
    try {
      const fresh = await readTraffic(cancel, onProgress, beside);
      // A reading that was stopped does not replace an earlier one that was not.
      if (!report || beside || !cancel.aborted) report = fresh;
    } catch (reason) {
      if (reason instanceof Cancelled) failure = report ? undefined : 'Stopped before anything was read.';
      else if (reason instanceof UserError) failure = reason.message;
      else {
        failure = unexpected;
        log.error(untrusted(reason instanceof Error ? `${reason.name}: ${reason.message}` : String(reason)).for('log'));
      }
    }
  }

  async function readWithProgress(where: 'toast' | 'statusBar', beside?: Beside): Promise<TrafficReport | undefined> {
    failure = undefined;
    progress = { rows: 0, accountsDone: 0, accounts: 0 };
    changed.fire();
    const source = new vscode.CancellationTokenSource();
    const stopping = stopped.event(() => source.cancel());
    const { Notification, Window } = vscode.ProgressLocation;
    const location = where === 'toast' ? Notification : Window;
    await vscode.window.withProgress(
      { location, title: `Reading ${channelWords[beside?.channel ?? 'sms'].many}`, cancellable: true },
      async (toast, token) => {
        const cancelling = token.onCancellationRequested(() => source.cancel());
        const onProgress = (now: TrafficProgress): void => {
          progress = now;
          toast.report({ message: progressText(now) });
          changed.fire();
        };
        await attempt(fromToken(source.token), onProgress, beside);
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
    async readBeside(channel) {
      await running;
      if (!report || report.others?.[channel]) return report;
      running ??= readWithProgress('statusBar', { report, channel });
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
