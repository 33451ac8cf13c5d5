import * as vscode from 'vscode';
import { attackedAccounts } from '../core/contain/excess.ts';
import { type Suggestion, suggestions } from '../core/contain/suggestions.ts';
import type { Clock } from '../core/ports.ts';
import { actions } from '../core/registry.ts';
import type { TrafficReport } from '../core/traffic/report.ts';
import { phrase, untrusted } from '../core/untrusted.ts';
import { fromToken } from './cancellation.ts';
import { verbOf } from './containmentText.ts';
import { say } from './say.ts';
import type { OpenConnection } from './session.ts';

/** Lets the person choose among the levers that fit; none is chosen beforehand. `report`: the traffic, when it was looked at. */
export async function pickSteps(
  open: OpenConnection,
  clock: Clock,
  report: TrafficReport | undefined,
): Promise<readonly Suggestion[]> {
  const { account, name } = open.connection;
  const scope = { account, main: account, now: clock.now() };
  const attacked = report ? attackedAccounts(report) : [];
  const { steps, unread } = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: 'Looking for what could be done…', cancellable: true },
    (_progress, token) =>
      suggestions(actions, { scope, name, twilio: open.twilio, cancel: fromToken(token) }, attacked),
  );
  if (unread.length > 0)
    void say.warning(phrase('toast')`Not offered, because it could not be read. ${unread.join(' ')}`);
  const chosen = await vscode.window.showQuickPick(
    steps.map((step) => ({
      label: phrase('label')`${verbOf(step.action)}: ${step.label}`,
      description: untrusted(step.reason).for('label'),
      step,
    })),
    {
      title: 'Contain: choose every step that is to be taken',
      placeHolder: 'Credentials first, then traffic. One plan is made of all, and confirmed once',
      canPickMany: true,
      matchOnDescription: true,
      ignoreFocusOut: true,
    },
  );
  return (chosen ?? []).map(({ step }) => step);
}
