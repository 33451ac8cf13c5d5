import type { CapturedRow } from '../evidence/evidenceStore.ts';
import { countryOf } from '../traffic/country.ts';
import { readMessage } from '../traffic/message.ts';

/** How many different numbers got messages of the attack. */
export interface RecipientFacts {
  readonly numbers: number;
  /** Of messages to countries that stood out, from then on; epoch milliseconds. */
  readonly since: number;
  /** `E3`. */
  readonly citations: readonly string[];
}

/** Above so many captured messages they are not counted: a row takes microseconds, and a document should not take minutes. */
export const mostCountedMessages = 250_000;

/** Counts recipients of outbound messages to these countries at or after `since`. Rows of one message may come more than once. */
export async function countRecipients(
  rows: AsyncIterable<CapturedRow> | Iterable<CapturedRow>,
  scope: {
    readonly countries: ReadonlySet<string>;
    readonly since: number;
    readonly idOf: (file: string) => string | undefined;
  },
): Promise<RecipientFacts> {
  const { countries, since, idOf } = scope;
  const numbers = new Set<string>();
  const files = new Set<string>();
  for await (const { row, file } of rows) {
    const message = readMessage(row);
    if (!message?.outbound || message.at < since || !countries.has(countryOf(message.to))) continue;
    numbers.add(message.to);
    files.add(file);
  }
  return { numbers: numbers.size, since, citations: [...files].flatMap((file) => idOf(file) ?? []) };
}
