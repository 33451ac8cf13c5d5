import * as vscode from 'vscode';
import type { IncidentRow, RowFact, RowTone } from '../core/incidentView/row.ts';
import { commandId, commands } from '../core/manifest/commands.ts';
import { isoSeconds } from '../core/model/age.ts';
import { untrusted } from '../core/untrusted.ts';
import { inertMarkdown } from './inertMarkdown.ts';

const colors: Readonly<Record<RowTone, string>> = {
  good: 'testing.iconPassed',
  warning: 'list.warningForeground',
  bad: 'list.errorForeground',
};

/** The one place where a row of the Incident view becomes something VS Code draws: every string is made inert here. */
export function toIncidentItem(row: IncidentRow): vscode.TreeItem {
  const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  const state = !row.children?.length ? None : row.expanded ? Expanded : Collapsed;
  const label = untrusted(row.label).for('label');
  const item = new vscode.TreeItem(label, state);
  const description = untrusted(row.description ?? '').for('label');
  // VS Code remembers an item it drew without children as closed: one that is to open by itself is another one.
  item.id = state === Expanded ? `${row.id}+` : row.id;
  item.description = description;
  item.iconPath = new vscode.ThemeIcon(row.icon, row.tone && new vscode.ThemeColor(colors[row.tone]));
  item.contextValue = (row.abilities ?? []).join(' ');
  item.tooltip = tooltip(row);
  // The icon says nothing to a screen reader; the description begins with the same in words.
  item.accessibilityInformation = { label: description ? `${label}, ${description}` : label };
  if (row.file !== undefined)
    item.command = { command: commandId('openIncidentFile'), title: 'Open', arguments: [row] };
  else if (row.clicks)
    item.command = { command: commandId(row.clicks), title: commands[row.clicks].title, arguments: [row] };
  else if (row.runs) item.command = { command: commandId(row.runs), title: row.label };
  return item;
}

/** Inert text, no links, no commands. A row cuts its description off; here it is whole, unless a sentence says the same. */
function tooltip({ label, description = '', facts = [], sentences = [] }: IncidentRow): vscode.MarkdownString {
  const text = inertMarkdown(`${untrusted(label).for('markdown')}\n\n`);
  const isTold = sentences.some((sentence) => sentence.includes(description) || description.includes(sentence));
  if (!isTold && description !== '') text.appendMarkdown(`${untrusted(description).for('markdown')}\n\n`);
  for (const { name, value } of facts) text.appendMarkdown(`- ${name}: ${valueText(value)}\n`);
  for (const sentence of sentences) text.appendMarkdown(`\n${untrusted(sentence).for('markdown')}\n`);
  return text;
}

/** Times are UTC everywhere; here stands the local one beside it. */
function valueText(value: RowFact['value']): string {
  if (typeof value === 'string') return untrusted(value).for('markdown');
  const local = new Date(value.at).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
  const exact = `${isoSeconds(value.at).slice(0, -1).replace('T', ' ')} UTC`;
  return `${exact} (${untrusted(local).for('label')} local time)`;
}
