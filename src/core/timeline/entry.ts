import type { Severity } from '../accounts/nodeKind.ts';
import type { RowFact } from '../incidentView/row.ts';
import type { TimelineEntry } from '../rca/timelineEntry.ts';

/** What the Timeline view can be filtered by, and what each is called on screen. */
export const entryKinds = {
  event: 'Security events',
  code: 'Error codes',
  traffic: 'Traffic',
  indicator: 'Indicators',
  containment: 'Containment',
  support: 'Support contacts',
  note: 'Notes, detections and decisions',
  status: 'Status',
  collection: 'Evidence',
  document: 'Documents and exports',
} as const;
export type EntryKind = keyof typeof entryKinds;

/** Something that happened, as the Timeline view knows it. `about`, values of `facts` and `notes` are hostile text. */
export interface KnownEntry extends TimelineEntry {
  /** Stays the same when evidence is collected again: an event's SID, `J12` of a record, `traffic/RU/onset`. */
  readonly id: string;
  readonly kind: EntryKind;
  readonly level?: Severity;
  readonly facts?: readonly RowFact[];
  /** A document in the incident's folder. */
  readonly file?: string;
}

/** An entry with what a person made of it. */
export interface MarkedEntry extends KnownEntry {
  readonly isStarred: boolean;
  /** Annotations, oldest first. */
  readonly notes: readonly string[];
}
