import { UserError } from '../errors.ts';
import type { Cancellation } from '../ports.ts';
import type { ImportedTraffic } from '../traffic/logImport.ts';
import type { RecipientCount } from '../traffic/recipientCount.ts';
import type { TrafficRow } from './facts.ts';

/** How many different numbers got messages of the attack. */
export interface RecipientFacts extends RecipientCount {
  /** Of messages to countries that stood out, from then on; epoch milliseconds. */
  readonly since: number;
  /** `E3`. */
  readonly citations: readonly string[];
}

/**
 * Counts who got messages in the countries with more traffic than expected, from the onset on (epoch milliseconds). A sentence instead when the
 * rows are gone; nothing when nothing stood out.
 */
export async function recipientsOf(
  rows: readonly TrafficRow[],
  onset: number | undefined,
  count: ImportedTraffic['recipients'],
  cancel?: Cancellation,
): Promise<RecipientFacts | { readonly gap: string } | undefined> {
  const excess = rows.filter((row) => row.excess > 0);
  if (onset === undefined || excess.length === 0 || !count) return undefined;
  const citations = [...new Set(excess.flatMap((row) => row.citations ?? []))];
  try {
    const scope = { countries: new Set(excess.map(({ country }) => country)), since: onset };
    return { ...(await count(scope, cancel)), since: onset, citations };
  } catch (reason) {
    if (reason instanceof UserError) return { gap: reason.message };
    throw reason;
  }
}
