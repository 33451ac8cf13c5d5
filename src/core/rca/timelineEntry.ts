/** Something that happened. Epoch milliseconds, UTC. */
export interface TimelineEntry {
  /** What it is marked by; without one the first citation. */
  readonly id?: string;
  readonly at: number;
  readonly lane: Lane;
  /** Our own words. */
  readonly what: string;
  /** Names, addresses and notes: hostile text. */
  readonly about?: readonly string[];
  readonly citations: readonly string[];
  /** `suspicious`: of an address the log did not know before. `grave`: a grave event of any other. `ordinary`: of an address it knew. */
  readonly standing?: 'suspicious' | 'grave' | 'ordinary';
}

/** What persons made of an entry. */
export interface Mark {
  readonly isStarred: boolean;
  /** Annotations, oldest first: hostile text. */
  readonly notes: readonly string[];
}

/** What a timeline of limited length keeps first: what is not an event of the account, then by standing. */
export function rankOf({ lane, standing }: TimelineEntry): number {
  if (lane !== 'Account' || standing === 'suspicious') return 0;
  return standing === 'ordinary' ? 2 : 1;
}

export const lanes = ['Account', 'Traffic', 'Containment', 'Support', 'Notes', 'Record'] as const;
export type Lane = (typeof lanes)[number];
