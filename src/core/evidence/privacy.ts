import type { JournalEntry } from '../ports.ts';
import type { ChainRecord } from './record.ts';

/** How message bodies of an incident are kept: with one-time codes masked, or as they are. */
export type Bodies = 'masked' | 'full';

/** The record of the person's choice. The newest one counts, for what is captured after it. */
export function privacyEntry(bodies: Bodies): JournalEntry {
  return { type: 'privacy', bodies };
}

/** How bodies are kept from now on. Masked unless the person chose otherwise for this incident. */
export function bodiesOf(records: readonly ChainRecord[]): Bodies {
  return lastChoice(records)?.['bodies'] === 'full' ? 'full' : 'masked';
}

/** Whether the person was asked: they are asked once per incident. */
export function privacyChosen(records: readonly ChainRecord[]): boolean {
  return lastChoice(records) !== undefined;
}

function lastChoice(records: readonly ChainRecord[]): ChainRecord | undefined {
  return records.findLast(({ type }) => type === 'privacy');
}
