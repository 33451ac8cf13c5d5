import type * as vscode from 'vscode';
import type { Connection } from '../core/model/connection.ts';
import type { AccountSid } from '../core/model/sid.ts';
import type { HandedOut } from '../core/ports.ts';

const listKey = 'connections';
const lastKey = 'lastConnection';
const secretPrefix = 'secret/';
const keptPrefix = 'token/';
const keyPrefix = 'key/';

/** A key whose secret is kept. `sid`: `SK…`. */
export interface KeptKey {
  readonly account: AccountSid;
  readonly sid: string;
}

/** The accounts somebody signed in to: their description in VS Code's state, their secrets in its secret storage alone. */
export interface ConnectionStore {
  all(): readonly Connection[];
  /** The one used last in this workspace, else anywhere. */
  last(): Connection | undefined;
  secretOf(connection: Connection): Thenable<string | undefined>;
  save(connection: Connection, secret: string): Promise<void>;
  /** Remembers it as the one used last. */
  use(connection: Connection): Promise<void>;
  /** Calls back when another window removed or replaced a secret. */
  onDidChangeSecret(listener: (connectionId: string) => void): vscode.Disposable;
  /** Keeps a token that Twilio handed out; one that took the place of the connection's own is used from now on. */
  keep(connection: Connection, handed: HandedOut): Promise<void>;
  /** Accounts of the connection whose token was handed out here. */
  keptAccounts(connection: Connection): readonly AccountSid[];
  keptToken(connection: Connection, account: AccountSid): Thenable<string | undefined>;
  /** API keys that were made here, the newest last. */
  keptKeys(connection: Connection): readonly KeptKey[];
  keptKeySecret(connection: Connection, sid: string): Thenable<string | undefined>;
  /** Forgets account and secret, and every token and key that was handed out. */
  remove(connection: Connection): Promise<void>;
}

/** Where VS Code keeps things for the extension; an `ExtensionContext` is one. */
export interface StoreContext {
  readonly secrets: vscode.SecretStorage;
  readonly globalState: vscode.Memento;
  readonly workspaceState: vscode.Memento;
}

/** A store over VS Code's state and secret storage. */
export function createConnectionStore(context: StoreContext): ConnectionStore {
  const { secrets, globalState, workspaceState } = context;
  const all = () => globalState.get<readonly Connection[]>(listKey, []);
  const secretKey = ({ id }: Connection) => `${secretPrefix}${id}`;
  const keptKey = ({ id }: Connection) => `${keptPrefix}${id}`;
  const tokenKey = (connection: Connection, account: AccountSid) => `${keptKey(connection)}/${account}`;
  const keptAccounts = (connection: Connection) => globalState.get<readonly AccountSid[]>(keptKey(connection), []);
  const keysKey = ({ id }: Connection) => `${keyPrefix}${id}`;
  const keySecretKey = (connection: Connection, sid: string) => `${keysKey(connection)}/${sid}`;
  const keptKeys = (connection: Connection) => globalState.get<readonly KeptKey[]>(keysKey(connection), []);
  const others = ({ id }: Connection) => all().filter((one) => one.id !== id);
  return {
    all,
    last() {
      const id = workspaceState.get<string>(lastKey) ?? globalState.get<string>(lastKey);
      return all().find((one) => one.id === id);
    },
    onDidChangeSecret: (listener) =>
      secrets.onDidChange(({ key }) => key.startsWith(secretPrefix) && listener(key.slice(secretPrefix.length))),
    secretOf: (connection) => secrets.get(secretKey(connection)),
    async save(connection, secret) {
      await secrets.store(secretKey(connection), secret);
      await globalState.update(listKey, [...others(connection), connection]);
    },
    async use({ id, demo }) {
      // The demo needs no sign-in, and trying it must not forget the real account.
      if (!demo) await Promise.all([workspaceState.update(lastKey, id), globalState.update(lastKey, id)]);
    },
    async keep(connection, handed) {
      const { account, kind, secret } = handed;
      if (kind === 'apiKey') {
        const others = keptKeys(connection).filter(({ sid }) => sid !== handed.keySid);
        await globalState.update(keysKey(connection), [...others, { account, sid: handed.keySid }]);
        await secrets.store(keySecretKey(connection, handed.keySid), secret);
        return;
      }
      // The list first: a token that nobody knows of could not be found again, nor removed.
      const accounts = new Set([...keptAccounts(connection), account]);
      await globalState.update(keptKey(connection), [...accounts]);
      await secrets.store(tokenKey(connection, account), secret);
      const isOwn = account === connection.account && connection.credential.kind === 'authToken' && !connection.demo;
      if (kind === 'token' && isOwn) await secrets.store(secretKey(connection), secret);
    },
    keptAccounts,
    keptKeys,
    keptKeySecret: (connection, sid) => secrets.get(keySecretKey(connection, sid)),
    keptToken: (connection, account) => secrets.get(tokenKey(connection, account)),
    async remove(connection) {
      await secrets.delete(secretKey(connection));
      for (const account of keptAccounts(connection)) await secrets.delete(tokenKey(connection, account));
      await globalState.update(keptKey(connection), undefined);
      for (const { sid } of keptKeys(connection)) await secrets.delete(keySecretKey(connection, sid));
      await globalState.update(keysKey(connection), undefined);
      for (const state of [workspaceState, globalState])
        if (state.get(lastKey) === connection.id) await state.update(lastKey, undefined);
      await globalState.update(listKey, others(connection));
    },
  };
}
