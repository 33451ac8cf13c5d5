import { orCancelled, throwIfCancelled } from '../cancellation.ts';
import type { Cancellation } from '../ports.ts';
import { type Collection, hasMore, present } from './collection.ts';
import type { CollectionStore } from './collectionStore.ts';
import type { Branch, NodeKind, Scope } from './nodeKind.ts';
import { collectionKey } from './treeNode.ts';

export interface SearchProgress {
  readonly accountsDone: number;
  readonly accounts: number;
  readonly found: number;
}

export interface SearchParts {
  /** What is looked for, in lower case. */
  readonly text: string;
  readonly store: CollectionStore;
  /** The kinds that are listed: what is hidden could not be shown when found. */
  readonly kinds: readonly NodeKind[];
  readonly main: Scope;
  readonly onProgress: (progress: SearchProgress) => void;
  readonly onFound: () => void;
  readonly cancel: Cancellation;
}

/** Resources have a name and a SID to search for; events and error codes are read from the newest on and are not searched. */
const searched = new Set(['subaccounts', 'apiKeys', 'phoneNumbers', 'messagingServices', 'verifyServices']);

/** SID prefixes that can only be found in one kind: the search then reads nothing else. */
const kindOfPrefix: Readonly<Record<string, string>> = {
  ac: 'subaccounts',
  sk: 'apiKeys',
  pn: 'phoneNumbers',
  mg: 'messagingServices',
  va: 'verifyServices',
};

/** Accounts looked through at the same time; the transport has the last word on concurrency. */
const abreast = 8;

/** True when the row's own name, SID or search text holds the text, given in lower case. */
export function holds(branch: Branch, text: string): boolean {
  return [branch.label, branch.sid, branch.searchText].some((part) => part?.toLowerCase().includes(text));
}

/** Reads whatever may hold the text and was not read yet, account by account. Counts rows found and lists that failed. Throws `Cancelled`. */
export async function searchAccounts(parts: SearchParts): Promise<{ found: number; failed: number }> {
  const { text, store, kinds, main, cancel } = parts;
  const only = /^[a-z]{2}[0-9a-f]{4,32}$/.test(text) ? kindOfPrefix[text.slice(0, 2)] : undefined;
  const wanted = kinds.filter(({ id }) => searched.has(id) && (only === undefined || id === only));
  const accounts: Scope[] = [main];
  let done = 0;
  let found = 0;
  let failed = 0;

  async function readWhole(scope: Scope, kind: NodeKind): Promise<Collection> {
    const read = () => {
      throwIfCancelled(cancel);
      // The read goes on, since the tree may show it too; only this search stops waiting.
      return orCancelled(store.read(scope, kind), cancel);
    };
    let collection = store.fresh(collectionKey(scope, kind)) ?? (await read());
    while (hasMore(collection) && !collection.failure) collection = await read();
    return collection;
  }

  async function lookInto(account: Scope, look: readonly NodeKind[]): Promise<void> {
    for (const kind of look) {
      throwIfCancelled(cancel);
      const collection = await readWhole(account, kind);
      if (collection.failure) failed += 1;
      const hits = present(collection).branches.filter((branch) => holds(branch, text)).length;
      found += hits;
      if (hits > 0) parts.onFound();
    }
    done += 1;
    parts.onProgress({ accountsDone: done, accounts: accounts.length, found });
  }

  throwIfCancelled(cancel);
  const subaccounts = kinds.find(({ mainOnly }) => mainOnly);
  if (subaccounts && wanted.length > 0) {
    const list = await readWhole(main, subaccounts);
    accounts.push(...present(list).branches.flatMap(({ opens }) => (opens ? [opens] : [])));
  }
  await lookInto(main, wanted);
  const below = wanted.filter(({ mainOnly }) => !mainOnly);
  const queue = below.length > 0 ? accounts.slice(1) : [];
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) await lookInto(next, below);
  };
  await Promise.all(Array.from({ length: abreast }, worker));
  return { found, failed };
}
