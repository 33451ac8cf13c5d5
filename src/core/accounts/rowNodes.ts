import { type Collection, hasMore, hasRows, present } from './collection.ts';
import type { Branch } from './nodeKind.ts';
import type { BranchNode, CollectionNode, NoteNode, TreeNode } from './treeNode.ts';

/** A row below any node, and the collection whose reading gave it. */
export function branchNode(branch: Branch, parent: TreeNode, inCollection: CollectionNode | undefined): BranchNode {
  return { type: 'branch', id: `${parent.id}/${branch.id}`, parent, branch, inCollection };
}

/** What stands below a collection that was read: the rows that are shown, what has to be said about them, and the way on. */
export function rowNodes(
  node: CollectionNode,
  collection: Collection,
  isShown: (branch: Branch) => boolean,
  now: number,
  ownKeys?: ReadonlySet<string>,
): readonly TreeNode[] {
  const { branches, notes } = present(collection, now, ownKeys);
  const { failure } = collection;
  const more = hasMore(collection);
  const nodes: TreeNode[] = branches.filter(isShown).map((branch) => branchNode(branch, node, node));
  nodes.push(...notes.map((text, index) => note(node, `note${index}`, text, 'info')));
  if (branches.length === 0 && !failure && !more) nodes.push(note(node, 'empty', node.kind.empty, 'empty'));
  if (failure) nodes.push(failureNode(node, failure, hasRows(collection) ? 'loadMore' : 'refresh'));
  if (more) nodes.push({ type: 'more', id: `${node.id}/more`, parent: node, collection: node });
  return nodes;
}

/** Why reading failed, with what helps. */
export function failureNode(collection: CollectionNode, text: string, by: 'loadMore' | 'refresh'): NoteNode {
  return { ...note(collection, 'failure', text, 'failure'), retry: { by, collection } };
}

function note(parent: CollectionNode, id: string, text: string, tone: NoteNode['tone']): NoteNode {
  return { type: 'note', id: `${parent.id}/${id}`, parent, text, tone };
}
