import { throwIfCancelled } from '../cancellation.ts';
import type { Cancellation } from '../ports.ts';
import type { Collection } from './collection.ts';
import { present } from './collection.ts';
import type { Branch, NodeKind, Scope } from './nodeKind.ts';
import { type CollectionNode, collectionKey, type TreeNode } from './treeNode.ts';

export interface SearchProgress {
  readonly accountsDone: number;
  readonly accounts: number;
  readonly found: number;
}

/** Shows only rows whose name or SID contains a text, and reads on until every account was looked through. */
export interface TreeFilter {
  readonly text: string;
  /** Empty text shows everything again. */
  set(text: string): void;
  /**
   * Reads what was not read yet, account by account, so that the filter also finds rows nobody opened. Rows appear as they
   * are found. Throws `Cancelled`. Returns what was found, and how many collections could not be read.
   */
  search(
    onProgress: (progress: SearchProgress) => void,
    cancel: Cancellation,
  ): Promise<{ found: number; failed: number }>;
  showsBranch(branch: Branch, below: CollectionNode): boolean;
  showsCollection(node: CollectionNode): boolean;
  /** True when the row itself is what was looked for, rather than something below it. */
  matches(branch: Branch): boolean;
}

interface FilterParts {
  readonly known: ReadonlyMap<string, Collection>;
  readonly read: (scope: Scope, kind: NodeKind) => Promise<Collection>;
  readonly kinds: readonly NodeKind[];
  readonly rootScope: () => Scope;
  readonly hasMore: (collection: Collection) => boolean;
  readonly onChange: () => void;
}

/** Resources have a name and a SID to search for; events and error codes are read from the newest on and are not searched. */
const searched = new Set(['subaccounts', 'apiKeys', 'phoneNumbers', 'messagingServices', 'verifyServices']);

/** SID prefixes that can only be found in one kind: the search then reads nothing else. */
const kindOfPrefix: Readonly<Record<string, string>> = {
  AC: 'subaccounts',
  SK: 'apiKeys',
  PN: 'phoneNumbers',
  MG: 'messagingServices',
  VA: 'verifyServices',
};

/** Accounts looked through at the same time; the transport has the last word on concurrency. */
const abreast = 8;

export function createFilter({ known, read, kinds, rootScope, hasMore, onChange }: FilterParts): TreeFilter {
  let text = '';
  let matching = new WeakMap<Collection, boolean>();

  const matches = (branch: Branch): boolean =>
    [branch.label, branch.sid, branch.description].some((part) => part?.toLowerCase().includes(text));

  function hasMatch(branch: Branch): boolean {
    if (matches(branch)) return true;
    if (branch.children?.some(hasMatch)) return true;
    const { opens } = branch;
    return opens !== undefined && kinds.some((kind) => !kind.mainOnly && collectionMatches(collectionKey(opens, kind)));
  }

  /** Whoever looked for an account wants to see what is in it. The root is no match: everything is below it. */
  function isBelowMatch(node: TreeNode): boolean {
    const { parent } = node;
    if (!parent?.parent) return false;
    return (parent.type === 'branch' && matches(parent.branch)) || isBelowMatch(parent);
  }

  function collectionMatches(key: string): boolean {
    const collection = known.get(key);
    if (!collection) return false;
    const cached = matching.get(collection);
    // A subaccount matches by what is below it too, which changes while the collection of subaccounts stays the same.
    if (cached !== undefined && !collection.kind.mainOnly) return cached;
    const result = present(collection).branches.some(hasMatch);
    matching.set(collection, result);
    return result;
  }

  async function readWhole(scope: Scope, kind: NodeKind, cancel: Cancellation): Promise<Collection> {
    let collection = known.get(collectionKey(scope, kind)) ?? (await read(scope, kind));
    while (hasMore(collection) && !collection.failure) {
      throwIfCancelled(cancel);
      collection = await read(scope, kind);
    }
    return collection;
  }

  return {
    get text() {
      return text;
    },
    set(wanted) {
      text = wanted.trim().toLowerCase();
      matching = new WeakMap();
      onChange();
    },
    matches,
    showsBranch: (branch, below) => text === '' || hasMatch(branch) || isBelowMatch(below),
    showsCollection: (node) =>
      text === '' || isBelowMatch(node) || collectionMatches(collectionKey(node.scope, node.kind)),
    async search(onProgress, cancel) {
      const only = /^[a-z]{2}[0-9a-f]{4,32}$/.test(text) ? kindOfPrefix[text.slice(0, 2).toUpperCase()] : undefined;
      const wanted = kinds.filter(({ id }) => searched.has(id) && (only === undefined || id === only));
      const scope = rootScope();
      const subaccounts = kinds.find(({ mainOnly }) => mainOnly);
      const accounts: Scope[] = [scope];
      let done = 0;
      let found = 0;
      let failed = 0;
      const lookInto = async (account: Scope, look: readonly NodeKind[]) => {
        for (const kind of look) {
          throwIfCancelled(cancel);
          const collection = await readWhole(account, kind, cancel);
          if (collection.failure) failed += 1;
          const hits = present(collection).branches.filter(matches).length;
          found += hits;
          if (hits > 0) onChange();
        }
        done += 1;
        onProgress({ accountsDone: done, accounts: accounts.length, found });
      };
      if (subaccounts) {
        const list = await readWhole(scope, subaccounts, cancel);
        accounts.push(...present(list).branches.flatMap(({ opens }) => (opens ? [opens] : [])));
      }
      await lookInto(scope, wanted);
      const below = wanted.filter(({ mainOnly }) => !mainOnly);
      const queue = below.length > 0 ? accounts.slice(1) : [];
      const worker = async () => {
        for (let next = queue.shift(); next; next = queue.shift()) await lookInto(next, below);
      };
      await Promise.all(Array.from({ length: abreast }, worker));
      onChange();
      return { found, failed };
    },
  };
}
