import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { createAnchors } from '../../src/ui/anchors.ts';

suite('the kept heads of journals', () => {
  test('that cannot be read are as good as none, and do not keep a journal from being opened', async () => {
    const kept = new Map<string, string>();
    const changed = new vscode.EventEmitter<vscode.SecretStorageChangeEvent>();
    const secrets: vscode.SecretStorage = {
      keys: async () => [...kept.keys()],
      get: async (key) => kept.get(key),
      store: async (key, value) => void kept.set(key, value),
      delete: async (key) => void kept.delete(key),
      onDidChange: changed.event,
    };
    const log = vscode.window.createOutputChannel('anchors test', { log: true });
    const anchors = createAnchors(secrets, log, (bytes) => '0'.repeat(2 * bytes));
    const head = { seq: 3, hash: 'a'.repeat(64) };
    await anchors.write('one', head);
    assert.deepEqual(await anchors.read('one'), head);
    for (const damaged of ['{"seq":3', 'null', '[]', '{"seq":"3","hash":"a"}', '']) {
      for (const key of kept.keys()) kept.set(key, damaged);
      assert.equal(await anchors.read('one'), undefined, damaged);
    }
    vscode.Disposable.from(log, changed);
  });
});
