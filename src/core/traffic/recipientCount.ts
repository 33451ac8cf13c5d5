import { createDistinct } from './distinct.ts';
import { codesWhere, isOutbound, type LogColumns } from './logColumns.ts';
import { noEnding } from './numberBlock.ts';

/** Whose recipients are counted: outbound messages to these countries, sent at or after `since`, in epoch milliseconds. */
export interface RecipientScope {
  readonly countries: ReadonlySet<string>;
  readonly since: number;
}

export interface RecipientCount {
  /** Different numbers, exactly. A number is the same by SMS and by another channel. */
  readonly numbers: number;
  /** Messages whose recipient is not known whole: masked, or no phone number. */
  readonly unknown: number;
}

/** Columns of some rows; `ending` as of `endingOf`. */
export interface RecipientColumns extends Pick<LogColumns, 'rows' | 'time' | 'country' | 'direction' | 'block'> {
  readonly ending: Uint16Array;
}

/** Counts the recipients of rows as they are added; `done` in steps, to be run to its end. */
export function createRecipientCount(
  { countries, since }: RecipientScope,
  values: { readonly countries: readonly string[]; readonly directions: readonly string[] },
) {
  const isWanted = codesWhere(values.countries, (name) => countries.has(name));
  const isSent = codesWhere(values.directions, isOutbound);
  const from = since / 1000;
  const numbers = createDistinct();
  let unknown = 0;
  return {
    add({ rows, time, country, direction, block, ending }: RecipientColumns): void {
      for (let row = 0; row < rows; row++) {
        if ((time[row] ?? 0) < from || isWanted[country[row] ?? 0] !== 1 || isSent[direction[row] ?? 0] !== 1) continue;
        const last = ending[row] ?? noEnding;
        if (last === noEnding) unknown += 1;
        else numbers.add((block[row] ?? 0) * 10_000 + last);
      }
    },
    *done(): Generator<void, RecipientCount, void> {
      return { numbers: yield* numbers.size(), unknown };
    },
  };
}
