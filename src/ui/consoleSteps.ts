import * as vscode from 'vscode';
import { confirmConsoleStep } from '../core/contain/confirmConsoleStep.ts';
import type { ConsoleStep } from '../core/contain/consoleStep.ts';
import { consoleStepEntry, consoleStepStates } from '../core/contain/consoleStepRecord.ts';
import { consoleAddress, consoleStepText, stateText } from '../core/contain/consoleStepText.ts';
import { UserError } from '../core/errors.ts';
import { span, utc } from '../core/model/age.ts';
import type { AccountSid } from '../core/model/sid.ts';
import type { Clock, JournalEntry } from '../core/ports.ts';
import { phrase, untrusted } from '../core/untrusted.ts';
import type { ActiveIncident } from './activeIncident.ts';
import { say } from './say.ts';
import type { Session } from './session.ts';
import type { TextPreview } from './textPreview.ts';
import { withProgress } from './withProgress.ts';

export interface ConsoleStepsParts {
  readonly session: Session;
  readonly incidents: ActiveIncident;
  readonly preview: TextPreview;
  readonly clock: Clock;
  /** Shows what was recorded. */
  readonly refresh: () => void;
}

const preview = { id: 'console-steps', title: 'Console Steps' } as const;
/** Audit logs looked through for a confirmation. */
const mostAccounts = 8;
const reading = 'The audit log is being read for a step in the Console. Switch when that has ended.';

/** Guides through what only the Twilio Console can do: where, what to look at, and a record of what a person says was done. */
export async function guideConsoleSteps(steps: readonly ConsoleStep[], parts: ConsoleStepsParts): Promise<void> {
  try {
    for (;;) {
      const states = consoleStepStates(steps, await recordsOf(parts));
      await parts.preview.show(preview.id, preview.title, consoleStepText(states));
      const step = steps.length === 1 ? steps[0] : await chooseStep(states);
      if (!step || !(await act(step, parts)) || steps.length === 1) return;
    }
  } finally {
    await parts.preview.close(preview.id);
  }
}

async function chooseStep(states: ReturnType<typeof consoleStepStates>): Promise<ConsoleStep | undefined> {
  const choice = await vscode.window.showQuickPick(
    states.map((state) => ({
      label: `$(${state.state === 'open' ? 'circle-large-outline' : 'pass'}) ${state.step.title}`,
      description: untrusted(stateText(state)).for('label'),
      step: state.step,
    })),
    { title: 'Only in the Twilio Console', placeHolder: 'Each is described in the editor', ignoreFocusOut: true },
  );
  return choice?.step;
}

/** True when the person may want to go on with another step. */
async function act(step: ConsoleStep, parts: ConsoleStepsParts): Promise<boolean> {
  for (;;) {
    const choice = await vscode.window.showQuickPick(
      [
        ...(step.page === undefined
          ? []
          : [{ label: '$(link-external) Open in the Twilio Console', detail: consoleAddress(step), does: 'open' }]),
        {
          label: '$(check) I Did This…',
          detail: 'Records it with a note, and looks whether Twilio’s audit log confirms it',
          does: 'done',
        },
        ...(step.confirmedBy.length === 0
          ? []
          : [
              {
                label: '$(search) Look for Confirmation',
                detail: `In Twilio’s audit log: ${step.confirmedBy.join(', ')}`,
                does: 'look',
              },
            ]),
      ],
      { title: step.title, placeHolder: step.path.join(' → '), ignoreFocusOut: true },
    );
    if (!choice) return true;
    if (choice.does !== 'open') return record(step, choice.does === 'done', parts);
    vscode.window.setStatusBarMessage('Make sure the Console shows the account in question', 15_000);
    await vscode.env.openExternal(vscode.Uri.parse(consoleAddress(step), true));
  }
}

async function record(step: ConsoleStep, told: boolean, parts: ConsoleStepsParts): Promise<boolean> {
  const note = told
    ? await vscode.window.showInputBox({
        title: step.title,
        prompt: 'Who did it, in which account, and what was set. It is recorded and cannot be taken back',
        ignoreFocusOut: true,
      })
    : '';
  if (note === undefined) return true;
  // Held, so that what is told of one incident cannot end up in the journal of another.
  const looked = await parts.incidents.hold(
    () => parts.session.hold(() => lookAndAppend(step, told, note.trim(), parts), reading),
    reading,
  );
  const { confirmation } = looked ?? {};
  if (confirmation)
    void say.info(
      phrase(
        'toast',
      )`Confirmed: Twilio’s audit log tells of it at ${utc(confirmation.at)}, ${confirmation.by}. Make sure that this was one of you.`,
    );
  else if (step.confirmedBy.length > 0)
    void say.warning(
      phrase('toast')`${told ? 'Recorded as done by your word.' : ''} ${
        looked === undefined
          ? 'No account is open, so the audit log was not read.'
          : looked.unread.length > 0
            ? `The audit log could not be read: ${looked.unread[0]?.why ?? ''}`
            : `The audit log does not tell of it since ${utc(looked.since)}${looked.left > 0 ? `; ${looked.left} more accounts were not looked at` : ''}. It may take some minutes.`
      }`,
    );
  parts.refresh();
  return true;
}

async function lookAndAppend(step: ConsoleStep, told: boolean, note: string, parts: ConsoleStepsParts) {
  const looked = await look(step, parts);
  const { confirmation } = looked ?? {};
  if (told || confirmation)
    await append(consoleStepEntry(step, accountOf(parts, confirmation?.account), note, confirmation), parts);
  return looked;
}

/** `undefined` when no account is open. */
async function look(step: ConsoleStep, { session, incidents, clock }: ConsoleStepsParts) {
  const open = session.current;
  if (!open) return undefined;
  const incident = incidents.current?.incident;
  const accounts = [...new Set([open.connection.account, ...(incident?.accounts ?? []).map(({ sid }) => sid)])];
  // Not since its window began: there the same event may tell of the attacker, who switched off what is to be switched on.
  const since = incident?.created ?? clock.now() - span.day;
  const found = await withProgress('Reading the audit log…', (cancel) =>
    confirmConsoleStep(step, accounts.slice(0, mostAccounts), since, open.twilio, cancel),
  );
  return { ...found, since, left: Math.max(0, accounts.length - mostAccounts) };
}

/** What is recorded so far, where it would be recorded next. */
async function recordsOf({ session, incidents }: ConsoleStepsParts) {
  return incidents.current?.journal.records ?? (await session.current?.journal.records()) ?? [];
}

async function append(entry: JournalEntry, { session, incidents }: ConsoleStepsParts): Promise<void> {
  const incident = incidents.current;
  if (incident) return incidents.hold(() => incident.journal.append(entry));
  if (!session.current)
    throw new UserError('bad-input', 'Neither an account nor an incident is open, so there is nowhere to record it.');
  return session.current.journal.append(entry);
}

function accountOf({ session, incidents }: ConsoleStepsParts, confirmed: AccountSid | undefined): AccountSid {
  const known = confirmed ?? session.current?.connection.account ?? incidents.current?.incident?.accounts[0]?.sid;
  if (known === undefined)
    throw new UserError('bad-input', 'No account is open. Sign in, then tell what was done in it.');
  return known;
}
