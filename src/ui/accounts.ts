import * as vscode from 'vscode';
import { UserError } from '../core/errors.ts';
import type { CliProfile } from '../core/model/cliProfile.ts';
import type { Connection } from '../core/model/connection.ts';
import { textOf } from '../core/model/json.ts';
import { accountSid, shortSid } from '../core/model/sid.ts';
import type { Cancellation, Twilio } from '../core/ports.ts';
import { phrase, untrusted } from '../core/untrusted.ts';
import { fromToken } from './cancellation.ts';
import type { ConnectionStore } from './connectionStore.ts';
import { reachOf, reachText } from './reach.ts';
import { say } from './say.ts';
import type { OpenConnection, Session } from './session.ts';
import { askCredential, type Credential } from './signIn.ts';
import type { TextPreview } from './textPreview.ts';

export interface AccountsParts {
  readonly session: Session;
  readonly store: ConnectionStore;
  /** Builds the transport; loads the SDK when the first request leaves. */
  readonly connect: (connection: Connection, secret: string) => Promise<OpenConnection>;
  /** Starts the simulator and connects to it: the demo as it was left in this workspace, or a new one. */
  readonly openDemo: (anew?: boolean) => Promise<OpenConnection>;
  readonly readCliProfiles: () => Promise<readonly CliProfile[]>;
  readonly preview: TextPreview;
  /** Goes on after the command ended, failures shown. */
  readonly background: (work: () => Promise<void>) => void;
}

/** Sign-in, switching and signing out. */
export function createAccounts(parts: AccountsParts) {
  const { session, store, connect, preview } = parts;
  /** Counts what a person asked to open: of two openings that overlap the later wish wins, whichever ends last. */
  let wishes = 0;

  async function use(wish: number, opening: Promise<OpenConnection>): Promise<OpenConnection | undefined> {
    const open = await opening;
    try {
      if (wish === wishes) {
        await store.use(open.connection);
        session.open(open);
        return open;
      }
    } catch (reason) {
      open.dispose();
      throw reason;
    }
    open.dispose();
    return undefined;
  }

  async function signInWith({ account, kind, secret }: Credential): Promise<void> {
    wishes += 1;
    const wish = wishes;
    const id = kind.kind === 'apiKey' ? kind.keySid : account;
    const draft: Connection = { id, name: '', account, credential: kind, demo: false };
    const trial = await connect(draft, secret);
    const title = 'Signing in to Twilio…';
    try {
      const name = await vscode.window.withProgress(
        { location: vscode.ProgressLocation.Notification, title, cancellable: true },
        (_progress, token) => nameOf(trial.twilio, draft, fromToken(token)),
      );
      const connection = { ...draft, name };
      await store.save(connection, secret);
      const open = await use(wish, connect(connection, secret));
      if (open) parts.background(() => showReach(open));
    } finally {
      trial.dispose();
    }
  }

  async function showReach(open: OpenConnection): Promise<void> {
    const title = 'Asking what this credential reaches…';
    const report = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title, cancellable: true },
      (_progress, token) => reachOf(open, fromToken(token)),
    );
    if (session.current !== open) return;
    const { read, areas } = report;
    const text = phrase(
      'toast',
    )`${open.connection.name || open.connection.account}: this credential reads ${read} of the ${areas} areas this extension uses.`;
    if (await say.info(text, 'What it reaches'))
      await preview.show('reach', 'What this credential reaches', reachText(report));
  }

  async function secretOf(connection: Connection): Promise<string> {
    const secret = await store.secretOf(connection);
    if (secret === undefined)
      throw new UserError(
        'bad-credential',
        `The secret of ${shortSid(connection.account)} is no longer in VS Code’s secret storage. Sign in again.`,
      );
    return secret;
  }

  async function demo(anew: boolean): Promise<void> {
    wishes += 1;
    const wish = wishes;
    const title = 'Opening the demo incident…';
    const location = vscode.ProgressLocation.Window;
    await vscode.window.withProgress({ location, title }, () => use(wish, parts.openDemo(anew)));
  }

  async function reopen(connection: Connection, wish: number): Promise<void> {
    const opening = secretOf(connection).then((secret) => connect(connection, secret));
    await use(wish, opening);
  }

  return {
    async signIn(): Promise<void> {
      const credential = await askCredential();
      if (credential) await signInWith(credential);
    },
    async importCliProfile(): Promise<void> {
      const profiles = await parts.readCliProfiles();
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
    openDemo: () => demo(false),
    /** A demo in which nothing was done yet. */
    restartDemo: () => demo(true),
    /** Opens the account used last, quietly: a window that starts must not ask, and whatever a person opens goes first. */
    async restore(): Promise<void> {
      const connection = store.last();
      if (connection && !session.current) await reopen(connection, wishes);
    },
    async switchAccount(): Promise<void> {
      const items = store.all().map((connection) => ({
        label: untrusted(connection.name || connection.account).for('label'),
        description: `${shortSid(connection.account)} · ${connection.credential.kind === 'apiKey' ? 'API key' : 'Auth Token'}${connection.id === session.current?.connection.id ? ' · in use' : ''}`,
        run: () => {
          wishes += 1;
          return reopen(connection, wishes);
        },
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
      if (!open || !(await confirmSignOut(open.connection)) || session.current !== open) return;
      session.close();
      await store.remove(open.connection);
      const name = open.connection.name || open.connection.account;
      const said = phrase('toast')`Signed out of ${name}. Its secret was removed from VS Code.`;
      void say.info(
        open.connection.demo ? phrase('toast')`The demo is closed. Opening it again goes on with it.` : said,
      );
    },
    /** Another window may sign out: an account whose secret is gone is not kept open here. */
    async secretChanged(connectionId: string): Promise<void> {
      const open = session.current;
      if (open?.connection.id !== connectionId || (await store.secretOf(open.connection)) !== undefined) return;
      session.close();
      void say.info(
        phrase('toast')`Signed out of ${open.connection.name || open.connection.account} in another window.`,
      );
    },
    async showReach(): Promise<void> {
      if (session.current) await showReach(session.current);
    },
  };
}

/** Signing in again takes the secret, which may be at hand no more: so it is asked. The demo has none. */
async function confirmSignOut({ name, account, demo }: Connection): Promise<boolean> {
  if (demo) return true;
  const choice = await vscode.window.showQuickPick(
    [
      { label: '$(close) Stay signed in', go: false },
      {
        label: phrase('label')`$(sign-out) Sign out of ${name || account}`,
        detail: 'Removes its secret from this computer, in all windows. Incidents stay.',
        go: true,
      },
    ],
    { title: 'Sign Out' },
  );
  return choice?.go === true;
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
async function nameOf(twilio: Twilio, { account, credential }: Connection, cancel: Cancellation): Promise<string> {
  try {
    const { body } = await twilio.page({ operation: 'fetchAccount', account }, cancel);
    return textOf(body, 'friendly_name') ?? account;
  } catch (reason) {
    if (!(isRefusal(reason) && credential.kind === 'apiKey')) throw reason;
    // A restricted key may read neither; that Twilio names the missing permission proves that it knows the key.
    await twilio
      .page({ operation: 'listMessages', account, query: { PageSize: '1' } }, cancel)
      .catch((why: unknown) => {
        if (!isRefusal(why)) throw why;
      });
    return account;
  }
}

function isRefusal(reason: unknown): boolean {
  return reason instanceof UserError && reason.code === 'not-permitted';
}
