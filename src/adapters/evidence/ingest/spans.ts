import { type LogField, logFields } from '../../../core/traffic/logRow.ts';

/** Where each field's value lies in the bytes of a row. */
export interface Spans {
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** See `kinds`. */
  readonly kind: Uint8Array;
}

/** What is between `start` and `end`: nothing, a text (quotes outside), a number as JSON writes it, a CSV text whose quotes are doubled. */
export const kinds = { none: 0, text: 1, number: 2, doubled: 3 } as const;

/** The positions of the fields in `Spans`. */
export const at = Object.freeze(
  Object.fromEntries(logFields.map((name, index) => [name, index])) as Record<LogField, number>,
);

export function createSpans(): Spans {
  const { length } = logFields;
  return { start: new Int32Array(length), end: new Int32Array(length), kind: new Uint8Array(length) };
}
