import { beforeEach, expect, test } from 'vitest';
import type * as vscode from 'vscode';
import type { Connection } from '../../src/core/model/connection.ts';
import type { AccountSid } from '../../src/core/model/sid.ts';
import { createConnectionStore } from '../../src/ui/connectionStore.ts';

const main = `AC${'1'.repeat(32)}` as AccountSid;
const sub = `AC${'2'.repeat(32)}` as AccountSid;
const connection: Connection = {
  id: 'one',
  name: 'Acme',
  account: main,
  credential: { kind: 'authToken' },
  demo: false,
};

let secrets: Map<string, string>;
let state: Map<string, unknown>;
let store: ReturnType<typeof createConnectionStore>;

beforeEach(() => {
  secrets = new Map([['secret/one', 'old token']]);
  state = new Map();
  const get = (key: string, otherwise?: unknown) => state.get(key) ?? otherwise;
  const memento: vscode.Memento = {
    keys: () => [...state.keys()],
    get: get as vscode.Memento['get'],
    update: async (key, value) => void (value === undefined ? state.delete(key) : state.set(key, value)),
  };
  const storage: vscode.SecretStorage = {
    keys: async () => [...secrets.keys()],
    get: async (key) => secrets.get(key),
    store: async (key, value) => void secrets.set(key, value),
    delete: async (key) => void secrets.delete(key),
    onDidChange: () => ({ dispose: () => {} }),
  };
  store = createConnectionStore({ secrets: storage, globalState: memento, workspaceState: memento });
});

test('a token that is not promoted yet is kept beside the one in use', async () => {
  await store.keep(connection, { account: main, kind: 'secondaryToken', secret: 'new token' });
  expect([await store.secretOf(connection), await store.keptToken(connection, main)]).toEqual([
    'old token',
    'new token',
  ]);
});

test('a promoted token of the account itself takes the place of the one in use; that of a subaccount does not', async () => {
  await store.keep(connection, { account: sub, kind: 'token', secret: 'sub token' });
  expect(await store.secretOf(connection)).toBe('old token');
  await store.keep(connection, { account: main, kind: 'token', secret: 'new token' });
  expect(await store.secretOf(connection)).toBe('new token');
  expect(store.keptAccounts(connection)).toEqual([sub, main]);
});

test('a key stays a key, and the demo keeps its own', async () => {
  const key = { ...connection, credential: { kind: 'apiKey', keySid: 'SK1' } as const };
  await store.keep(key, { account: main, kind: 'token', secret: 'new token' });
  await store.keep({ ...connection, demo: true }, { account: main, kind: 'token', secret: 'new token' });
  expect(secrets.get('secret/one')).toBe('old token');
});

test('signing out leaves no secret behind, and state never holds one', async () => {
  await store.keep(connection, { account: main, kind: 'token', secret: 'new token' });
  await store.keep(connection, { account: sub, kind: 'token', secret: 'sub token' });
  expect(JSON.stringify([...state])).not.toContain('token"');
  await store.remove(connection);
  expect([[...secrets], store.keptAccounts(connection)]).toEqual([[], []]);
});

test('the secret of a key that was made is kept under its SID, and the credential in use stays', async () => {
  const keySid = `SK${'3'.repeat(32)}`;
  await store.keep(connection, { account: sub, kind: 'apiKey', keySid, secret: 'key secret' });
  expect(store.keptKeys(connection)).toEqual([{ account: sub, sid: keySid }]);
  expect(await store.keptKeySecret(connection, keySid)).toBe('key secret');
  expect([secrets.get('secret/one'), store.keptAccounts(connection)]).toEqual(['old token', []]);
  expect(JSON.stringify([...state])).not.toContain('key secret');
  await store.remove(connection);
  expect([[...secrets], store.keptKeys(connection)]).toEqual([[], []]);
});
