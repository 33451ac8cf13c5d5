import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import type * as vscode from 'vscode';
import { createAnchors } from '../../src/ui/anchors.ts';

/** The secret storage of a computer, which all its windows share; `fails` names the call that is refused. */
function computer(kept = new Map<string, string>(), fails?: 'get' | 'store') {
  const refused = async (): Promise<never> => {
    throw new Error('the key ring is locked');
  };
  const secrets = {
    get: fails === 'get' ? refused : async (key: string) => kept.get(key),
    store: fails === 'store' ? refused : async (key: string, value: string) => void kept.set(key, value),
  };
  const warnings: string[] = [];
  const window = () =>
    createAnchors(
      secrets as Partial<vscode.SecretStorage> as vscode.SecretStorage,
      { warn: (text: string) => warnings.push(text) } as Partial<vscode.LogOutputChannel> as vscode.LogOutputChannel,
      (bytes) => randomBytes(bytes).toString('hex'),
    );
  return { kept, warnings, window };
}

test('a computer has one key, which all its windows seal with, now and after a restart', async () => {
  const { window, kept } = computer();
  const key = await window().key();
  expect([key.id, key.secret]).toEqual([
    expect.stringMatching(/^[0-9a-f]{16}$/),
    expect.stringMatching(/^[0-9a-f]{64}$/),
  ]);
  expect(await window().key()).toEqual(key);
  expect(await window().keyOf(key.id)).toEqual(key);
  expect(kept.size).toBe(2);
});

test('windows that each make one at the same time know the key of the other', async () => {
  const { window } = computer();
  const [one, other] = [window(), window()];
  const [ofOne, ofOther] = await Promise.all([one.key(), other.key()]);
  expect(ofOne.id).not.toBe(ofOther.id);
  expect(await one.keyOf(ofOther.id)).toEqual(ofOther);
  expect(await other.keyOf(ofOne.id)).toEqual(ofOne);
  // A window asked once seals with the same key as long as it lives.
  expect(await one.key()).toEqual(ofOne);
});

test('a key that is lost is replaced, and nobody has it any more; one that is damaged is none', async () => {
  const { window, kept } = computer();
  const { id } = await window().key();
  kept.set(`seal/${id}`, 'not a key');
  expect(await window().keyOf(id)).toBeUndefined();
  kept.delete(`seal/${id}`);
  const made = await window().key();
  expect(made.id).not.toBe(id);
  expect(await window().keyOf(id)).toBeUndefined();
  expect(await window().key()).toEqual(made);
});

test.each(['get', 'store'] as const)(
  'a storage that refuses to %s does not stop the record: the key is good for the window',
  async (call) => {
    const { window, warnings } = computer(new Map(), call);
    const one = window();
    const key = await one.key();
    expect(await one.key()).toEqual(key);
    expect(await one.keyOf(key.id)).toEqual(key);
    expect(warnings).toEqual([expect.stringMatching('will pass for unproven in later windows')]);
    expect(warnings.join()).not.toMatch(key.secret);
  },
);
