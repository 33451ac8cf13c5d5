import * as vscode from 'vscode';
import type { IncidentRow } from '../core/incidentView/row.ts';
import { contextKeys } from '../core/manifest/commands.ts';
import { views } from '../core/manifest/contributes.ts';
import { draggedEvidence } from '../core/rca/dragged.ts';
import { untrusted } from '../core/untrusted.ts';
import type { ActiveIncident } from './activeIncident.ts';
import { setContext } from './contextKey.ts';
import type { IncidentPicture } from './incidentFacts.ts';
import { toIncidentItem } from './incidentItem.ts';
import { dragging } from './rca/dragging.ts';

/** The Incident view of this window. */
export interface IncidentView extends vscode.Disposable {
  readonly provider: vscode.TreeDataProvider<IncidentRow>;
  /** What the view's icon says: how many steps are open. */
  readonly badge: vscode.ViewBadge | undefined;
  /** Shows what is known now: something was recorded, or a file came or went. */
  refresh(): void;
  /** True for rows this view shows now: whatever else calls a command passes nothing of use. */
  owns(value: unknown): value is IncidentRow;
}

export interface IncidentViewParts {
  readonly incidents: ActiveIncident;
  /** The open incident as it is drawn; `undefined` when none is open. */
  readonly picture: () => Promise<IncidentPicture | undefined>;
}

/** Registers the view. Without an incident it is empty, and VS Code shows its welcome text. */
export function createIncidentView({ incidents, picture }: IncidentViewParts): IncidentView {
  const changed = new vscode.EventEmitter<undefined>();
  let shown = new WeakSet<IncidentRow>();

  function own(rows: readonly IncidentRow[]): void {
    for (const row of rows) {
      shown.add(row);
      own(row.children ?? []);
    }
  }
  const provider: vscode.TreeDataProvider<IncidentRow> = {
    onDidChangeTreeData: changed.event,
    getTreeItem: toIncidentItem,
    async getChildren(row) {
      if (row) return [...(row.children ?? [])];
      const asked = incidents.current;
      const drawn = await picture();
      if (asked !== incidents.current) return [];
      shown = new WeakSet();
      const rows = drawn?.rows ?? [];
      own(rows);
      view.badge = drawn?.badge;
      void setContext(
        contextKeys.collected,
        drawn?.facts.coverage.some(({ state }) => state !== 'not collected') ?? false,
      );
      return [...rows];
    },
  };
  const view = vscode.window.createTreeView(views.incident, {
    treeDataProvider: provider,
    showCollapseAll: true,
    dragAndDropController: dragging((row: IncidentRow) =>
      draggedEvidence(row, incidents.current?.journal.records ?? []),
    ),
  });
  let watching: vscode.Disposable | undefined;

  function refresh(): void {
    changed.fire(undefined);
  }
  function follow(): void {
    const open = incidents.current;
    view.description = open && untrusted(open.title).for('label');
    watching?.dispose();
    watching = open && watch(open.folder, refresh);
    refresh();
  }
  follow();
  // Files that are watched are told of late on a busy machine, and journals not at all.
  const listening = vscode.Disposable.from(incidents.onDidChange(follow), incidents.onDidWork(refresh));
  return {
    provider,
    get badge() {
      return view.badge;
    },
    refresh,
    owns: (value): value is IncidentRow =>
      typeof value === 'object' && value !== null && shown.has(value as IncidentRow),
    dispose() {
      watching?.dispose();
      vscode.Disposable.from(view, changed, listening).dispose();
    },
  };
}

/** Documents are rows: they come and go. */
function watch(folder: string, onChange: () => void): vscode.Disposable {
  const files = new vscode.RelativePattern(vscode.Uri.file(folder), '*.md');
  const watcher = vscode.workspace.createFileSystemWatcher(files);
  // Whether evidence could get into git.
  const ignoring = vscode.workspace.createFileSystemWatcher(
    new vscode.RelativePattern(vscode.Uri.file(folder), '.gitignore'),
  );
  return vscode.Disposable.from(
    watcher,
    watcher.onDidCreate(onChange),
    // What a document lacks is told of what was saved.
    watcher.onDidChange(onChange),
    watcher.onDidDelete(onChange),
    ignoring,
    ignoring.onDidCreate(onChange),
    ignoring.onDidChange(onChange),
    ignoring.onDidDelete(onChange),
  );
}
