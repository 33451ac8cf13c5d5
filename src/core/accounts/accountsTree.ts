import { createCancellation } from '../cancellation.ts';
import { Cancelled } from '../errors.ts';
import type { Connection } from '../model/connection.ts';
import { shortSid } from '../model/sid.ts';
import type { Clock, Twilio } from '../ports.ts';
import { type Collection, hasMore, loadMore, present, unreadCollection } from './collection.ts';
import { createFilter, type TreeFilter } from './filter.ts';
import type { Branch, NodeKind, Scope } from './nodeKind.ts';
import { type BranchNode, type CollectionNode, collectionKey, type TreeNode } from './treeNode.ts';

export interface AccountsTreeOptions {
  readonly connection: Connection;
  readonly twilio: Twilio;
  readonly clock: Clock;
  readonly kinds: readonly NodeKind[];
  /** Ids of kinds the person does not want to see. */
  readonly hidden: () => ReadonlySet<string>;
  /** Called with the node whose children changed, or nothing for the whole tree. */
  readonly onChange: (node?: TreeNode) => void;
}

/** The accounts of one connection as a tree. A new connection gets a new tree, so no row can outlive its account. */
export interface AccountsTree {
  roots(): readonly TreeNode[];
  /** Reads the collection when it was not read before. Never throws. */
  children(node: TreeNode): Promise<readonly TreeNode[]>;
  hasChildren(node: TreeNode): boolean;
  loadMore(node: CollectionNode): Promise<void>;
  /** Forgets what was read below the node, or everything, and reads again what is asked for. */
  refresh(node?: TreeNode): void;
  /** Stops every read under way; what was read stays. */
  stop(): void;
  readonly filter: TreeFilter;
}

/** Builds the tree of a connection; nothing is requested until children are asked for. */
export function createAccountsTree(options: AccountsTreeOptions): AccountsTree {
  const { connection, twilio, clock, onChange } = options;
  const known = new Map<string, Collection>();
  const running = new Map<string, Promise<Collection>>();
  let cancellation = createCancellation();

  const rootScope = (): Scope => ({
    account: connection.account,
    accountName: connection.name,
    main: connection.account,
    now: clock.now(),
  });
  const root: BranchNode = {
    type: 'branch',
    id: connection.account,
    parent: undefined,
    inCollection: undefined,
    branch: rootBranch(connection, rootScope()),
  };

  /** Reads one page more. Two calls at the same time share one read; a refresh meanwhile makes the result void. */
  function read(scope: Scope, kind: NodeKind): Promise<Collection> {
    const key = collectionKey(scope, kind);
    const before = known.get(key) ?? unreadCollection(kind, { ...scope, now: clock.now() });
    const current = running.get(key);
    if (current !== undefined) return current;
    const reading = loadMore(before, twilio, cancellation.signal).then((after) => {
      if (running.get(key) === reading) known.set(key, after);
      return after;
    });
    running.set(key, reading);
    const forget = () => {
      if (running.get(key) === reading) running.delete(key);
    };
    reading.then(forget, forget);
    return reading;
  }

  const filter = createFilter({ known, read, kinds: options.kinds, rootScope, hasMore, onChange: () => onChange() });

  function collections(scope: Scope, parent: BranchNode): readonly CollectionNode[] {
    const hidden = options.hidden();
    return options.kinds
      .filter((kind) => !hidden.has(kind.id) && (!kind.mainOnly || scope.account === connection.account))
      .toSorted((a, b) => a.order - b.order)
      .map((kind): CollectionNode => ({ type: 'collection', id: `${parent.id}/${kind.id}`, parent, kind, scope }))
      .filter((node) => filter.showsCollection(node));
  }

  async function rows(node: CollectionNode): Promise<readonly TreeNode[]> {
    const key = collectionKey(node.scope, node.kind);
    try {
      return toNodes(node, known.get(key) ?? (await read(node.scope, node.kind)));
    } catch (reason) {
      const text =
        reason instanceof Cancelled
          ? 'Stopped. Refresh to read again.'
          : 'Something unexpected went wrong; the log has details.';
      return [{ type: 'note', id: `${node.id}/failure`, parent: node, text, tone: 'failure' }];
    }
  }

  function toNodes(node: CollectionNode, collection: Collection): readonly TreeNode[] {
    const { branches, notes } = present(collection);
    const shown = branches.filter((branch) => filter.showsBranch(branch, node));
    const empty = branches.length === 0 && !collection.failure && !hasMore(collection);
    return [
      ...shown.map((branch) => branchNode(branch, node, node)),
      ...notes.map(
        (text, index): TreeNode => ({ type: 'note', id: `${node.id}/note${index}`, parent: node, text, tone: 'info' }),
      ),
      ...(empty
        ? [{ type: 'note', id: `${node.id}/empty`, parent: node, text: node.kind.empty, tone: 'empty' } as const]
        : []),
      ...(collection.failure
        ? [{ type: 'note', id: `${node.id}/failure`, parent: node, text: collection.failure, tone: 'failure' } as const]
        : []),
      ...(hasMore(collection)
        ? [{ type: 'more', id: `${node.id}/more`, parent: node, collection: node } as const]
        : []),
    ];
  }

  return {
    filter,
    roots: () => [root],
    async children(node) {
      if (node.type === 'collection') return rows(node);
      if (node.type !== 'branch') return [];
      const { opens, children = [] } = node.branch;
      if (opens) return collections(opens, node);
      return children.map((branch) => branchNode(branch, node, node.inCollection));
    },
    hasChildren: (node) =>
      node.type === 'collection' ||
      (node.type === 'branch' && (node.branch.opens !== undefined || (node.branch.children?.length ?? 0) > 0)),
    async loadMore(node) {
      try {
        await read(node.scope, node.kind);
      } catch (reason) {
        if (!(reason instanceof Cancelled)) throw reason;
      }
      onChange(node);
    },
    refresh(node) {
      const isBelow = (key: string) => node === undefined || keyIsBelow(key, node);
      for (const key of [...known.keys()].filter(isBelow)) known.delete(key);
      for (const key of [...running.keys()].filter(isBelow)) running.delete(key);
      onChange(node === root ? undefined : node);
    },
    stop() {
      cancellation.abort();
      cancellation = createCancellation();
    },
  };
}

function branchNode(branch: Branch, parent: TreeNode, inCollection: CollectionNode | undefined): BranchNode {
  return { type: 'branch', id: `${parent.id}/${branch.id}`, parent, branch, inCollection };
}

function keyIsBelow(key: string, node: TreeNode): boolean {
  if (node.type === 'collection') return key === collectionKey(node.scope, node.kind);
  if (node.type === 'branch' && node.branch.opens)
    return node.parent === undefined || key.startsWith(`${node.branch.opens.account}/`);
  return node.parent !== undefined && keyIsBelow(key, node.parent);
}

function rootBranch(connection: Connection, scope: Scope): Branch {
  return {
    id: connection.account,
    label: connection.name || connection.account,
    description: `${shortSid(connection.account)} · main account${connection.demo ? ' · demo' : ''}`,
    icon: 'home',
    facts: [{ name: 'Account SID', value: connection.account }],
    sid: connection.account,
    consolePath: '',
    opens: scope,
  };
}
