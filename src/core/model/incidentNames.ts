import type { Incident } from './incident.ts';

/** An incident that a workspace holds already. */
export type NamedIncident = Pick<Incident, 'title' | 'status' | 'created'>;

/** The newest of these that is called the same, whatever its capitals and blanks; `undefined` where the name is free. */
export function ofSameName(title: string, others: readonly NamedIncident[]): NamedIncident | undefined {
  return others
    .filter((one) => plain(one.title) === plain(title))
    .reduce<NamedIncident | undefined>(
      (newest, one) => (newest && newest.created >= one.created ? newest : one),
      undefined,
    );
}

/** The name, or the first that is free of `SMS pumping 2`, `SMS pumping 3`. */
export function freeName(title: string, others: readonly NamedIncident[]): string {
  let name = title;
  for (let number = 2; ofSameName(name, others); number++) name = `${title} ${number}`;
  return name;
}

/** `2026-11-21`, UTC: the day it was started. */
export function dayStarted({ created }: Pick<Incident, 'created'>): string {
  return new Date(created).toISOString().slice(0, 10);
}

function plain(title: string): string {
  return title.normalize('NFKC').trim().replaceAll(/\s+/g, ' ').toLowerCase();
}
