import { isAt, type Pattern, patternOf } from './pattern.ts';

/** Codes for a few different values. A cache in front finds the code of bytes without making a text of them. */
export interface Dictionary<T extends string | number> {
  readonly values: readonly T[];
  /** The value's code; -1 when there are more values than the column can tell apart. */
  codeOf(value: T): number;
}

export interface TextDictionary extends Dictionary<string> {
  /** The code of what these ASCII bytes mean; `view` shows the same bytes, and three more. */
  codeOfBytes(bytes: Buffer, view: DataView, start: number, end: number): number;
}

/** `width` is the column's, in bytes. */
export function createDictionary<T extends string | number>(width: 1 | 2): Dictionary<T> {
  const most = width === 1 ? 0x100 : 0x1_0000;
  const codes = new Map<T, number>();
  const values: T[] = [];
  return {
    values,
    codeOf(value) {
      const code = codes.get(value);
      if (code !== undefined) return code;
      if (values.length === most) return -1;
      codes.set(value, values.length);
      return values.push(value) - 1;
    },
  };
}

interface Remembered {
  readonly pattern: Pattern;
  readonly code: number;
}

const slots = 1024;
const longest = 64;

/** `meaning` makes the value of the text a log has; equal texts must mean the same. */
export function createTextDictionary(width: 1 | 2, meaning: (text: string) => string): TextDictionary {
  const dictionary = createDictionary<string>(width);
  const remembered: (Remembered | undefined)[] = Array.from({ length: slots });
  return {
    ...dictionary,
    codeOfBytes(bytes, view, start, end) {
      const length = end - start;
      // Its ends and its length tell nearly all apart.
      const first = length < 4 ? 0 : view.getInt32(start, true);
      const last = length < 4 ? 0 : view.getInt32(end - 4, true);
      const hash = Math.imul(Math.imul(first + length, 0x9e37_79b1) ^ last, 0x85eb_ca6b);
      const slot = hash >>> 22;
      const known = remembered[slot];
      if (known && known.pattern.length === length && isAt(known.pattern, view, start)) return known.code;
      const code = dictionary.codeOf(meaning(bytes.toString('latin1', start, end)));
      if (code >= 0 && length <= longest) remembered[slot] = { pattern: patternOf(bytes.subarray(start, end)), code };
      return code;
    },
  };
}
