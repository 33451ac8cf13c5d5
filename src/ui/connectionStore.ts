import type * as vscode from 'vscode';
import type { Connection } from '../core/model/connection.ts';

const listKey = 'connections';
const lastKey = 'lastConnection';
const secretPrefix = 'secret/';

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
  /** Forgets account and secret. */
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
    async remove(connection) {
      await secrets.delete(secretKey(connection));
      for (const state of [workspaceState, globalState])
        if (state.get(lastKey) === connection.id) await state.update(lastKey, undefined);
      await globalState.update(listKey, others(connection));
    },
  };
}
