import type { EvidenceStore } from '../core/evidence/evidenceStore.ts';
import { heldCaptures } from '../core/evidence/heldCaptures.ts';
import type { OpenIncident } from '../core/evidence/incidentStore.ts';
import type { Log } from '../core/ports.ts';
import type { KnownEntry } from '../core/timeline/entry.ts';
import type { ImportedTraffic } from '../core/traffic/logImport.ts';
import { untrusted } from '../core/untrusted.ts';

export interface TimelineEvidenceParts {
  readonly store: () => Promise<EvidenceStore>;
  /** Counts the messages captured for an incident. */
  readonly count: (incident: OpenIncident) => Promise<ImportedTraffic>;
  readonly collecting: () => boolean;
  readonly log: Log;
  /** More is known now. */
  readonly onChange: () => void;
}

/** What the evidence of one incident tells a timeline. */
export interface TimelineEvidence {
  readonly entries: readonly KnownEntry[];
  /** What is missing, sentences that may hold hostile text. */
  readonly gaps: readonly string[];
  readonly reading: boolean;
}

interface Read {
  readonly captures: string;
  readonly entries: readonly KnownEntry[];
  readonly gaps: readonly string[];
}

/**
 * Reads evidence for the timeline beside what else is going on: `of` gives what is known by now at once, and begins to read when captures came or
 * went. While evidence is being collected, what was read before stays.
 */
export function createTimelineEvidence(parts: TimelineEvidenceParts) {
  const read = new WeakMap<OpenIncident, Read>();
  let reading: OpenIncident | undefined;

  async function begin(opened: OpenIncident, captures: string): Promise<void> {
    reading = opened;
    try {
      read.set(opened, { captures, ...(await readAll(opened, parts)) });
    } catch (reason) {
      parts.log.error(untrusted(`timeline: ${reason}`).for('log'));
      read.set(opened, { captures, entries: [], gaps: ['The evidence could not be read. The log has details.'] });
    } finally {
      reading = undefined;
      parts.onChange();
    }
  }
  return {
    of(opened: OpenIncident): TimelineEvidence {
      const held = heldCaptures(opened.journal.records);
      const captures = held.map(({ capture }) => capture.sha256).join();
      const known = read.get(opened);
      const isDue = (known?.captures ?? '') !== captures;
      if (isDue && !reading && !parts.collecting()) void begin(opened, captures);
      return { entries: known?.entries ?? [], gaps: known?.gaps ?? [], reading: isDue };
    },
  };
}

async function readAll(
  opened: OpenIncident,
  { store, count, log }: TimelineEvidenceParts,
): Promise<Omit<Read, 'captures'>> {
  const [{ readEvidence }, { trafficEntries }, { trafficFacts }] = await Promise.all([
    import('../core/timeline/readEvidence.ts'),
    import('../core/timeline/evidenceEntries.ts'),
    import('../core/traffic/rcaTraffic.ts'),
  ]);
  const logs = await readEvidence(opened, await store());
  const hasMessages = heldCaptures(opened.journal.records).some(({ capture }) => capture.source === 'messages');
  if (!hasMessages) return logs;
  try {
    const { traffic = [], gaps } = trafficFacts((await count(opened)).report);
    return { entries: [...logs.entries, ...trafficEntries(traffic)], gaps: [...logs.gaps, ...gaps] };
  } catch (reason) {
    log.error(untrusted(`timeline, traffic: ${reason}`).for('log'));
    return {
      ...logs,
      gaps: [...logs.gaps, 'The collected messages could not be counted, so no onset of traffic is here.'],
    };
  }
}
