import type * as vscode from 'vscode';
import type { Connection } from '../core/model/connection.ts';

const listKey = 'connections';
const lastKey = 'lastConnection';

/** The accounts somebody signed in to: their description in VS Code's state, their secrets in its secret storage alone. */
export interface ConnectionStore {
  all(): readonly Connection[];
  /** The one used last in this workspace, else anywhere. */
  last(): Connection | undefined;
  secretOf(connection: Connection): Thenable<string | undefined>;
  save(connection: Connection, secret: string): Promise<void>;
  use(connection: Connection | undefined): Promise<void>;
  /** Forgets account and secret. */
  remove(connection: Connection): Promise<void>;
}

export function createConnectionStore(
  context: Pick<vscode.ExtensionContext, 'secrets' | 'globalState' | 'workspaceState'>,
): ConnectionStore {
  const { secrets, globalState, workspaceState } = context;
  const all = () => globalState.get<readonly Connection[]>(listKey, []);
  const secretKey = ({ id }: Connection) => `secret/${id}`;
  const others = ({ id }: Connection) => all().filter((one) => one.id !== id);
  return {
    all,
    last() {
      const id = workspaceState.get<string>(lastKey) ?? globalState.get<string>(lastKey);
      return all().find((one) => one.id === id);
    },
    secretOf: (connection) => secrets.get(secretKey(connection)),
    async save(connection, secret) {
      await secrets.store(secretKey(connection), secret);
      await globalState.update(listKey, [...others(connection), connection]);
    },
    async use(connection) {
      // The demo needs no sign-in and is not remembered.
      const id = connection?.demo ? undefined : connection?.id;
      await Promise.all([workspaceState.update(lastKey, id), globalState.update(lastKey, id)]);
    },
    async remove(connection) {
      await secrets.delete(secretKey(connection));
      await globalState.update(listKey, others(connection));
    },
  };
}
