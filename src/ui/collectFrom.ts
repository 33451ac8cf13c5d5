import * as vscode from 'vscode';
import { UserError } from '../core/errors.ts';
import type { OpenIncident } from '../core/evidence/incidentStore.ts';
import type { NamedAccount } from '../core/incidentView/facts.ts';
import { type CommandId, commandId, commands } from '../core/manifest/commands.ts';
import type { Incident } from '../core/model/incident.ts';
import { phrase } from '../core/untrusted.ts';
import type { ActiveIncident } from './activeIncident.ts';
import { fromToken } from './cancellation.ts';
import { say } from './say.ts';
import type { OpenConnection, Session } from './session.ts';

/** The open incident; offers to make or open one when there is none. `undefined` when the person does not. */
export async function incidentToCollect(incidents: ActiveIncident): Promise<OpenIncident | undefined> {
  if (incidents.current) return incidents.current;
  const sentence = phrase('toast')`Evidence is kept in the folder of an incident, and none is open.`;
  await offer(sentence, 'startIncident', 'openIncident');
  return incidents.current;
}

/** The open account; offers to sign in when there is none. */
export async function accountToCollect(session: Session): Promise<OpenConnection | undefined> {
  if (session.current) return session.current;
  const sentence = phrase('toast')`Evidence is read from Twilio, and no account is open.`;
  await offer(sentence, 'signIn', 'openDemo');
  return session.current;
}

async function offer(sentence: Parameters<typeof say.info>[0], ...ids: readonly CommandId[]): Promise<void> {
  const answer = await say.info(sentence, ...ids.map((id) => commands[id].title));
  const id = ids.find((one) => commands[one].title === answer);
  if (id) await vscode.commands.executeCommand(commandId(id));
}

/**
 * The accounts of the incident that the open account reaches: itself and its subaccounts; all of them when the incident names none.
 * When the subaccounts cannot be listed, those the incident names are tried; when it names none, `gap` says that some may be missing.
 * `UserError` when the incident is about others.
 */
export async function reachableAccounts(
  incident: Incident,
  { connection, twilio }: OpenConnection,
): Promise<{ readonly accounts: readonly NamedAccount[]; readonly gap?: string }> {
  const { listSources } = await import('../core/traffic/sources.ts');
  const { account, name } = connection;
  const { sources, gap } = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: 'Reading the subaccounts…', cancellable: true },
    (_progress, token) => listSources(twilio, { account, name }, fromToken(token)),
  );
  const reached = sources.map((source) => ({ sid: source.account, name: source.name }));
  if (incident.accounts.length === 0) return { accounts: reached, ...(gap !== undefined && { gap }) };
  const known = new Set<string>(reached.map(({ sid }) => sid));
  const own = incident.accounts.some(({ sid }) => sid === account);
  const accounts = incident.accounts.filter(({ sid }) => known.has(sid) || (own && gap !== undefined));
  if (accounts.length === 0)
    throw new UserError(
      'not-allowed',
      'The open account reaches none of this incident’s accounts. Switch the account, or start an incident.',
    );
  return { accounts };
}
