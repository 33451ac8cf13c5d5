import * as vscode from 'vscode';
import type { OpenIncident } from '../core/evidence/incidentStore.ts';
import { contextKeys } from '../core/manifest/commands.ts';
import { views } from '../core/manifest/contributes.ts';
import { draggedEntry } from '../core/rca/dragged.ts';
import type { MarkedEntry } from '../core/timeline/entry.ts';
import { filterEntries, isFiltering, noFilter, type TimelineFilter } from '../core/timeline/filter.ts';
import { groupEntries, type Order } from '../core/timeline/groups.ts';
import { childRows, gapRows, groupRows, rowsPerPage, type TimelineRow } from '../core/timeline/timelineRows.ts';
import { untrusted } from '../core/untrusted.ts';
import type { ActiveIncident } from './activeIncident.ts';
import { setContext } from './contextKey.ts';
import { dragging } from './rca/dragging.ts';
import { toTimelineItem } from './timelineItem.ts';

/** Everything known of the open incident, oldest first, and what is missing. */
export interface KnownTimeline {
  readonly entries: readonly MarkedEntry[];
  readonly gaps: readonly string[];
  /** More is being read. */
  readonly reading: boolean;
}

/** The Timeline view of this window. */
export interface TimelineView extends vscode.Disposable {
  readonly provider: vscode.TreeDataProvider<TimelineRow>;
  refresh(): void;
  filter: TimelineFilter;
  readonly order: Order;
  reverse(): Promise<void>;
  /** Shows more of what this row, "Load more", stands for. */
  loadMore(row: TimelineRow): void;
  /** True for rows this view shows now: whatever else calls a command passes nothing of use. */
  owns(value: unknown): value is TimelineRow;
}

export interface TimelineViewParts {
  readonly incidents: ActiveIncident;
  readonly memory: vscode.Memento;
  /** What is known of the open incident; `undefined` when none is open. */
  readonly known: () => Promise<KnownTimeline | undefined>;
  readonly delay: (milliseconds: number) => Promise<void>;
}

const memoryKey = 'timelineOrder';
/** Milliseconds. While evidence comes in, the journal grows many times a second. */
const calm = 700;

/** Registers the view. Without an incident it is empty, and VS Code shows its welcome text. */
export function createTimelineView({ incidents, memory, known, delay }: TimelineViewParts): TimelineView {
  const changed = new vscode.EventEmitter<undefined>();
  const limits = new Map<string, number>();
  let shown = new WeakSet<TimelineRow>();
  let filter = noFilter;
  let order: Order = memory.get<Order>(memoryKey) === 'oldest' ? 'oldest' : 'newest';

  const own = (rows: readonly TimelineRow[]): TimelineRow[] => {
    for (const row of rows) shown.add(row);
    return [...rows];
  };
  const limitOf = (id: string): number => limits.get(id) ?? rowsPerPage;
  const provider: vscode.TreeDataProvider<TimelineRow> = {
    onDidChangeTreeData: changed.event,
    getTreeItem: toTimelineItem,
    async getChildren(row) {
      if (row) return row.group ? own(childRows(row.group, limitOf(row.group.id))) : [];
      const asked = incidents.current;
      const timeline = await known();
      if (asked !== incidents.current) return [];
      shown = new WeakSet();
      if (!timeline) return [];
      const entries = filterEntries(timeline.entries, filter);
      describe(entries.length, timeline);
      const groups = groupEntries(entries, order);
      return own([...gapRows(timeline.gaps), ...groupRows(groups, limitOf(''))]);
    },
  };
  const view = vscode.window.createTreeView(views.timeline, {
    treeDataProvider: provider,
    showCollapseAll: true,
    dragAndDropController: dragging(draggedEntry),
  });

  function describe(count: number, { entries, reading }: KnownTimeline): void {
    const all = entries.length.toLocaleString('en-US');
    const what = isFiltering(filter) ? `${count.toLocaleString('en-US')} of ${all}, filtered` : `${all}, UTC`;
    view.description = untrusted(reading ? `${what}, reading the evidence…` : what).for('label');
  }
  function refresh(): void {
    changed.fire(undefined);
  }
  let isDisposed = false;
  /** Any part of the extension may record something, and a journal only grows: looking at its length costs nothing. */
  async function watch(opened: OpenIncident): Promise<void> {
    let seen = opened.journal.records.length;
    while (incidents.current === opened && !isDisposed) {
      await delay(calm);
      const { length } = opened.journal.records;
      if (length === seen || incidents.current !== opened) continue;
      seen = length;
      refresh();
    }
  }
  function follow(): void {
    limits.clear();
    filter = noFilter;
    void setContext(contextKeys.timelineFiltered, false);
    if (incidents.current) void watch(incidents.current);
    view.description = '';
    refresh();
  }
  follow();
  const listening = incidents.onDidChange(follow);
  return {
    provider,
    refresh,
    get filter() {
      return filter;
    },
    set filter(next) {
      filter = next;
      limits.clear();
      void setContext(contextKeys.timelineFiltered, isFiltering(next));
      refresh();
    },
    get order() {
      return order;
    },
    async reverse() {
      order = order === 'newest' ? 'oldest' : 'newest';
      await memory.update(memoryKey, order);
      refresh();
    },
    loadMore({ moreOf }) {
      if (moreOf === undefined) return;
      limits.set(moreOf, limitOf(moreOf) + rowsPerPage);
      refresh();
    },
    owns: (value): value is TimelineRow =>
      typeof value === 'object' && value !== null && shown.has(value as TimelineRow),
    dispose() {
      isDisposed = true;
      vscode.Disposable.from(view, changed, listening).dispose();
    },
  };
}
