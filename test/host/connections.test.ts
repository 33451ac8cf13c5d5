import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { UserError } from '../../src/core/errors.ts';
import type { Connection } from '../../src/core/model/connection.ts';
import type { AccountSid } from '../../src/core/model/sid.ts';
import { type AccountsParts, createAccounts } from '../../src/ui/accounts.ts';
import { createConnectionStore } from '../../src/ui/connectionStore.ts';
import { createSession, type OpenConnection } from '../../src/ui/session.ts';
import { fakeTwilio, sid } from '../core/fakeTwilio.ts';

const connection = (number: number, demo = false): Connection => {
  const account = sid('AC', number) as AccountSid;
  return { id: account, name: `Acme ${number}`, account, credential: { kind: 'authToken' }, demo };
};

function memento(): vscode.Memento {
  const values = new Map<string, unknown>();
  const get = (key: string, fallback?: unknown) => (values.has(key) ? values.get(key) : fallback);
  return {
    keys: () => [...values.keys()],
    get: get as vscode.Memento['get'],
    update: async (key, value) => void (value === undefined ? values.delete(key) : values.set(key, value)),
  };
}

function secretStorage() {
  const values = new Map<string, string>();
  const changed = new vscode.EventEmitter<vscode.SecretStorageChangeEvent>();
  const set = async (key: string, value?: string) => {
    if (value === undefined) values.delete(key);
    else values.set(key, value);
    changed.fire({ key });
  };
  const secrets: vscode.SecretStorage = {
    keys: async () => [...values.keys()],
    get: async (key) => values.get(key),
    store: (key, value) => set(key, value),
    delete: (key) => set(key),
    onDidChange: changed.event,
  };
  return secrets;
}

function setUp(parts: Partial<AccountsParts> = {}) {
  const context = { secrets: secretStorage(), globalState: memento(), workspaceState: memento() };
  const store = createConnectionStore(context);
  const session = createSession();
  const closed: string[] = [];
  const open = (one: Connection): OpenConnection => ({
    connection: one,
    twilio: fakeTwilio({}),
    files: { async *rows() {} },
    journal: { append: async () => {}, records: async () => [], provenRecords: async () => [] },
    exclusively: (work) => work(),
    dispose: () => closed.push(one.name),
  });
  const accounts = createAccounts({
    session,
    store,
    connect: async (one) => open(one),
    openDemo: async () => open(connection(99, true)),
    readCliProfiles: async () => [],
    preview: { show: async () => {}, close: async () => {}, dispose() {} },
    background: () => {},
    ...parts,
  });
  return { context, store, session, accounts, closed, open };
}

const later = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Takes the first or the second entry of the list that a command shows. */
async function answer(asking: Promise<void>, wanted: 'stays' | 'signs out'): Promise<void> {
  await later(1000);
  if (wanted === 'signs out') await vscode.commands.executeCommand('workbench.action.quickOpenSelectNext');
  await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
  await asking;
}

suite('connections', () => {
  test('the account used last comes back, with its secret from secret storage alone', async () => {
    const asked: string[] = [];
    const { store, session, accounts, context, open } = setUp({
      connect: async (one, secret) => {
        asked.push(secret);
        return open(one);
      },
    });
    await store.save(connection(1), 'the secret');
    await store.use(connection(1));
    await accounts.restore();
    assert.equal(session.current?.connection.name, 'Acme 1');
    assert.deepEqual(asked, ['the secret']);
    const kept = [context.globalState, context.workspaceState].flatMap((state) =>
      state.keys().map((key) => state.get(key)),
    );
    assert.ok(!JSON.stringify(kept).includes('the secret'));
  });

  test('trying the demo does not forget the real account', async () => {
    const { store, accounts } = setUp();
    await store.save(connection(1), 's');
    await store.use(connection(1));
    await accounts.openDemo();
    assert.equal(store.last()?.id, connection(1).id);
  });

  test('what a person opens is not replaced by a slower restore', async () => {
    const { store, session, accounts, closed, open } = setUp({
      connect: async (one) => {
        await later(200);
        return open(one);
      },
    });
    await store.save(connection(1), 's');
    await store.use(connection(1));
    const restoring = accounts.restore();
    await accounts.openDemo();
    await restoring;
    assert.equal(session.current?.connection.demo, true);
    assert.deepEqual(closed, ['Acme 1']);
  });

  test('a secret that is gone is told, and nothing is opened', async () => {
    const { store, session, accounts, context } = setUp();
    await store.save(connection(1), 's');
    await store.use(connection(1));
    await context.secrets.delete(`secret/${connection(1).id}`);
    await assert.rejects(accounts.restore(), /no longer in VS Code’s secret storage/);
    assert.equal(session.current, undefined);
  });

  test('signing out removes account and secret, here and in other windows', async () => {
    const { store, session, accounts, context, open } = setUp();
    await store.save(connection(1), 's');
    session.open(open(connection(1)));
    const heard: string[] = [];
    store.onDidChangeSecret((id) => heard.push(id));
    await answer(accounts.signOut(), 'stays');
    assert.equal(session.current?.connection.account, connection(1).account);
    await answer(accounts.signOut(), 'signs out');
    assert.equal(session.current, undefined);
    assert.deepEqual(store.all(), []);
    assert.equal(await context.secrets.get(`secret/${connection(1).id}`), undefined);
    assert.deepEqual(heard.slice(-1), [connection(1).id]);
    session.open(open(connection(1)));
    await accounts.secretChanged(connection(1).id);
    assert.equal(session.current, undefined);
  });

  test('the account cannot be switched while a change is being sent', async () => {
    const { session, open, closed } = setUp();
    session.open(open(connection(1)));
    await session.hold(async () => {
      assert.throws(() => session.open(open(connection(2))), UserError);
      assert.equal(session.current?.connection.name, 'Acme 1');
    });
    assert.deepEqual(closed, ['Acme 2']);
    session.open(open(connection(2)));
    assert.equal(session.current?.connection.name, 'Acme 2');
  });
});
