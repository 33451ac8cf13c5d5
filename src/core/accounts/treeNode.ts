import type { Branch, NodeKind, Scope } from './nodeKind.ts';

interface Node {
  /** The path from the root: unique in the tree and stable over refreshes. */
  readonly id: string;
  readonly parent: TreeNode | undefined;
}

/** An account or a row of a collection. */
export interface BranchNode extends Node {
  readonly type: 'branch';
  readonly branch: Branch;
  readonly inCollection: CollectionNode | undefined;
}

/** A folder below an account, such as its API keys. A tree has one object for each, so that a change can name it at any time. */
export interface CollectionNode extends Node {
  readonly type: 'collection';
  readonly kind: NodeKind;
  readonly scope: Scope;
}

/** "Load more": appends the next page to its collection. */
export interface MoreNode extends Node {
  readonly type: 'more';
  readonly collection: CollectionNode;
}

/** A line of text: empty, failed, or something to know about the rows. */
export interface NoteNode extends Node {
  readonly type: 'note';
  readonly text: string;
  readonly tone: 'empty' | 'failure' | 'info';
  /** What helps against a failure: reading on where it happened, which keeps the rows that are there, or reading anew. */
  readonly retry?: { readonly by: 'loadMore' | 'refresh'; readonly collection: CollectionNode };
}

export type TreeNode = BranchNode | CollectionNode | MoreNode | NoteNode;

/** Where the state of a collection is kept: an account's collection of one kind exists once. */
export function collectionKey(scope: Scope, kind: NodeKind): string {
  return `${scope.account}/${kind.id}`;
}
