import * as vscode from 'vscode';
import { UserError } from '../core/errors.ts';
import type { ToHost } from '../core/messages.ts';
import { windowText } from '../core/model/incidentWindow.ts';
import { hoursOf } from '../core/traffic/panelSpan.ts';
import type { TrafficState } from '../core/traffic/panelState.ts';
import { phrase, untrusted } from '../core/untrusted.ts';
import type { PanelTools } from './panelTools.ts';
import { say } from './say.ts';

/** What the hours drawn in the chart need to become the incident's window. */
type WindowTools = Pick<PanelTools, 'incidents' | 'store'>;

/** Makes hours of the panel the window of the open incident, once the person has chosen it over the one before. */
export async function useWindow(
  drawn: ToHost['useWindow'],
  { window: shown }: Pick<TrafficState, 'window'>,
  { incidents, store }: WindowTools,
): Promise<void> {
  const opened = incidents.current;
  const was = opened?.incident?.window;
  if (!opened || !was)
    throw new UserError('bad-input', 'No incident is open any more. Open one, then draw its hours again.');
  // A page is not believed: only hours that are shown can be meant, and they are whole.
  const found = shown && hoursOf(shown, drawn);
  if (!shown || !found)
    throw new UserError('bad-input', 'These hours are not among those shown. Draw them again in the chart.');
  const hour = 3_600_000;
  const window = { from: shown.from + found.first * hour, to: Math.min(shown.from + found.end * hour, shown.to) };
  const choice = await vscode.window.showQuickPick(
    [
      { label: '$(close) Change nothing', detail: `It stays ${windowText(was)} UTC`, use: false },
      {
        label: '$(check) Use these hours',
        detail: `${windowText(window)} UTC. Recorded in the journal; evidence stays`,
        use: true,
      },
    ],
    { title: `Window of ${untrusted(opened.title).for('label')}`, ignoreFocusOut: true },
  );
  if (!choice?.use) return;
  if (incidents.current !== opened)
    throw new UserError('state-moved', 'The incident was switched meanwhile. Nothing was changed.');
  const documents = await store();
  await incidents.hold(async () => documents.setWindow(opened, window));
  // What is open still says the old window.
  await incidents.open(opened.folder);
  void say.info(
    phrase('toast')`The incident’s window is ${windowText(window)} UTC now. “Collect Evidence” reads what it lacks.`,
  );
}
