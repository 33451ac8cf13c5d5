import type * as vscode from 'vscode';
import type { Head } from '../core/evidence/record.ts';
import type { SealKey } from '../core/evidence/seal.ts';
import { isObject, type Json } from '../core/model/json.ts';
import type { Anchors } from '../core/ports.ts';

const currentSeal = 'seal';
const sealKey = (id: string) => `seal/${id}`;

/**
 * The heads of journals, and the keys these are sealed with, in VS Code's secret storage: out of reach of whoever can write to the workspace.
 * `random`: so many random bytes, in hexadecimal.
 */
export function createAnchors(
  secrets: vscode.SecretStorage,
  log: vscode.LogOutputChannel,
  random: (bytes: number) => string,
): Anchors {
  const key = (id: string) => `anchor/${id}`;
  const newest = new Map<string, Head>();
  const writing = new Map<string, Promise<void>>();
  const keys = new Map<string, SealKey>();
  let current: Promise<SealKey> | undefined;

  async function keyOf(id: string): Promise<SealKey | undefined> {
    const known = keys.get(id);
    if (known) return known;
    const secret = await secrets.get(sealKey(id));
    if (secret === undefined || !/^[0-9a-f]{64}$/.test(secret)) return undefined;
    const key = { id, secret };
    keys.set(id, key);
    return key;
  }
  /** Two windows may each make one at the same time: a seal names its key, so that both stay good. */
  async function currentKey(): Promise<SealKey> {
    const made = { id: random(8), secret: random(32) };
    try {
      const id = await secrets.get(currentSeal);
      const kept = id === undefined ? undefined : await keyOf(id);
      if (kept) return kept;
      keys.set(made.id, made);
      await secrets.store(sealKey(made.id), made.secret);
      await secrets.store(currentSeal, made.id);
    } catch {
      log.warn(
        'The key that journals are sealed with could not be read or kept in the secret storage: what is recorded now will pass for unproven in later windows.',
      );
      keys.set(made.id, made);
    }
    return made;
  }

  /** Writes until the newest head is kept; those overtaken meanwhile are skipped. */
  async function keep(id: string): Promise<void> {
    try {
      for (let head = newest.get(id); head; head = newest.get(id)) {
        await secrets.store(key(id), JSON.stringify(head));
        if (newest.get(id) === head) newest.delete(id);
      }
    } catch {
      newest.delete(id);
      log.warn(
        'The head of a journal could not be kept in the secret storage: tampering with its newest records would not show.',
      );
    } finally {
      writing.delete(id);
    }
  }
  return {
    key() {
      current ??= currentKey();
      return current;
    },
    keyOf,
    async read(id) {
      await writing.get(id);
      const text = await secrets.get(key(id));
      if (text === undefined) return undefined;
      const head = parseHead(text);
      if (!head)
        log.warn(
          'The head of a journal kept in the secret storage cannot be read: tampering with its newest records would not show.',
        );
      return head;
    },
    write(id, head) {
      newest.set(id, head);
      const under = writing.get(id) ?? keep(id);
      writing.set(id, under);
      return under;
    },
  };
}

function parseHead(text: string): Head | undefined {
  try {
    const head: Json = JSON.parse(text);
    if (!isObject(head)) return undefined;
    const { seq, hash } = head;
    if (typeof seq !== 'number' || typeof hash !== 'string') return undefined;
    return { seq, hash };
  } catch {
    return undefined;
  }
}
