const numbers = new Intl.NumberFormat('en-US');

/** How far reading is; the rows are gone through twice or three times. */
export interface ReadingState {
  readonly rows: number;
  readonly total: number;
  /** From 1. */
  readonly reading: number;
}

/** `12,000 of 48,211 rows, first reading`. */
export function readingText({ rows, total, reading }: ReadingState): string {
  const which = reading === 1 ? 'first' : reading === 2 ? 'second' : 'third';
  return `${numbers.format(Math.min(rows, total))} of ${numbers.format(total)} rows, ${which} reading`;
}
