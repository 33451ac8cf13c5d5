import type * as vscode from 'vscode';
import { UserError } from '../core/errors.ts';
import { span } from '../core/model/age.ts';
import type { Clock } from '../core/ports.ts';
import type { Detect } from '../core/traffic/before.ts';
import type { TrafficReport } from '../core/traffic/report.ts';
import type { PanelTools } from './panelTools.ts';
import type { OpenConnection, Session } from './session.ts';
import type { TrafficPanel } from './trafficPanel.ts';
import { createTrafficReader, type TrafficReader } from './trafficReader.ts';

const { minute } = span;

export interface TrafficParts {
  readonly session: Session;
  readonly clock: Clock;
  readonly log: vscode.LogOutputChannel;
  readonly extensionUri: vscode.Uri;
  readonly tools: PanelTools;
  readonly detect: Detect;
}

/** Traffic of the open connection: the panel, and the report other features use. */
export interface Traffic extends vscode.Disposable {
  /** `Show Traffic by Country`: opens the panel and reads when nothing was read yet. */
  show(): Promise<void>;
  /** A report of the open connection no older than a minute; reads it when there is none. */
  latest(open: OpenConnection): Promise<TrafficReport | undefined>;
  /** What was read in this window, however old; reads nothing. */
  known(open: OpenConnection): TrafficReport | undefined;
}

/** Reader and panel live as long as their connection, so that no row outlives its account. */
export function createTraffic({ session, clock, log, extensionUri, tools, detect }: TrafficParts): Traffic {
  let reader: TrafficReader | undefined;
  let panel: TrafficPanel | undefined;

  function readerOf(open: OpenConnection): TrafficReader {
    reader ??= createTrafficReader(async (cancel, onProgress, beside) => {
      const { liveReading } = await import('../core/traffic/liveReading.ts');
      const { twilio, connection } = open;
      return liveReading({ twilio, connection, clock, detect }, { cancel, onProgress }, beside);
    }, log);
    return reader;
  }
  function close(): void {
    panel?.dispose();
    reader?.dispose();
    panel = undefined;
    reader = undefined;
  }
  async function show(): Promise<void> {
    const open = session.current;
    if (!open) throw new UserError('bad-input', 'No account is open. Sign in, or open the demo incident.');
    const { createTrafficPanel } = await import('./trafficPanel.ts');
    if (session.current !== open) return;
    const own = readerOf(open);
    panel ??= createTrafficPanel({ extensionUri, reader: own, tools, restored });
    panel.show();
    if (!own.report) void own.read('statusBar');
  }
  const resume = (): void => {
    if (session.current && restored.waiting) void tools.guard(show);
  };
  const restored = tools.restore(
    'twilioIncident.traffic',
    'Traffic by country is read again when an account is open: sign in, or open the demo incident.',
    resume,
  );
  const listening = session.onDidChange((what) => {
    if (what !== 'connection') return;
    close();
    resume();
  });

  return {
    show,
    known: (open) => (session.current === open ? readerOf(open).report : undefined),
    async latest(open) {
      if (session.current !== open) return undefined;
      const own = readerOf(open);
      const { report } = own;
      // A document must not call old figures complete: traffic went on since they were read.
      const isFresh = report && clock.now() - report.window.to < minute;
      return isFresh ? report : own.read('toast');
    },
    dispose() {
      listening.dispose();
      restored.dispose();
      close();
    },
  };
}
