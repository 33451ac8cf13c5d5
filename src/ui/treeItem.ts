import * as vscode from 'vscode';
import type { Branch } from '../core/accounts/nodeKind.ts';
import type { TreeNode } from '../core/accounts/treeNode.ts';
import type { Action } from '../core/contain/action.ts';
import { commandId } from '../core/manifest/commands.ts';
import type { RowAbility } from '../core/manifest/contributes.ts';
import { untrusted } from '../core/untrusted.ts';
import { decorationUri } from './decorations.ts';

/** The one place where a node becomes something VS Code draws: every string that may come from Twilio is made inert here. */
export function toTreeItem(
  node: TreeNode,
  hasChildren: boolean,
  actions: readonly Action[],
  filter: string,
): vscode.TreeItem {
  const item = new vscode.TreeItem(
    '',
    hasChildren ? collapsible(node, filter !== '') : vscode.TreeItemCollapsibleState.None,
  );
  // While filtering, rows are other rows to VS Code: they start expanded, and the way they were comes back afterwards.
  item.id = filter === '' ? node.id : `${filter}|${node.id}`;
  switch (node.type) {
    case 'branch':
      return describeBranch(item, node.branch, actions);
    case 'collection':
      item.label = node.kind.heading;
      item.tooltip = node.kind.about;
      // Without a label of its own a screen reader would hear the tooltip alone.
      item.accessibilityInformation = { label: `${node.kind.heading}. ${node.kind.about}` };
      item.iconPath = new vscode.ThemeIcon(node.kind.icon);
      item.contextValue = 'refreshRow' satisfies RowAbility;
      return item;
    case 'more':
      item.label = 'Load more';
      item.iconPath = new vscode.ThemeIcon('ellipsis');
      item.command = { command: commandId('loadMore'), title: 'Load more', arguments: [node] };
      return item;
    case 'note':
      item.label = untrusted(node.text).for('label');
      item.iconPath = new vscode.ThemeIcon(node.tone === 'failure' ? 'warning' : 'info');
      item.tooltip = item.label;
      if (node.tone === 'failure')
        item.command = { command: commandId('refreshRow'), title: 'Try again', arguments: [node.parent] };
      return item;
  }
}

/** Fills the tooltip when the pointer rests on the row: inert text, no links, no commands. */
export function withTooltip(item: vscode.TreeItem, node: TreeNode): vscode.TreeItem {
  if (node.type !== 'branch') return item;
  const { branch } = node;
  const text = new vscode.MarkdownString();
  text.isTrusted = false;
  text.supportHtml = false;
  text.appendMarkdown(`${untrusted(branch.label).for('markdown')}\n\n`);
  if (branch.severity)
    text.appendMarkdown(
      `**${levelName[branch.severity.level]}:** ${untrusted(branch.severity.reason).for('markdown')}\n\n`,
    );
  for (const { name, value } of branch.facts) text.appendMarkdown(`- ${name}: ${untrusted(value).for('markdown')}\n`);
  item.tooltip = text;
  return item;
}

const levelName = { notice: 'To know', warning: 'Suspicious', critical: 'Very suspicious' } as const;

function describeBranch(item: vscode.TreeItem, branch: Branch, actions: readonly Action[]): vscode.TreeItem {
  const label = untrusted(branch.label).for('label');
  const description = untrusted(branch.description ?? '').for('label');
  item.label = label;
  item.description = description;
  item.iconPath = new vscode.ThemeIcon(branch.icon, iconColor(branch));
  item.resourceUri = decorationUri(branch, item.id ?? '');
  item.contextValue = abilities(branch, actions).join(' ');
  const reason = branch.severity
    ? `, ${levelName[branch.severity.level]}: ${untrusted(branch.severity.reason).for('label')}`
    : '';
  item.accessibilityInformation = { label: `${label}, ${description}${reason}` };
  return item;
}

function abilities(branch: Branch, actions: readonly Action[]): readonly string[] {
  const { target } = branch;
  const row: readonly (RowAbility | false)[] = [
    branch.sid !== undefined && 'copySid',
    branch.consolePath !== undefined && 'openInConsole',
    branch.opens !== undefined && 'refreshRow',
  ];
  const fitting = target ? actions.filter((action) => action.on === target.kind && action.applicable(target)) : [];
  return [...row.filter((ability) => ability !== false), ...fitting.map(({ id }) => id)];
}

function iconColor({ severity }: Branch): vscode.ThemeColor | undefined {
  if (severity?.level === 'critical') return new vscode.ThemeColor('list.errorForeground');
  if (severity?.level === 'warning') return new vscode.ThemeColor('list.warningForeground');
  return undefined;
}

function collapsible(node: TreeNode, filtered: boolean): vscode.TreeItemCollapsibleState {
  const open = node.parent === undefined || filtered;
  return open ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
}
