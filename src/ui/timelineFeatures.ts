import type * as vscode from 'vscode';
import { UserError } from '../core/errors.ts';
import type { EvidenceStore } from '../core/evidence/evidenceStore.ts';
import type { OpenIncident } from '../core/evidence/incidentStore.ts';
import type { IncidentRow } from '../core/incidentView/row.ts';
import type { Clock, JournalEntry, Log } from '../core/ports.ts';
import { actions } from '../core/registry.ts';
import { noFilter } from '../core/timeline/filter.ts';
import { annotationRecord, handRecord, marksOf, starRecord } from '../core/timeline/marks.ts';
import type { ImportedTraffic } from '../core/traffic/logImport.ts';
import type { RecordedValidation } from '../core/validate/validationRecord.ts';
import type { ActiveIncident } from './activeIncident.ts';
import type { Handlers } from './commands.ts';
import type { ExportTimelineParts } from './exportTimeline.ts';
import { createTimelineEvidence } from './timelineEvidence.ts';
import { createTimelineView, type KnownTimeline, type TimelineView } from './timelineView.ts';

export interface TimelineParts extends ExportTimelineParts {
  readonly incidents: ActiveIncident;
  readonly clock: Clock;
  readonly log: Log;
  readonly memory: vscode.Memento;
  readonly evidenceStore: () => Promise<EvidenceStore>;
  readonly count: (incident: OpenIncident) => Promise<ImportedTraffic>;
  readonly collecting: () => boolean;
  /** What was found of an incident and could not be recorded. */
  readonly unrecorded: (incident: OpenIncident) => RecordedValidation | undefined;
  /** Tells that evidence came or went. */
  readonly onEvidence: (listener: () => void) => vscode.Disposable;
  readonly delay: (milliseconds: number) => Promise<void>;
}

type Commands =
  | 'addTimelineEntry'
  | 'annotateEntry'
  | 'clearTimelineFilter'
  | 'exportTimeline'
  | 'filterTimeline'
  | 'loadMoreEntries'
  | 'reverseTimeline'
  | 'starEntry'
  | 'unstarEntry';

export interface TimelineFeatures extends vscode.Disposable {
  readonly view: TimelineView;
  readonly handlers: Pick<Handlers, Commands>;
}

/** The Timeline view and its commands. Works without an account. */
export function createTimelineFeatures(parts: TimelineParts): TimelineFeatures {
  const { incidents, clock, log, memory, evidenceStore: store, count, collecting, delay } = parts;
  const refresh = (): void => view.refresh();
  const evidence = createTimelineEvidence({ store, count, collecting, log, onChange: refresh });

  async function known(): Promise<KnownTimeline | undefined> {
    const opened = incidents.current;
    if (!opened) return undefined;
    const { knownTimeline } = await import('../core/timeline/knownTimeline.ts');
    const { entries, gaps, reading } = evidence.of(opened);
    const unrecorded = parts.unrecorded(opened);
    return { ...knownTimeline(opened, { entries, gaps }, { now: clock.now(), actions, unrecorded }), reading };
  }
  const view = createTimelineView({ incidents, memory, known, delay });
  const listening = parts.onEvidence(refresh);

  async function shown(): Promise<{ readonly opened: OpenIncident; readonly timeline: KnownTimeline }> {
    const opened = incidents.current;
    const timeline = await known();
    if (!opened || !timeline)
      throw new UserError('bad-input', 'No incident is open. Open one with “Open Incident…”, then try again.');
    return { opened, timeline };
  }
  /** What was asked for is recorded in the incident it was asked for in. */
  async function record(ask: (opened: OpenIncident) => Promise<JournalEntry | undefined>): Promise<void> {
    const { opened } = await shown();
    const { readOnly } = opened.journal;
    if (readOnly !== undefined) throw new UserError('not-allowed', readOnly);
    const entry = await ask(opened);
    if (!entry) return;
    if (incidents.current !== opened)
      throw new UserError('state-moved', 'The incident was switched meanwhile. Nothing was recorded.');
    await incidents.hold(() => opened.journal.append(entry));
    refresh();
  }
  const entryOf = (row: IncidentRow | undefined) => (view.owns(row) ? row.entry : undefined);
  const mark = (row: IncidentRow | undefined, starred: boolean): Promise<void> =>
    record(async ({ journal }) => {
      const entry = entryOf(row);
      const before = entry && marksOf(journal.records).get(entry.id)?.isStarred;
      return !entry || (before ?? false) === starred ? undefined : starRecord(entry.id, starred);
    });

  return {
    view,
    handlers: {
      addTimelineEntry: () =>
        record(async () => {
          const { askEntry } = await import('./timelinePrompts.ts');
          const { kind, text, at } = await askEntry(clock.now);
          return handRecord(kind, text, at);
        }),
      annotateEntry: async (_node, row) => {
        const entry = entryOf(row);
        if (!entry) return;
        const { askAnnotation } = await import('./timelinePrompts.ts');
        await record(async () => annotationRecord(entry.id, await askAnnotation(entry)));
      },
      starEntry: (_node, row) => mark(row, true),
      unstarEntry: (_node, row) => mark(row, false),
      async filterTimeline() {
        const { timeline } = await shown();
        const { askFilter } = await import('./timelinePrompts.ts');
        view.filter = await askFilter(timeline.entries, view.filter);
      },
      clearTimelineFilter() {
        view.filter = noFilter;
      },
      reverseTimeline: () => view.reverse(),
      loadMoreEntries: (_node, row) => view.owns(row) && view.loadMore(row),
      async exportTimeline() {
        const { opened, timeline } = await shown();
        const { exportTimeline } = await import('./exportTimeline.ts');
        await exportTimeline(opened, timeline, view.filter, parts);
      },
    },
    dispose() {
      listening.dispose();
      view.dispose();
    },
  };
}
