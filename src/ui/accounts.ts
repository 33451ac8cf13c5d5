import * as vscode from 'vscode';
import { UserError } from '../core/errors.ts';
import type { Connection } from '../core/model/connection.ts';
import { textOf } from '../core/model/json.ts';
import { accountSid, shortSid } from '../core/model/sid.ts';
import type { Twilio } from '../core/ports.ts';
import { phrase, untrusted } from '../core/untrusted.ts';
import type { ConnectionStore } from './connectionStore.ts';
import { say } from './say.ts';
import type { OpenConnection, Session } from './session.ts';
import { askCredential, type Credential } from './signIn.ts';

/** A profile of the Twilio CLI, as found on this machine, or why it cannot be used. */
export type CliProfile =
  | {
      readonly kind: 'usable';
      readonly name: string;
      readonly accountSid: string;
      /** A key SID, or the Account SID itself with its Auth Token. */
      readonly apiKey: string;
      readonly apiSecret: string;
    }
  | { readonly kind: 'unusable'; readonly name: string; readonly reason: string };

export interface AccountsParts {
  readonly session: Session;
  readonly store: ConnectionStore;
  /** Builds the transport; loads the SDK when the first request leaves. */
  readonly connect: (connection: Connection, secret: string) => Promise<OpenConnection>;
  /** Starts the simulator and connects to it. */
  readonly openDemo: () => Promise<OpenConnection>;
  readonly readCliProfiles: () => Promise<readonly CliProfile[]>;
  /** What the credential reaches, in plain words. */
  readonly describeReach: (open: OpenConnection) => Promise<string>;
}

/** Sign-in, switching and signing out. */
export function createAccounts({ session, store, connect, openDemo, readCliProfiles, describeReach }: AccountsParts) {
  async function use(open: OpenConnection): Promise<void> {
    await store.use(open.connection);
    session.open(open);
  }

  async function signInWith({ account, kind, secret }: Credential): Promise<void> {
    const id = kind.kind === 'apiKey' ? kind.keySid : account;
    const draft: Connection = { id, name: '', account, credential: kind, demo: false };
    const trial = await connect(draft, secret);
    const name = await vscode.window
      .withProgress({ location: vscode.ProgressLocation.Notification, title: 'Signing in to Twilio…' }, () =>
        nameOf(trial.twilio, draft),
      )
      .then(undefined, (reason: unknown) => {
        trial.dispose();
        throw reason;
      });
    trial.dispose();
    const connection = { ...draft, name };
    await store.save(connection, secret);
    const open = await connect(connection, secret);
    await use(open);
    void showReach(open);
  }

  async function showReach(open: OpenConnection): Promise<void> {
    const text = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Window, title: 'Asking what this credential reaches…' },
      () => describeReach(open),
    );
    if (session.current === open) void say.info(untrusted(text).for('toast'));
  }

  async function reopen(connection: Connection): Promise<void> {
    const secret = await store.secretOf(connection);
    if (secret === undefined)
      throw new UserError(
        'bad-credential',
        `The secret of ${shortSid(connection.account)} is no longer in VS Code’s secret storage. Sign in again.`,
      );
    await use(await connect(connection, secret));
  }

  return {
    async signIn(): Promise<void> {
      const credential = await askCredential();
      if (credential) await signInWith(credential);
    },
    async importCliProfile(): Promise<void> {
      const profiles = await readCliProfiles();
      if (profiles.length === 0)
        throw new UserError(
          'not-found',
          'The Twilio CLI has no profile on this machine. Sign in with SID and token instead.',
        );
      const items = profiles.map((profile) => ({
        label: untrusted(profile.name).for('label'),
        ...(profile.kind === 'usable'
          ? { description: shortSid(profile.accountSid) }
          : { detail: untrusted(profile.reason).for('label') }),
        profile,
      }));
      const choice = await vscode.window.showQuickPick(items, {
        title: 'Sign in with a Twilio CLI profile',
        placeHolder: 'CLI profiles use a Standard API key: it reads much, but neither keys nor subaccounts',
      });
      if (choice) await signInWith(credentialOf(choice.profile));
    },
    async openDemo(): Promise<void> {
      await use(
        await vscode.window.withProgress(
          { location: vscode.ProgressLocation.Window, title: 'Opening the demo incident…' },
          openDemo,
        ),
      );
    },
    /** Opens the account used last, quietly: a window that starts must not ask. */
    async restore(): Promise<void> {
      const connection = store.last();
      if (connection && !session.current) await reopen(connection);
    },
    async switchAccount(): Promise<void> {
      const items = store.all().map((connection) => ({
        label: untrusted(connection.name || connection.account).for('label'),
        description: `${shortSid(connection.account)} · ${connection.credential.kind === 'apiKey' ? 'API key' : 'Auth Token'}${connection.id === session.current?.connection.id ? ' · in use' : ''}`,
        run: () => reopen(connection),
      }));
      const choice = await vscode.window.showQuickPick(
        [
          ...items,
          { label: '$(sign-in) Sign in to another account…', run: () => this.signIn() },
          { label: '$(beaker) Open the demo incident', run: () => this.openDemo() },
        ],
        { title: 'Switch account' },
      );
      await choice?.run();
    },
    async signOut(): Promise<void> {
      const open = session.current;
      if (!open) return;
      session.close();
      await store.use(undefined);
      await store.remove(open.connection);
      const name = open.connection.name || open.connection.account;
      void say.info(phrase('toast')`Signed out of ${name}. Its secret was removed from VS Code.`);
    },
    async showReach(): Promise<void> {
      if (session.current) await showReach(session.current);
    },
  };
}

function credentialOf(profile: CliProfile): Credential {
  if (profile.kind === 'unusable') throw new UserError('bad-credential', profile.reason);
  const account = accountSid(profile.accountSid);
  if (!account)
    throw new UserError(
      'bad-input',
      'This profile has no valid Account SID. Create it anew with “twilio profiles:create”.',
    );
  const { apiKey, apiSecret } = profile;
  return {
    account,
    kind: apiKey === account ? { kind: 'authToken' } : { kind: 'apiKey', keySid: apiKey },
    secret: apiSecret,
  };
}

/** The account's name, which also proves that the credential works. A Standard key cannot read the account, but messages. */
async function nameOf(twilio: Twilio, { account, credential }: Connection): Promise<string> {
  try {
    const { body } = await twilio.page({ operation: 'fetchAccount', account });
    return textOf(body, 'friendly_name') ?? account;
  } catch (reason) {
    const limited = reason instanceof UserError && reason.code === 'not-permitted' && credential.kind === 'apiKey';
    if (!limited) throw reason;
    await twilio.page({ operation: 'listMessages', account });
    return account;
  }
}
