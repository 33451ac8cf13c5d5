import { span } from '../model/age.ts';
import type { Incident } from '../model/incident.ts';

/** Whether it still goes on: its window ends less than an hour before somebody wrote it down, and nobody has closed it. */
export function isOngoing({ window, created, status }: Pick<Incident, 'window' | 'created' | 'status'>): boolean {
  return status !== 'closed' && created - window.to < span.hour;
}
