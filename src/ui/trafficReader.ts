import * as vscode from 'vscode';
import { Cancelled, UserError } from '../core/errors.ts';
import type { Cancellation } from '../core/ports.ts';
import type { BeforeOffer } from '../core/traffic/before.ts';
import { type Channel, channelWords, type OtherChannel } from '../core/traffic/channel.ts';
import { judged } from '../core/traffic/detected.ts';
import type { Before, Beside, Reading } from '../core/traffic/liveReading.ts';
import type { TrafficProgress, TrafficReport } from '../core/traffic/report.ts';
import { untrusted } from '../core/untrusted.ts';
import { fromToken } from './cancellation.ts';

export type ReadTraffic = (
  cancel: Cancellation,
  onProgress: (progress: TrafficProgress) => void,
  beside?: Beside,
) => Promise<Reading>;

/** The traffic of the open account: read once, shown and used by whoever asks. */
export interface TrafficReader extends vscode.Disposable {
  readonly report: TrafficReport | undefined;
  /** Set while it is being read. */
  readonly progress: TrafficProgress | undefined;
  /** True while the days before are read, or the detector is at work on what was. */
  readonly judging: boolean;
  /** Why the last reading gave nothing, as a sentence that may hold hostile text. */
  readonly failure: string | undefined;
  readonly onDidChange: vscode.Event<void>;
  /**
   * Reads, or joins the reading under way. Never rejects; resolves to the newest report there is. Progress is a toast with a button to cancel, or a line
   * in the status bar where something else offers to stop. Days before are read as well where that takes few requests.
   */
  read(progress: 'toast' | 'statusBar'): Promise<TrafficReport | undefined>;
  /** Reads another channel beside the messages of the newest report; like `read` otherwise. Waits for a reading under way. */
  readBeside(channel: OtherChannel): Promise<TrafficReport | undefined>;
  /** The days before that could be read of a channel, so that the detector can judge it. */
  offer(channel: Channel): BeforeOffer | undefined;
  /** Reads them and has them judged. Waits for a reading under way. */
  readBefore(channel: Channel): Promise<void>;
  stop(): void;
}

const unexpected = 'Something unexpected went wrong while messages were read. The log of Twilio Incident has details.';

export function createTrafficReader(readTraffic: ReadTraffic, log: vscode.LogOutputChannel): TrafficReader {
  const changed = new vscode.EventEmitter<void>();
  const stopped = new vscode.EventEmitter<void>();
  const offers = new Map<Channel, Before>();
  let report: TrafficReport | undefined;
  let progress: TrafficProgress | undefined;
  let judging = false;
  let failure: string | undefined;
  let running: Promise<TrafficReport | undefined> | undefined;

  type Work = (cancel: Cancellation, onProgress: (progress: TrafficProgress) => void) => Promise<void>;

  const reading =
    (beside: Beside | undefined): Work =>
    async (cancel, onProgress) => {
      const channel = beside?.channel ?? 'sms';
      const fresh = await readTraffic(cancel, onProgress, beside);
      // A reading that was stopped does not replace an earlier one that was not.
      if (report && !beside && cancel.aborted) return;
      report = fresh.report;
      if (!beside) offers.clear();
      if (fresh.before) offers.set(channel, fresh.before);
      if (fresh.before?.isCheap) await judgement(channel)(cancel, onProgress);
    };
  const judgement =
    (channel: Channel): Work =>
    async (cancel, onProgress) => {
      const before = offers.get(channel);
      offers.delete(channel);
      if (!before) return;
      judging = true;
      changed.fire();
      try {
        const detected = await before.judge({ cancel, onProgress });
        report = report && judged(report, channel, detected);
      } catch (reason) {
        // What was counted stays, held against medians, which it says.
        if (!(reason instanceof Cancelled)) throw reason;
      } finally {
        judging = false;
      }
    };

  async function attempt(work: Work, ...given: Parameters<Work>): Promise<void> {
    try {
      await work(...given);
    } catch (reason) {
      if (reason instanceof Cancelled) failure = report ? undefined : 'Stopped before anything was read.';
      else if (reason instanceof UserError) failure = reason.message;
      else {
        failure = unexpected;
        log.error(untrusted(reason instanceof Error ? `${reason.name}: ${reason.message}` : String(reason)).for('log'));
      }
    }
  }

  async function withProgress(where: 'toast' | 'statusBar', channel: Channel, work: Work) {
    failure = undefined;
    progress = { rows: 0, accountsDone: 0, accounts: 0 };
    changed.fire();
    const source = new vscode.CancellationTokenSource();
    const stopping = stopped.event(() => source.cancel());
    const { Notification, Window } = vscode.ProgressLocation;
    const location = where === 'toast' ? Notification : Window;
    await vscode.window.withProgress(
      { location, title: `Reading ${channelWords[channel].many}`, cancellable: true },
      async (toast, token) => {
        const cancelling = token.onCancellationRequested(() => source.cancel());
        const onProgress = (now: TrafficProgress): void => {
          progress = now;
          toast.report({ message: progressText(now, judging) });
          changed.fire();
        };
        await attempt(work, fromToken(source.token), onProgress);
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
    get judging() {
      return judging;
    },
    get failure() {
      return failure;
    },
    onDidChange: changed.event,
    read(where) {
      running ??= withProgress(where, 'sms', reading(undefined));
      return running;
    },
    async readBeside(channel) {
      await running;
      if (!report || report.others?.[channel]) return report;
      running ??= withProgress('statusBar', channel, reading({ report, channel }));
      return running;
    },
    offer: (channel) => offers.get(channel)?.offer,
    async readBefore(channel) {
      await running;
      if (!offers.has(channel)) return;
      running ??= withProgress('statusBar', channel, judgement(channel));
      await running;
    },
    stop: () => stopped.fire(),
    dispose() {
      stopped.fire();
      stopped.dispose();
      changed.dispose();
    },
  };
}

function progressText({ rows, accountsDone, accounts }: TrafficProgress, before: boolean): string {
  const what = before ? 'read of the days before' : 'read';
  return `${rows.toLocaleString('en-US')} ${what}, ${accountsDone} of ${accounts} accounts done`;
}
