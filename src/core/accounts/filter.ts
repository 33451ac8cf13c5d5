import { type CancellationSource, createCancellation } from '../cancellation.ts';
import type { Cancellation } from '../ports.ts';
import { type Collection, present } from './collection.ts';
import type { CollectionStore } from './collectionStore.ts';
import type { Branch, NodeKind, Scope } from './nodeKind.ts';
import { holds, type SearchProgress, searchAccounts } from './search.ts';
import { type CollectionNode, collectionKey, type TreeNode } from './treeNode.ts';

/** Shows only rows whose name, SID or search text contains a text, and reads on until every account was looked through. */
export interface TreeFilter {
  readonly text: string;
  /** Empty text shows everything again. Ends a search under way. */
  set(text: string): void;
  /**
   * Reads what was not read yet, account by account, so that the filter also finds rows nobody opened. Rows appear as they
   * are found. Throws `Cancelled`, also when the text changes or a new search starts. Returns what was found, and how many
   * collections could not be read.
   */
  search(
    onProgress: (progress: SearchProgress) => void,
    cancel: Cancellation,
  ): Promise<{ found: number; failed: number }>;
  showsBranch(branch: Branch, below: CollectionNode): boolean;
  showsCollection(node: CollectionNode): boolean;
  /** True when a row below is known to match. Only then is it worth opening without being asked to. */
  leadsToMatch(node: TreeNode): boolean;
}

interface FilterParts {
  readonly store: CollectionStore;
  /** The kinds that are listed. */
  readonly kinds: () => readonly NodeKind[];
  readonly mainScope: () => Scope;
  readonly onChange: () => void;
}

/** The filter of one tree; without text it lets everything through. */
export function createFilter({ store, kinds, mainScope, onChange }: FilterParts): TreeFilter {
  let text = '';
  let matching = new WeakMap<Collection, boolean>();
  let searching: CancellationSource | undefined;

  const hasMatch = (branch: Branch): boolean => holds(branch, text) || hasMatchBelow(branch);

  function hasMatchBelow({ children, opens }: Branch): boolean {
    if (children?.some(hasMatch)) return true;
    return opens !== undefined && kinds().some((kind) => !kind.mainOnly && collectionMatches(opens, kind));
  }

  /** Whoever looked for an account wants to see what is in it. The root is no match: everything is below it. */
  function isBelowMatch(node: TreeNode): boolean {
    const { parent } = node;
    if (!parent?.parent) return false;
    return (parent.type === 'branch' && holds(parent.branch, text)) || isBelowMatch(parent);
  }

  function collectionMatches(scope: Scope, kind: NodeKind): boolean {
    const collection = store.known.get(collectionKey(scope, kind));
    if (!collection) return false;
    const cached = matching.get(collection);
    // A subaccount matches by what is below it too, which changes while the collection of subaccounts stays the same.
    if (cached !== undefined && !collection.kind.mainOnly) return cached;
    const result = present(collection).branches.some(hasMatch);
    matching.set(collection, result);
    return result;
  }

  return {
    get text() {
      return text;
    },
    set(wanted) {
      searching?.abort();
      text = wanted.trim().toLowerCase();
      matching = new WeakMap();
      onChange();
    },
    showsBranch: (branch, below) => text === '' || hasMatch(branch) || isBelowMatch(below),
    showsCollection: (node) => text === '' || isBelowMatch(node) || collectionMatches(node.scope, node.kind),
    leadsToMatch(node) {
      if (text === '') return false;
      if (node.type === 'collection') return collectionMatches(node.scope, node.kind);
      return node.type === 'branch' && hasMatchBelow(node.branch);
    },
    async search(onProgress, cancel) {
      searching?.abort();
      const own = createCancellation();
      searching = own;
      const stop = () => own.abort();
      cancel.addEventListener('abort', stop, { once: true });
      if (cancel.aborted) stop();
      const common = { text, store, kinds: kinds(), main: mainScope() };
      try {
        return await searchAccounts({ ...common, onProgress, onFound: onChange, cancel: own.signal });
      } finally {
        cancel.removeEventListener('abort', stop);
        // Also ends the workers that one which failed has left behind.
        own.abort();
        onChange();
      }
    },
  };
}
