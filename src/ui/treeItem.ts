import * as vscode from 'vscode';
import type { Branch } from '../core/accounts/nodeKind.ts';
import type { NoteNode, TreeNode } from '../core/accounts/treeNode.ts';
import type { Action } from '../core/contain/action.ts';
import { isWithinAccount } from '../core/contain/candidates.ts';
import { commandId } from '../core/manifest/commands.ts';
import type { RowAbility } from '../core/manifest/contributes.ts';
import { untrusted } from '../core/untrusted.ts';
import { decorationUri } from './decorations.ts';
import { inertMarkdown } from './inertMarkdown.ts';

/** How VS Code is to draw a node, as the tree knows it. */
interface Look {
  readonly hasChildren: boolean;
  readonly expanded: boolean;
  /** What the tree is filtered by; empty shows everything. */
  readonly filter: string;
}

/** The one place where a node becomes something VS Code draws: every string that may come from Twilio is made inert here. */
export function toTreeItem(node: TreeNode, look: Look, actions: readonly Action[]): vscode.TreeItem {
  const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem('', !look.hasChildren ? None : look.expanded ? Expanded : Collapsed);
  // VS Code remembers by id what is open. While filtering, rows are other rows to it, and others again once they lead to a
  // match: so a match shows when it is found, and the way things were comes back afterwards.
  item.id = look.filter === '' ? node.id : `${look.filter}|${look.expanded ? 'open' : ''}|${node.id}`;
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
      item.accessibilityInformation = { label: untrusted(node.text).for('toast') };
      if (node.retry) item.command = retryCommand(node.retry);
      return item;
  }
}

/** Fills the tooltip when the pointer rests on the row: inert text, no links, no commands. */
export function withTooltip(item: vscode.TreeItem, node: TreeNode): vscode.TreeItem {
  // The row cuts a long sentence off; here it is whole.
  if (node.type === 'note') item.tooltip = inertMarkdown(untrusted(node.text).for('markdown'));
  if (node.type === 'branch') item.tooltip = describe(node.branch);
  return item;
}

function describe(branch: Branch): vscode.MarkdownString {
  const text = inertMarkdown(`${untrusted(branch.label).for('markdown')}\n\n`);
  if (branch.severity)
    text.appendMarkdown(
      `**${levelName[branch.severity.level]}:** ${untrusted(branch.severity.reason).for('markdown')}\n\n`,
    );
  for (const { name, value } of branch.facts) text.appendMarkdown(`- ${name}: ${untrusted(value).for('markdown')}\n`);
  return text;
}

/** Both commands take the collection: reading on keeps the pages that are there. */
function retryCommand({ by, collection }: NonNullable<NoteNode['retry']>): vscode.Command {
  return {
    command: commandId(by === 'loadMore' ? 'loadMore' : 'refreshRow'),
    title: 'Try again',
    arguments: [collection],
  };
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
  const row: readonly (RowAbility | false)[] = [
    branch.sid !== undefined && 'copySid',
    branch.consolePath !== undefined && 'openInConsole',
    branch.opens !== undefined && 'refreshRow',
  ];
  const targets = [branch.target, ...(branch.parts ?? [])].filter((target) => target !== undefined);
  const fits = (action: Action) => targets.some((target) => action.on === target.kind && action.applicable(target));
  // What is listed per account, such as its countries, is chosen after the row.
  const within = (action: Action) => branch.opens !== undefined && isWithinAccount(action);
  const fitting = actions.filter((action) => fits(action) || within(action));
  return [...row.filter((ability) => ability !== false), ...fitting.map(({ id }) => id)];
}

function iconColor({ severity }: Branch): vscode.ThemeColor | undefined {
  if (severity?.level === 'critical') return new vscode.ThemeColor('list.errorForeground');
  if (severity?.level === 'warning') return new vscode.ThemeColor('list.warningForeground');
  return undefined;
}
