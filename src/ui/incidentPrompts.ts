import * as vscode from 'vscode';
import { loadMore, present, unreadCollection } from '../core/accounts/collection.ts';
import { UserError } from '../core/errors.ts';
import type { ListedIncident } from '../core/evidence/incidentStore.ts';
import { span } from '../core/model/age.ts';
import { type Incident, type IncidentStatus, type IncidentType, incidentTypes } from '../core/model/incident.ts';
import { dayStarted, freeName, ofSameName } from '../core/model/incidentNames.ts';
import { parseWindow, type Window, windowText } from '../core/model/incidentWindow.ts';
import { shortSid } from '../core/model/sid.ts';
import subaccounts from '../core/nodes/subaccounts.ts';
import { phrase, untrusted } from '../core/untrusted.ts';
import { fromToken } from './cancellation.ts';
import type { OpenConnection } from './session.ts';

// Each question of “Start Incident…”. Escape in any of them starts nothing.
const title = 'Start Incident';

/** `undefined` when it is not known yet. */
export async function askType(): Promise<IncidentType | undefined> {
  const known = Object.entries(incidentTypes).map(([type, label]) => ({ label, type: type as IncidentType }));
  const choice = await answered(
    vscode.window.showQuickPick([{ label: 'Not known yet', type: undefined }, ...known], {
      title,
      placeHolder: 'What does it look like?',
    }),
  );
  return choice.type;
}

/** Proposes `value`, with a number where an incident of the workspace, open or closed, is called that: two of one name are taken for each other. */
export async function askTitle(title: string, value: string, listed: readonly ListedIncident[]): Promise<string> {
  const others = listed.flatMap(({ opened }) =>
    opened instanceof UserError || opened.readOnly ? [] : [opened.incident],
  );
  const text = await answered(
    vscode.window.showInputBox({
      ignoreFocusOut: true,
      title,
      prompt: 'Name of the incident; it becomes the title and the folder’s name below “incidents”',
      value: freeName(value, others),
      validateInput: (entered) => {
        if (!entered.trim()) return 'Give it a name, for example “SMS pumping”.';
        const taken = ofSameName(entered, others);
        return (
          taken &&
          phrase(
            'label',
          )`“${taken.title}” of ${dayStarted(taken)} (${taken.status}) is called that. Give this one another name, such as “${freeName(entered.trim(), others)}”.`
        );
      },
    }),
  );
  return text.trim();
}

/** The open account and those of its subaccounts that are affected: all, unless some are taken out. The first 1,000 are offered, closed ones not. */
export async function askAccounts(open: OpenConnection, now: number): Promise<Incident['accounts']> {
  const { account, name } = open.connection;
  const scope = { account, accountName: name, main: account, now };
  const list = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: 'Reading the subaccounts…', cancellable: true },
    (_progress, token) => loadMore(unreadCollection(subaccounts, scope), open.twilio, fromToken(token)),
  );
  const subs = present(list).branches.flatMap(({ target }) =>
    // Twilio keeps nothing of a closed account that could be read.
    target?.kind === 'subaccount' && target.status !== 'closed' ? [{ sid: target.account, name: target.name }] : [],
  );
  if (subs.length === 0) return [{ sid: account, name }];
  const entries = [{ sid: account, name }, ...subs].map((one) => ({
    label: untrusted(one.name || one.sid).for('label'),
    description: `${shortSid(one.sid)}${one.sid === account ? ' · main account' : ''}`,
    picked: true,
    account: one,
  }));
  const chosen = await answered(
    vscode.window.showQuickPick(entries, {
      title,
      placeHolder: 'Which accounts are affected?',
      canPickMany: true,
      matchOnDescription: true,
    }),
  );
  return chosen.map((entry) => entry.account);
}

export async function askWindow(now: number): Promise<Window> {
  const last = (label: string, length: number, detail = '') => ({
    label,
    detail,
    window: { from: now - length, to: now },
  });
  const presets = [
    last('Last 7 days', 7 * span.day, '“Collect Evidence” offers the 7 days before, so that all can be judged.'),
    last('Last 14 days', 14 * span.day, 'Holds a usual week to compare with. Twice the rows and time of 7 days.'),
    last('Last 24 hours', span.day, 'The 13 days before are offered to compare with; soonest read without them.'),
    last('Last 30 days', 30 * span.day, 'About four times the rows and time of 7 days.'),
  ];
  const choice = await answered(
    vscode.window.showQuickPick(
      [
        ...presets.map((preset) => ({ ...preset, description: `${windowText(preset.window)} UTC` })),
        { label: 'Another window…', window: undefined },
      ],
      { title, placeHolder: 'When did it happen, as far as is known?' },
    ),
  );
  if (choice.window) return choice.window;
  const text = await answered(
    vscode.window.showInputBox({
      ignoreFocusOut: true,
      title,
      prompt: 'From and to, in UTC',
      value: windowText({ from: now - 7 * span.day, to: now }),
      validateInput: (entered) =>
        parseWindow(entered) ? undefined : 'Write it like “2026-11-14 00:00 to 2026-11-21 12:00” (UTC).',
    }),
  );
  return parseWindow(text) ?? { from: now - 7 * span.day, to: now };
}

/** How far the incident is when it is closed in this window. */
export async function askStatus(now: IncidentStatus): Promise<IncidentStatus> {
  const statuses = [
    { status: 'open', label: 'Open', detail: 'Work on it goes on later.' },
    { status: 'contained', label: 'Contained', detail: 'The abuse is stopped; the analysis is not done.' },
    { status: 'closed', label: 'Closed', detail: 'Done: contained, analysed, documented.' },
  ] as const;
  const others = statuses.filter(({ status }) => status !== now);
  const stay = { status: now, label: 'Just close it here', detail: `It stays ${now}.` };
  const entries = [stay, ...others.map((one) => ({ ...one, label: `Close it here as: ${one.label}` }))];
  const placeHolder = 'Its folder stays, and it can be opened again';
  const choice = await answered(vscode.window.showQuickPick(entries, { title: 'Close Incident', placeHolder }));
  return choice.status;
}

async function answered<T>(question: Thenable<T | undefined>): Promise<T> {
  const answer = await question;
  if (answer === undefined) throw new vscode.CancellationError();
  return answer;
}
