import { logFields } from '../../../core/traffic/logRow.ts';
import { kinds, type Spans } from './spans.ts';

/**
 * Finds the fields of a JSON object that lies on one line: one pass over the bytes, nothing is allocated. Returns the position after
 * the line, or -1 when something is unusual (nested values, exponents, escapes in a field, names in camel case, no valid JSON): then
 * `JSON.parse` must decide. It never accepts what `JSON.parse` would read differently.
 *
 * `bytes` has a line feed at or after the row's end. Element reads are asserted to be there: the line feed stops every loop.
 */
export function scanJsonRow(bytes: Buffer, start: number, spans: Spans): number {
  spans.kind.fill(kinds.none);
  let i = skipBlanks(bytes, start);
  if (bytes[i] !== 0x7b) return -1;
  i = skipBlanks(bytes, i + 1);
  for (let n = 0; ; n++) {
    if (bytes[i] !== 0x22) return -1;
    const key = ++i;
    // Rows of a file have their names in the same order: most are the one that was there in the row before.
    let field: number;
    const { bytes: before, field: fieldBefore } = lastKeys[n] ?? noKey;
    const { length } = before;
    let same = 0;
    while (same < length && before[same] === bytes[key + same]) same++;
    if (same === length && bytes[key + same] === 0x22) {
      i = key + same;
      field = fieldBefore;
    } else {
      let hash = 0;
      for (let c = bytes[i] as number; c !== 0x22; c = bytes[++i] as number) {
        if (c < 0x20 || c === 0x5c) return -1;
        hash = (Math.imul(hash, 33) + c) | 0;
      }
      field = fieldOf(bytes, key, i, hash);
      if (field === camelCase) return -1;
      if (n < rememberedKeys && i - key <= longestKey)
        lastKeys[n] = { bytes: Buffer.from(bytes.subarray(key, i)), field };
    }
    i = skipBlanks(bytes, i + 1);
    if (bytes[i] !== 0x3a) return -1;
    i = skipBlanks(bytes, i + 1);
    const c = bytes[i] as number;
    if (c === 0x22) {
      const from = ++i;
      i = field < 0 ? skipText(bytes, i) : skipAscii(bytes, i);
      if (i < 0) return -1;
      if (field >= 0) note(spans, field, from, i, kinds.text);
      i++;
    } else if (c === 0x2d || (c >= 0x30 && c <= 0x39)) {
      const from = i;
      i = skipNumber(bytes, i);
      if (i < 0) return -1;
      if (field >= 0) note(spans, field, from, i, kinds.number);
    } else {
      i = skipWord(bytes, i);
      if (i < 0) return -1;
      // Of one name written twice the last one counts.
      if (field >= 0) spans.kind[field] = kinds.none;
    }
    i = skipBlanks(bytes, i);
    if (bytes[i] === 0x2c) i = skipBlanks(bytes, i + 1);
    else if (bytes[i] === 0x7d) break;
    else return -1;
  }
  i = skipBlanks(bytes, i + 1);
  return bytes[i] === 0x0a ? i + 1 : -1;
}

function note(spans: Spans, field: number, from: number, to: number, kind: number): void {
  spans.start[field] = from;
  spans.end[field] = to;
  spans.kind[field] = kind;
}

function skipBlanks(bytes: Buffer, from: number): number {
  let i = from;
  while (bytes[i] === 0x20 || bytes[i] === 0x09 || bytes[i] === 0x0d) i++;
  return i;
}

/** To the closing quote of a text nobody reads; -1 when JSON does not allow it. */
function skipText(bytes: Buffer, from: number): number {
  let i = from;
  for (;;) {
    const c = bytes[i] as number;
    if (c > 0x5c || (c > 0x22 && c < 0x5c)) i++;
    else if (c === 0x22) return i;
    else if (c === 0x5c) {
      i = skipEscape(bytes, i + 1);
      if (i < 0) return -1;
    } else if (c < 0x20) return -1;
    else i++;
  }
}

function skipEscape(bytes: Buffer, i: number): number {
  switch (bytes[i]) {
    case 0x22:
    case 0x5c:
    case 0x2f:
    case 0x62:
    case 0x66:
    case 0x6e:
    case 0x72:
    case 0x74:
      return i + 1;
    case 0x75:
      for (let digit = i + 1; digit < i + 5; digit++) if (!isHex(bytes[digit] as number)) return -1;
      return i + 5;
    default:
      return -1;
  }
}

function isHex(c: number): boolean {
  return (c >= 0x30 && c <= 0x39) || (c >= 0x41 && c <= 0x46) || (c >= 0x61 && c <= 0x66);
}

/** To the closing quote of a field's text, which is plain ASCII or left to `JSON.parse`. */
function skipAscii(bytes: Buffer, from: number): number {
  let i = from;
  for (let c = bytes[i] as number; c !== 0x22; c = bytes[++i] as number)
    if (c < 0x20 || c === 0x5c || c > 0x7e) return -1;
  return i;
}

function skipDigits(bytes: Buffer, from: number): number {
  let i = from;
  while ((bytes[i] as number) >= 0x30 && (bytes[i] as number) <= 0x39) i++;
  return i;
}

function skipNumber(bytes: Buffer, from: number): number {
  const whole = bytes[from] === 0x2d ? from + 1 : from;
  let i = skipDigits(bytes, whole);
  if (i === whole || (bytes[whole] === 0x30 && i > whole + 1)) return -1;
  if (bytes[i] === 0x2e) {
    const fraction = i + 1;
    i = skipDigits(bytes, fraction);
    if (i === fraction) return -1;
  }
  return bytes[i] === 0x65 || bytes[i] === 0x45 ? -1 : i;
}

const words = ['null', 'true', 'false'].map((word) => Buffer.from(word));

function skipWord(bytes: Buffer, i: number): number {
  for (const word of words) {
    let n = 0;
    while (n < word.length && bytes[i + n] === word[n]) n++;
    if (n === word.length) return i + n;
  }
  return -1;
}

const notAField = -1;
const camelCase = -2;
const keySlots = 512;

const rememberedKeys = 32;
const longestKey = 40;

interface Key {
  readonly bytes: Buffer;
  readonly field: number;
}

/** An empty name is no field. */
const noKey: Key = { bytes: Buffer.alloc(0), field: notAField };
const lastKeys: Key[] = [];
const keyTable: (readonly Key[] | undefined)[] = Array.from({ length: keySlots });
for (const [field, name] of logFields.entries()) {
  addKey(name, field);
  const camel = camelCased(name);
  if (camel !== name) addKey(camel, camelCase);
}

/** `date_sent` → `dateSent`: the name the Twilio CLI and the SDKs give it. */
export function camelCased(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function addKey(name: string, field: number): void {
  const bytes = Buffer.from(name);
  const slot = bytes.reduce((hash, c) => (Math.imul(hash, 33) + c) | 0, 0) & (keySlots - 1);
  keyTable[slot] = [...(keyTable[slot] ?? []), { bytes, field }];
}

function fieldOf(bytes: Buffer, start: number, end: number, hash: number): number {
  const found = keyTable[hash & (keySlots - 1)];
  if (found)
    for (const { bytes: key, field } of found) {
      if (key.length !== end - start) continue;
      let n = 0;
      while (n < key.length && key[n] === bytes[start + n]) n++;
      if (n === key.length) return field;
    }
  return notAField;
}
