import * as vscode from 'vscode';
import { commandId } from '../core/manifest/commands.ts';
import type { TimelineRow } from '../core/timeline/timelineRows.ts';
import { untrusted } from '../core/untrusted.ts';
import { toIncidentItem } from './incidentItem.ts';

/** A row of the Timeline view as VS Code draws it. Every string is made inert. */
export function toTimelineItem(row: TimelineRow): vscode.TreeItem {
  const item = toIncidentItem(row);
  const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  if (row.group) {
    item.collapsibleState = row.expanded ? Expanded : Collapsed;
    // The label says it all.
    item.tooltip = undefined;
  }
  if (row.moreOf !== undefined) {
    item.tooltip = undefined;
    item.command = { command: commandId('loadMoreEntries'), title: 'Load more', arguments: [row] };
  }
  if (row.spoken !== undefined) item.accessibilityInformation = { label: untrusted(row.spoken).for('toast') };
  return item;
}
