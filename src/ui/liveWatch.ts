import * as vscode from 'vscode';
import { Cancelled, UserError } from '../core/errors.ts';
import { heldCaptures } from '../core/evidence/heldCaptures.ts';
import type { OpenIncident } from '../core/evidence/incidentStore.ts';
import { collections, unfinishedCollection } from '../core/incidentView/collectionRecord.ts';
import { isOngoing } from '../core/incidentView/ongoing.ts';
import { commandId, contextKeys } from '../core/manifest/commands.ts';
import { liveWatchSetting } from '../core/manifest/contributes.ts';
import { span } from '../core/model/age.ts';
import type { Cancellation, Log } from '../core/ports.ts';
import type { ImportedTraffic } from '../core/traffic/logImport.ts';
import { createWatch, type WatchState } from '../core/traffic/watch.ts';
import { phrase, untrusted } from '../core/untrusted.ts';
import type { ActiveIncident } from './activeIncident.ts';
import { setContext } from './contextKey.ts';
import type { LiveWatchLookParts } from './liveWatchLook.ts';
import { say } from './say.ts';
import type { Session } from './session.ts';

export interface LiveWatchParts extends LiveWatchLookParts {
  readonly session: Session;
  readonly incidents: ActiveIncident;
  readonly log: Log;
  /** Evidence is being collected by hand: a look waits for the next time. */
  readonly collecting: () => boolean;
  /** Shows what was recorded. */
  readonly refresh: () => void;
  /** New counts of an incident's evidence, for a panel that shows them. */
  readonly renew: (incident: OpenIncident, traffic: ImportedTraffic) => void;
  readonly background: (work: () => Promise<void>) => void;
}

/** Reads new traffic of the open incident every few minutes and says when something new stands out. */
export interface LiveWatch extends vscode.Disposable {
  /** `Start Live Watch`: looks at once. */
  start(): void;
  /** `Stop Live Watch`: until it is started again, or another incident is opened. */
  stop(): Promise<void>;
  /**
   * Begins or ends the watch as incident, account and evidence allow: something of them changed. After a collection that was stopped it begins only
   * when it is started, or when a later one came to its end.
   */
  update(): void;
  /** Runs something that collects or deletes evidence, without a look beside it. */
  aside<T>(work: () => Promise<T>): Promise<T>;
}

const usualMinutes = 5;
const reading = 'Live watch is reading new traffic. Try again in a moment, or run “Stop Live Watch” first.';

/** Minutes between two looks as the person set them; 0 is off. Only the value of the user counts: a repository must not make requests. */
function minutesSet(): number {
  const value: unknown = vscode.workspace.getConfiguration().inspect(liveWatchSetting)?.globalValue;
  return typeof value === 'number' && value >= 0 && value <= 1440 ? value : usualMinutes;
}

