import * as vscode from 'vscode';
import { sureTypes, takeoverOf } from '../core/contain/asked.ts';
import type { ConsoleStep } from '../core/contain/consoleStep.ts';
import { attackedAccounts, isPumping } from '../core/contain/excess.ts';
import { mergedKeys } from '../core/contain/keySteps.ts';
import type { Own } from '../core/contain/ownChanges.ts';
import type { PlanStep } from '../core/contain/sequence.ts';
import type { Suggestion } from '../core/contain/suggestion.ts';
import { suggestions } from '../core/contain/suggestions.ts';
import type { Window } from '../core/model/incidentWindow.ts';
import type { Clock } from '../core/ports.ts';
import { actions } from '../core/registry.ts';
import type { TrafficReport } from '../core/traffic/report.ts';
import { phrase, untrusted } from '../core/untrusted.ts';
import type { CheckedType } from '../core/validate/checked.ts';
import type { FraudType } from '../core/validate/signal.ts';
import { fromToken } from './cancellation.ts';
import { verbOf } from './containmentText.ts';
import { say } from './say.ts';
import type { OpenConnection } from './session.ts';

/** What a person chose to do. */
export interface ChosenSteps {
  readonly steps: readonly PlanStep[];
  /** Evidence is captured first. */
  readonly capture: boolean;
  readonly console: readonly ConsoleStep[];
}

/** What is known of the incident. */
export interface Known {
  /** The traffic, when it was looked at. */
  readonly report: TrafficReport | undefined;
  /** What was found when the evidence was judged last. */
  readonly verdicts: readonly CheckedType[] | undefined;
  /** When the open incident happened. */
  readonly window: Window | undefined;
  /** What was done with this extension. */
  readonly own: Own;
  /** An incident is open, so that evidence can be captured. */
  readonly canCapture: boolean;
}

type Entry = vscode.QuickPickItem & {
  readonly step?: Suggestion;
  readonly capture?: true;
  readonly console?: ConsoleStep;
};

/** Lets the person choose among the levers that fit; what a confirmed or likely verdict asks for is chosen beforehand. */
export async function pickSteps(open: OpenConnection, clock: Clock, known: Known): Promise<ChosenSteps> {
  const { account, name, credential } = open.connection;
  const keyInUse = credential.kind === 'apiKey' ? { keyInUse: credential.keySid } : {};
  const scope = { account, main: account, now: clock.now(), ownKeys: known.own.keys.made };
  const { report, verdicts, canCapture, window } = known;
  const takeover = verdicts && window && takeoverOf(verdicts, window, known.own.changes);
  const types = typesOf(report, verdicts);
  const attacked = report ? attackedAccounts(report) : [];
  const [{ steps, unread }, { consoleSteps }] = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: 'Looking for what could be done…', cancellable: true },
    (_progress, token) =>
      Promise.all([
        suggestions(
          actions,
          { scope, name, twilio: open.twilio, cancel: fromToken(token), ...keyInUse },
          attacked,
          types,
          takeover,
        ),
        import('../core/consoleStepRegistry.ts'),
      ]),
  );
  if (unread.length > 0)
    void say.warning(phrase('toast')`Not offered, because it could not be read. ${unread.join(' ')}`);
  const [asked, possible] = [steps.filter(({ picked }) => picked), steps.filter(({ picked }) => !picked)];
  const fitting = consoleSteps.filter((step) => types.size === 0 || step.types.some((type) => types.has(type)));
  const chosen = await vscode.window.showQuickPick<Entry>(
    [
      ...(asked.length > 0 ? [heading('What the verdict asks for')] : []),
      ...(canCapture ? [captureEntry] : []),
      ...asked.map(leverEntry),
      ...(asked.length > 0 ? [heading('Also possible')] : []),
      ...possible.map(leverEntry),
      heading('Only in the Twilio Console'),
      ...fitting.map(consoleEntry),
    ],
    {
      title: 'Contain: choose every step that is to be taken',
      placeHolder:
        asked.length > 0
          ? 'What the verdict asks for is chosen. One plan is made of all, and confirmed once'
          : 'Credentials first, then traffic. One plan is made of all, and confirmed once',
      canPickMany: true,
      matchOnDescription: true,
      ignoreFocusOut: true,
    },
  );
  const all = chosen ?? [];
  const wanted = new Set(all.map(({ step }) => step));
  return {
    // In the guide's order, not in that of the list.
    steps: mergedKeys(steps.filter((step) => wanted.has(step))),
    // Where there is nothing to choose, it is as wanted as ever, and why it is not done is recorded.
    capture: !canCapture || all.some(({ capture }) => capture),
    console: all.flatMap((one) => one.console ?? []),
  };
}

function heading(label: string): Entry {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

const captureEntry: Entry = {
  label: 'Capture evidence first',
  description: 'what the steps change or end, for two seconds at most',
  picked: true,
  capture: true,
};

function leverEntry(step: Suggestion): Entry {
  return {
    label: phrase('label')`${verbOf(step.action)}: ${step.label}`,
    description: untrusted(step.reason).for('label'),
    picked: step.picked,
    step,
  };
}

function consoleEntry(step: ConsoleStep): Entry {
  return { label: step.title, description: step.why, console: step };
}

/** By the verdicts; without any, by Twilio's own blocks and the like in the traffic. */
function typesOf(report: TrafficReport | undefined, verdicts: Known['verdicts']): ReadonlySet<FraudType> {
  if (verdicts) return sureTypes(verdicts);
  return new Set(report && isPumping(report) ? (['sms-pumping'] as const) : []);
}
