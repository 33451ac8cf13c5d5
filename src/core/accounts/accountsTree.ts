import { accountParts } from '../contain/accountParts.ts';
import { Cancelled } from '../errors.ts';
import type { Connection } from '../model/connection.ts';
import { shortSid } from '../model/sid.ts';
import type { Clock, Log, Twilio } from '../ports.ts';
import { createCollectionStore } from './collectionStore.ts';
import { createFilter, type TreeFilter } from './filter.ts';
import { logUnexpected } from './logUnexpected.ts';
import type { Branch, NodeKind, Scope } from './nodeKind.ts';
import { branchNode, failureNode, rowNodes } from './rowNodes.ts';
import { type BranchNode, type CollectionNode, collectionKey, type TreeNode } from './treeNode.ts';

export interface AccountsTreeOptions {
  readonly connection: Connection;
  readonly twilio: Twilio;
  readonly clock: Clock;
  /** Gets the details of what nobody expected. */
  readonly log: Log;
  readonly kinds: readonly NodeKind[];
  /** SIDs of API keys that were made with this extension; never fails. */
  readonly ownKeys?: () => Promise<ReadonlySet<string>>;
  /** Ids of kinds the person does not want to see. */
  readonly hidden: () => ReadonlySet<string>;
  /** Called with the collection whose rows changed, or nothing for the whole tree. */
  readonly onChange: (node?: CollectionNode) => void;
}

/** The accounts of one connection as a tree. A new connection gets a new tree, so no row can outlive its account. */
export interface AccountsTree {
  roots(): readonly TreeNode[];
  /** Reads the collection when it was not read before. Never throws. */
  children(node: TreeNode): Promise<readonly TreeNode[]>;
  hasChildren(node: TreeNode): boolean;
  /** True for what is open before anybody opens it. Opening it never costs a request, except to read again what a refresh made stale. */
  startsExpanded(node: TreeNode): boolean;
  loadMore(node: CollectionNode): Promise<void>;
  /**
   * Forgets what was read below the node, or everything, and reads again what is asked for. For a row that is also the list
   * it stands in, since that is where its own facts come from.
   */
  refresh(node?: TreeNode): void;
  /** Stops every read under way; what was read stays. */
  stop(): void;
  readonly filter: TreeFilter;
}

/** Builds the tree of a connection; nothing is requested until children are asked for. */
export function createAccountsTree(options: AccountsTreeOptions): AccountsTree {
  const { connection, clock, log, onChange } = options;
  const main = connection.account;
  const folders = new Map<string, CollectionNode>();
  const store = createCollectionStore(options.twilio, clock, log, (key) => {
    for (const node of folders.values()) if (collectionKey(node.scope, node.kind) === key) onChange(node);
  });
  const mainScope = (): Scope => ({ account: main, main, now: clock.now() });
  const root: BranchNode = {
    type: 'branch',
    id: main,
    parent: undefined,
    inCollection: undefined,
    branch: rootBranch(connection, mainScope()),
  };

  function kinds(): readonly NodeKind[] {
    const hidden = options.hidden();
    return options.kinds.filter(({ id }) => !hidden.has(id));
  }

  const filter = createFilter({ store, kinds, mainScope, onChange: () => onChange() });

  /** The same object each time: a change of a collection is told by it, also after everything around it was read anew. */
  function folder(parent: BranchNode, kind: NodeKind, scope: Scope): CollectionNode {
    const id = `${parent.id}/${kind.id}`;
    const current: CollectionNode = { type: 'collection', id, parent, kind, scope };
    const node = Object.assign(folders.get(id) ?? current, current);
    folders.set(id, node);
    return node;
  }

  function collections(scope: Scope, parent: BranchNode): readonly CollectionNode[] {
    return kinds()
      .filter((kind) => !kind.mainOnly || scope.account === main)
      .toSorted((a, b) => a.order - b.order)
      .map((kind) => folder(parent, kind, scope))
      .filter((node) => filter.showsCollection(node));
  }

  async function rows(node: CollectionNode): Promise<readonly TreeNode[]> {
    try {
      const key = collectionKey(node.scope, node.kind);
      const collection = store.fresh(key) ?? (await store.read(node.scope, node.kind));
      store.look(key);
      const own = node.kind.knowsOwnKeys ? await options.ownKeys?.() : undefined;
      return rowNodes(node, collection, (branch) => filter.showsBranch(branch, node), clock.now(), own);
    } catch (reason) {
      if (reason instanceof Cancelled) return [failureNode(node, 'Stopped. Refresh to read again.', 'refresh')];
      logUnexpected(log, reason);
      return [failureNode(node, 'Something unexpected went wrong; the log has details.', 'refresh')];
    }
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
    startsExpanded: (node) => node.parent === undefined || filter.leadsToMatch(node),
    async loadMore(node) {
      try {
        await store.read(node.scope, node.kind);
      } catch (reason) {
        if (!(reason instanceof Cancelled)) throw reason;
      }
      onChange(node);
    },
    refresh(node) {
      const list = node && listOf(node);
      const own = list && collectionKey(list.scope, list.kind);
      const below = node?.type === 'branch' ? node.branch.opens?.account : undefined;
      store.refresh((key) => list === undefined || key === own || (below !== undefined && key.startsWith(`${below}/`)));
      onChange(list);
    },
    stop: () => store.stop(),
  };
}

/** The collection a node is, or stands in; the root stands in none. */
function listOf(node: TreeNode): CollectionNode | undefined {
  if (node.type === 'collection') return node;
  if (node.type === 'branch') return node.inCollection;
  return node.parent && listOf(node.parent);
}

function rootBranch(connection: Connection, scope: Scope): Branch {
  return {
    id: connection.account,
    label: connection.name || connection.account,
    description: `${connection.demo ? 'demo · ' : ''}${shortSid(connection.account)} · main account`,
    icon: 'home',
    facts: [{ name: 'Account SID', value: connection.account }],
    sid: connection.account,
    consolePath: '',
    opens: scope,
    parts: accountParts(scope.account, connection.name),
  };
}
