import { span } from '../model/age.ts';
import type { Window } from '../traffic/window.ts';
import type { EvidenceSource } from './source.ts';

/** Days of traffic in all that the detector and the indicators are given: two of each weekday. */
const wholeDays = 14;

/** So many days before a window make two weeks with it; 0 when the window itself is as long. */
export function usualDaysBefore({ from, to }: Window): number {
  return Math.max(0, wholeDays - Math.floor((to - from) / span.day));
}

/** The sources, with so many days before the window where these tell what is usual. */
export function withDaysBefore(sources: readonly EvidenceSource[], days: number): readonly EvidenceSource[] {
  if (days === 0) return sources;
  return sources.map((source) =>
    source.mayLeadDays === undefined ? source : { ...source, leadDays: Math.min(days, source.mayLeadDays) },
  );
}
