import type * as vscode from 'vscode';
import type { Head } from '../core/evidence/record.ts';
import { isObject, type Json } from '../core/model/json.ts';
import type { Anchors } from '../core/ports.ts';

/** The heads of journals in VS Code's secret storage, out of reach of whoever can write to the workspace. */
export function createAnchors(secrets: vscode.SecretStorage, log: vscode.LogOutputChannel): Anchors {
  const key = (id: string) => `anchor/${id}`;
  const newest = new Map<string, Head>();
  const writing = new Map<string, Promise<void>>();

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
    const { seq, hash, inherited } = head;
    if (typeof seq !== 'number' || typeof hash !== 'string') return undefined;
    return { seq, hash, ...(inherited === true && { inherited }) };
  } catch {
    return undefined;
  }
}
