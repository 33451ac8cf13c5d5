import * as vscode from 'vscode';
import { type AccountsTree, createAccountsTree } from '../core/accounts/accountsTree.ts';
import type { TreeNode } from '../core/accounts/treeNode.ts';
import { contextKeys } from '../core/manifest/commands.ts';
import { views } from '../core/manifest/contributes.ts';
import type { Clock, Log } from '../core/ports.ts';
import { draggedResource } from '../core/rca/dragged.ts';
import { actions, nodes } from '../core/registry.ts';
import { untrusted } from '../core/untrusted.ts';
import type { ActiveIncident } from './activeIncident.ts';
import { setContext } from './contextKey.ts';
import { dragging } from './rca/dragging.ts';
import type { Recorder } from './recorder.ts';
import type { Session } from './session.ts';
import { toTreeItem, withTooltip } from './treeItem.ts';

const hiddenKey = 'hiddenKinds';

/** The Accounts view of this window. */
export interface AccountsView extends vscode.Disposable {
  /** The tree of the current connection. */
  readonly tree: AccountsTree | undefined;
  readonly provider: vscode.TreeDataProvider<TreeNode>;
  setHidden(kinds: readonly string[]): Thenable<void>;
  readonly hidden: ReadonlySet<string>;
  /** Keeps title and context keys in step with the filter. */
  showFilter(): void;
  /** True for rows this view made for the current account: whatever else calls a command passes nothing of use. */
  owns(value: unknown): value is TreeNode;
  progress<T>(work: () => Promise<T>): Thenable<T>;
}

/** Registers the view. A tree lives as long as its connection; rows of an earlier one are refused. */
export function createAccountsView(
  session: Session,
  memory: vscode.Memento,
  clock: Clock,
  log: Log,
  { incidents, recorder }: { readonly incidents: ActiveIncident; readonly recorder: Pick<Recorder, 'own'> },
): AccountsView {
  const changed = new vscode.EventEmitter<TreeNode | undefined>();
  const hidden = () => new Set(memory.get<readonly string[]>(hiddenKey, []));
  let tree: AccountsTree | undefined;
  const owner = new WeakMap<TreeNode, AccountsTree>();

  const lookOf = (node: TreeNode) => ({
    hasChildren: tree?.hasChildren(node) ?? false,
    expanded: tree?.startsExpanded(node) ?? false,
    filter: tree?.filter.text ?? '',
  });

  const provider: vscode.TreeDataProvider<TreeNode> = {
    onDidChangeTreeData: changed.event,
    getTreeItem: (node) => toTreeItem(node, lookOf(node), actions),
    resolveTreeItem: (item, node) => withTooltip(item, node),
    getParent: (node) => node.parent,
    async getChildren(node) {
      const asked = tree;
      if (!asked || (node && owner.get(node) !== asked)) return [];
      const children = node ? await asked.children(node) : asked.roots();
      if (asked !== tree) return [];
      for (const child of children) owner.set(child, asked);
      return [...children];
    },
  };
  const view = vscode.window.createTreeView(views.accounts, {
    treeDataProvider: provider,
    showCollapseAll: true,
    dragAndDropController: dragging(draggedResource),
  });

  function follow(): void {
    tree?.stop();
    const open = session.current;
    tree =
      open &&
      createAccountsTree({
        connection: open.connection,
        twilio: open.twilio,
        clock,
        log,
        kinds: nodes,
        ownKeys: async () => (await recorder.own(open)).keys.made,
        hidden,
        onChange: (node) => changed.fire(node),
      });
    showFilter();
    changed.fire(undefined);
  }
  function showFilter(): void {
    const text = tree?.filter.text ?? '';
    view.message = text ? `Showing what contains “${untrusted(text).for('label')}”` : undefined;
    void setContext(contextKeys.filtered, text !== '');
  }
  follow();
  const listener = session.onDidChange((what) => {
    if (what === 'connection') follow();
  });
  // Its journal tells which keys were made here: the same rows look different.
  const opening = incidents.onDidChange(() => changed.fire(undefined));
  return {
    get tree() {
      return tree;
    },
    get hidden() {
      return hidden();
    },
    provider,
    async setHidden(kinds) {
      await memory.update(hiddenKey, kinds);
      changed.fire(undefined);
    },
    showFilter,
    owns: (value): value is TreeNode =>
      typeof value === 'object' && value !== null && tree !== undefined && owner.get(value as TreeNode) === tree,
    progress: (work) => vscode.window.withProgress({ location: { viewId: views.accounts } }, work),
    dispose() {
      tree?.stop();
      vscode.Disposable.from(view, changed, listener, opening).dispose();
    },
  };
}