export function createLiveWatch(parts: LiveWatchParts): LiveWatch {
  const { session, incidents, clock, log, collecting, refresh, background } = parts;
  /** The incident somebody stopped the watch of. */
  let stopped: OpenIncident | undefined;
  /** The incident somebody asked to watch, and after how many collections. */
  let asked: { readonly opened: OpenIncident; readonly collected: number } | undefined;
  /** Works that collect or delete just now, or ask for what. */
  let besides = 0;
  const item = vscode.window.createStatusBarItem('twilioIncident.liveWatch', vscode.StatusBarAlignment.Left, 49);
  item.name = 'Twilio Incident: Live Watch';
  item.command = commandId('stopLiveWatch');

  /** Why nothing can be watched, as a sentence. */
  function obstacle(): string | undefined {
    const opened = incidents.current;
    if (!session.current)
      return 'Live watch reads from Twilio, and no account is open. Sign in, or open the demo incident.';
    if (!opened?.incident) return 'Live watch belongs to an incident, and none is open.';
    if (opened.journal.readOnly !== undefined) return opened.journal.readOnly;
    if (!isOngoing(opened.incident)) return 'The incident’s window has ended, so there is no new traffic to watch.';
    if (!heldCaptures(opened.journal.records).some(({ capture }) => capture.source === 'messages'))
      return 'Live watch goes on from collected messages. Run “Collect Evidence” with message logs first.';
    return undefined;
  }
  async function look(cancel: Cancellation): Promise<void> {
    const [opened, open] = [incidents.current, session.current];
    if (!opened || !open || besides > 0 || collecting()) throw new Cancelled();
    const why = obstacle();
    if (why !== undefined) throw new UserError('bad-input', why);
    const { lookForNew } = await import('./liveWatchLook.ts');
    const hold = () => session.hold(() => lookForNew(opened, open, parts, cancel), reading);
    const { found, traffic, files } = await incidents.hold(hold, reading);
    if (files > 0 || found !== undefined) {
      parts.renew(opened, traffic);
      refresh();
    }
    // One notification for all, whatever the number of countries.
    if (found !== undefined) background(() => tell(found));
  }
  async function tell(sentence: string): Promise<void> {
    const answer = await say.warning(untrusted(sentence).for('toast'), 'Show Traffic');
    if (answer) await vscode.commands.executeCommand(commandId('showCollectedTraffic'));
  }
  function show(): void {
    const { state, failure } = watch.state;
    void setContext(contextKeys.watching, state !== 'off');
    if (state === 'off') {
      item.hide();
      return;
    }
    item.text = `$(${state === 'looking' ? 'sync~spin' : failure === undefined ? 'eye' : 'warning'}) ${shortly(watch.state)}`;
    item.tooltip = tooltip(watch.state);
    item.accessibilityInformation = { label: `Live watch: ${shortly(watch.state)}`, role: 'button' };
    item.show();
  }
  const watch = createWatch({
    clock,
    delay: parts.delay,
    minutes: minutesSet,
    look,
    onChange: show,
    onError: (reason) => log.error(untrusted(`live watch: ${reason}`).for('log')),
  });
  /** Whoever stopped a collection wants nothing read by itself; one that was cut off is for them to go on with. */
  function isLeft(opened: OpenIncident): boolean {
    const { records } = opened.journal;
    const isAsked = asked?.opened === opened && asked.collected === collections(records).length;
    return !isAsked && unfinishedCollection(records) !== undefined;
  }
  function update(): void {
    const { current } = incidents;
    const isWanted = current !== undefined && current !== stopped && minutesSet() > 0 && !isLeft(current);
    if (isWanted && obstacle() === undefined) watch.start(false);
    else void watch.stop();
  }
  const listening = vscode.Disposable.from(
    incidents.onDidChange(update),
    session.onDidChange((what) => what === 'connection' && update()),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(liveWatchSetting)) void watch.stop().then(update);
    }),
  );
  return {
    start() {
      const why = obstacle();
      if (why !== undefined) throw new UserError('bad-input', why);
      if (minutesSet() === 0)
        throw new UserError('bad-input', `Live watch is off: the setting “${liveWatchSetting}” is 0 minutes.`);
      stopped = undefined;
      const opened = incidents.current;
      asked = opened && { opened, collected: collections(opened.journal.records).length };
      watch.start(true);
    },
    async stop() {
      stopped = incidents.current;
      await watch.stop();
    },
    update,
    async aside(work) {
      besides++;
      try {
        await watch.interrupt();
        return await work();
      } finally {
        besides--;
        update();
      }
    },
    dispose() {
      listening.dispose();
      item.dispose();
      void watch.stop();
    },
  };
}

/** `watching, last looked 10:05 UTC` */
function shortly({ state, last, failure }: WatchState): string {
  if (state === 'looking') return 'looking for new traffic';
  if (failure !== undefined) return 'watching, last look failed';
  return last === undefined ? 'watching' : `watching, last looked ${clockTime(last)} UTC`;
}

function tooltip({ last, next, failure }: WatchState): string {
  const looked = last === undefined ? 'It has not looked yet.' : `It looked last at ${clockTime(last)} UTC.`;
  const again = next === undefined ? '' : ` Next look at ${clockTime(next)} UTC.`;
  const why = failure === undefined ? '' : ` ${untrusted(failure).for('label')}`;
  return phrase('label')`Live watch reads new traffic of the open incident. ${looked}${again}${why} Click to stop it.`;
}

function clockTime(at: number): string {
  return new Date(Math.floor(at / span.minute) * span.minute).toISOString().slice(11, 16);
}
