/** Codes for a few different values. A cache in front finds the code of bytes without making a text of them. */
export interface Dictionary<T extends string | number> {
  readonly values: readonly T[];
  /** The value's code; -1 when there are more values than the column can tell apart. */
  codeOf(value: T): number;
}

export interface TextDictionary extends Dictionary<string> {
  /** The code of what these ASCII bytes mean. */
  codeOfBytes(bytes: Buffer, start: number, end: number): number;
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
  readonly bytes: Uint8Array;
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
    codeOfBytes(bytes, start, end) {
      let hash = end - start;
      for (let i = start; i < end; i++) hash = (Math.imul(hash, 31) + (bytes[i] as number)) | 0;
      const slot = (hash ^ (hash >>> 10)) & (slots - 1);
      const known = remembered[slot];
      if (known && isSame(known.bytes, bytes, start, end)) return known.code;
      const code = dictionary.codeOf(meaning(bytes.toString('latin1', start, end)));
      if (code >= 0 && end - start <= longest)
        remembered[slot] = { bytes: Uint8Array.from(bytes.subarray(start, end)), code };
      return code;
    },
  };
}

function isSame(known: Uint8Array, bytes: Buffer, start: number, end: number): boolean {
  if (known.length !== end - start) return false;
  for (let i = 0; i < known.length; i++) if (known[i] !== bytes[start + i]) return false;
  return true;
}
