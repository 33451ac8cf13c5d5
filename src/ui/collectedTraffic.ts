import * as vscode from 'vscode';
import { UserError } from '../core/errors.ts';
import type { OpenIncident } from '../core/evidence/incidentStore.ts';
import { usualDaysBefore } from '../core/evidence/usualDays.ts';
import { span } from '../core/model/age.ts';
import type { Cancellation } from '../core/ports.ts';
import type { Channel } from '../core/traffic/channel.ts';
import { evidenceOffer } from '../core/traffic/evidenceOffer.ts';
import type { ImportedTraffic, ImportProgress, OnCounted } from '../core/traffic/logImport.ts';
import { untrusted } from '../core/untrusted.ts';
import type { ActiveIncident } from './activeIncident.ts';
import { countingProgress } from './countingProgress.ts';
import type { PanelTools } from './panelTools.ts';
import type { TrafficPanel } from './trafficPanel.ts';
import { withProgress } from './withProgress.ts';

export interface CollectedTrafficParts {
  readonly extensionUri: vscode.Uri;
  readonly incidents: ActiveIncident;
  readonly tools: PanelTools;
  /** Counts the messages captured for an incident. */
  readonly count: (
    incident: OpenIncident,
    options: {
      readonly cancel: Cancellation;
      readonly onProgress: (progress: ImportProgress) => void;
      readonly onCounted?: OnCounted;
    },
  ) => Promise<ImportedTraffic>;
  /** Runs something for the user, whose failure becomes a sentence. */
  readonly guard: (work: () => Promise<void>) => Promise<void>;
  readonly now: () => number;
  /** Collects the days before the incident's window, so that the detector can judge. */
  readonly before: {
    /** Whether an account is open that it can be read from. */
    possible(): boolean;
    collect(): Promise<void>;
  };
}

/** The traffic in the open incident's evidence: in the panel, and for documents. Needs no account. */
export interface CollectedTraffic extends vscode.Disposable {
  /** `Show Collected Traffic`. */
  show(): Promise<void>;
  /** Counted from the index, which is made first when there is none for these captures. */
  of(incident: OpenIncident): Promise<ImportedTraffic>;
  /** Shows newer counts of this incident, if its traffic is shown. */
  renew(incident: OpenIncident, traffic: ImportedTraffic): void;
}

export function createCollectedTraffic(parts: CollectedTrafficParts): CollectedTraffic {
  const { extensionUri, incidents, count, guard, now, tools } = parts;
  const changed = new vscode.EventEmitter<void>();
  let shown: ImportedTraffic | undefined;
  let panel: TrafficPanel | undefined;
  /** The folder of the incident whose traffic is shown. */
  let folder: string | undefined;

  let judging = false;

  async function of(incident: OpenIncident, onCounted?: OnCounted): Promise<ImportedTraffic> {
    const title = 'Counting the collected messages';
    return withProgress(title, async (cancel, report) => {
      const counting = countingProgress(report, now);
      return count(incident, {
        cancel,
        ...counting,
        onCounted(traffic) {
          counting.onCounted(traffic);
          onCounted?.(traffic);
        },
      });
    });
  }
  async function show(): Promise<void> {
    const incident = incidents.current;
    if (!incident) throw new UserError('bad-input', 'No incident is open. Open one whose messages were collected.');
    let opening: Promise<void> | undefined;
    try {
      const counted = await of(incident, (traffic) => {
        const isFirst = opening === undefined;
        opening = Promise.resolve(opening).then(() => present(incident, traffic, true, isFirst));
      });
      await opening;
      await present(incident, counted, false, opening === undefined);
    } finally {
      if (folder === incident.folder && judging) {
        judging = false;
        changed.fire();
      }
    }
  }
  async function present(
    incident: OpenIncident,
    traffic: ImportedTraffic,
    unjudged: boolean,
    reveal: boolean,
  ): Promise<void> {
    const { createTrafficPanel } = await import('./trafficPanel.ts');
    // Another one's panel may be open by now: these rows would pass for its.
    if (incidents.current !== incident) return;
    shown = traffic;
    judging = unjudged;
    changed.fire();
    // Where it was looked at already it is not brought to the front again, nor opened when it was closed.
    if (!reveal) return;
    folder = incident.folder;
    const title = `Traffic by Country: ${untrusted(incident.title).for('label')}`;
    panel ??= createTrafficPanel({ extensionUri, reader, tools, title, restored });
    panel.show();
    changed.fire();
  }
  /** What the panel asks of an account's reader; progress is a toast. */
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
      await guard(show);
      return shown?.report;
    },
    stop: () => undefined,
    offer(channel: Channel) {
      const incident = incidents.current;
      const window = incident?.incident?.window;
      if (!shown || !window || judging || channel !== 'sms') return undefined;
      // What was read before the window was not enough, and there is no more of it.
      if (shown.from < window.from - span.day) return undefined;
      if (incident.journal.readOnly !== undefined || !parts.before.possible()) return undefined;
      return evidenceOffer(shown.report, usualDaysBefore(window));
    },
    readBefore: () =>
      guard(async () => {
        const incident = incidents.current;
        await parts.before.collect();
        if (incidents.current === incident) await show();
      }),
  };
  /** A panel of another incident must not stay: its rows would pass for this one's. */
  function close(): void {
    panel?.dispose();
    panel = undefined;
    shown = undefined;
  }
  const resume = (): void => {
    if (incidents.current && restored.waiting) void guard(show);
  };
  const restored = tools.restore(
    'twilioIncident.collectedTraffic',
    'Collected traffic is counted again when its incident is open.',
    resume,
  );
  const listening = incidents.onDidChange(() => {
    // The same one opened again, with another window: its rows are its rows.
    if (panel && incidents.current?.folder === folder) return;
    close();
    resume();
  });
  return {
    show,
    of,
    renew(incident, traffic) {
      if (!panel || incidents.current !== incident) return;
      shown = traffic;
      changed.fire();
    },
    dispose() {
      listening.dispose();
      restored.dispose();
      close();
      changed.dispose();
    },
  };
}
