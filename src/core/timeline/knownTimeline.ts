import type { OpenIncident } from '../evidence/incidentStore.ts';
import { knownEvidence } from '../incidentView/knownEvidence.ts';
import type { NamedAction } from '../rca/containmentSteps.ts';
import { lastValidation, type RecordedValidation } from '../validate/validationRecord.ts';
import type { KnownEntry, MarkedEntry } from './entry.ts';
import { indicatorEntries } from './evidenceEntries.ts';
import { journalEntries } from './journalEntries.ts';
import { marksOf } from './marks.ts';
import { mergeEntries } from './mergeEntries.ts';
import { lackOf } from './timelineRows.ts';

/**
 * The timeline of an incident, oldest first: what its journal tells, and what was read of its evidence before. `gaps`: what is missing, sentences that
 * may hold hostile text. `now`: epoch milliseconds. `unrecorded`: what was found and the journal does not have.
 */
export function knownTimeline(
  { incident, journal: { records } }: OpenIncident,
  evidence: { readonly entries: readonly KnownEntry[]; readonly gaps: readonly string[] },
  {
    now,
    actions,
    unrecorded,
  }: {
    readonly now: number;
    readonly actions: readonly NamedAction[];
    readonly unrecorded?: RecordedValidation | undefined;
  },
): { readonly entries: readonly MarkedEntry[]; readonly gaps: readonly string[] } {
  const validation = unrecorded ?? lastValidation(records);
  const entries = [
    ...evidence.entries,
    ...indicatorEntries(validation?.results ?? []),
    ...journalEntries(records, actions),
  ];
  const lack = incident ? lackOf(knownEvidence(incident, records, now).coverage) : [];
  return { entries: mergeEntries(entries, marksOf(records)), gaps: [...new Set([...lack, ...evidence.gaps])] };
}
