import { logFields } from '../../../core/traffic/logRow.ts';
import { isAt, type Pattern, patternOf } from './pattern.ts';
import { kinds, type Spans } from './spans.ts';
import { skipAscii, skipText } from './text.ts';

export interface JsonScanner {
  /** The position after the line, or -1: see `createJsonScanner`. */
  readonly scan: (bytes: Buffer, view: DataView, start: number, spans: Spans) => number;
  /** Forgets what rows looked like: another file begins. */
  forget(): void;
}

/**
 * Finds the fields of a JSON object that lies on one line, and allocates nothing for it. Returns the position after the line, or -1 when
 * something is unusual (nested values, exponents, escapes in a field, names in camel case, no valid JSON): then `JSON.parse` must decide.
 * It never accepts what `JSON.parse` would read differently.
 *
 * Rows of a file are alike: what lies between two values (comma, name, colon) is mostly what was there in the row before, so it is
 * compared as a whole with what followed last time, and read only when it differs.
 *
 * `bytes` has a line feed at or after the row's end, which stops every loop; `view` shows the same bytes. Both have a few bytes more.
 */
export function createJsonScanner(): JsonScanner {
  let begin = newGap(patternOf(Buffer.alloc(0)), notAField);
  let known: Gap[] = [];

  /** Reads what is between two values, or around them, and remembers that it followed `before`. */
  function read(bytes: Buffer, from: number, before: Gap): Gap | undefined {
    const found = readGap(bytes, from, before === begin);
    if (!found) return undefined;
    const { end, field } = found;
    const same = known.find(({ pattern: { length, bytes: own } }) => {
      return length === end - from && own.compare(bytes, from, end) === 0;
    });
    const gap = same ?? newGap(patternOf(bytes.subarray(from, end)), field);
    if (!same) {
      if (known.length === mostKnown || end - from > longestKnown) return gap;
      known.push(gap);
    }
    before.next = gap;
    return gap;
  }

  function scan(bytes: Buffer, view: DataView, start: number, spans: Spans): number {
    const { kind } = spans;
    for (let field = 0; field < kind.length; field++) kind[field] = kinds.none;
    let gap = begin;
    let i = start;
    for (;;) {
      let following = gap.next;
      if (following === undefined || !isAt(following.pattern, view, i)) {
        following = read(bytes, i, gap);
        if (following === undefined) return -1;
      }
      gap = following;
      i += gap.pattern.length;
      const { field } = gap;
      if (field === rowEnds) return i;
      const from = i;
      const c = bytes[i] as number;
      if (c === 0x22) {
        i = field < 0 ? skipText(bytes, view, i + 1) : skipAscii(bytes, view, i + 1);
        if (i < 0) return -1;
        if (field >= 0) note(spans, field, from + 1, i, kinds.text);
        i++;
      } else if (c === 0x2d || (c >= 0x30 && c <= 0x39)) {
        i = skipNumber(bytes, i);
        if (i < 0) return -1;
        if (field >= 0) note(spans, field, from, i, kinds.number);
      } else {
        i = skipWord(view, i);
        if (i < 0) return -1;
        // Of one name written twice the last one counts.
        if (field >= 0) kind[field] = kinds.none;
      }
    }
  }

  return {
    scan,
    forget() {
      begin = newGap(patternOf(Buffer.alloc(0)), notAField);
      known = [];
    },
  };
}

/** What is between two values, before the first one or after the last one, blanks included. */
interface Gap {
  readonly pattern: Pattern;
  /** Which field the value after it is. */
  readonly field: number;
  /** What followed its value last time. */
  next: Gap | undefined;
}

const notAField = -1;
const rowEnds = -2;
const camelCase = -3;
/** Rows of Twilio's have twenty names; of endless different ones only some are remembered. */
const mostKnown = 64;
const longestKnown = 80;

function newGap(pattern: Pattern, field: number): Gap {
  return { pattern, field, next: undefined };
}

/** What begins at `from`: `{ "name" :`, `, "name" :` or `}` and the line's end. Nothing when it is something else. */
function readGap(
  bytes: Buffer,
  from: number,
  first: boolean,
): { readonly end: number; readonly field: number } | undefined {
  let i = skipBlanks(bytes, from);
  if (bytes[i] === 0x7d && !first) {
    i = skipBlanks(bytes, i + 1);
    return bytes[i] === 0x0a ? { end: i + 1, field: rowEnds } : undefined;
  }
  if (bytes[i] !== (first ? 0x7b : 0x2c)) return undefined;
  i = skipBlanks(bytes, i + 1);
  if (bytes[i] !== 0x22) return undefined;
  const key = ++i;
  for (let c = bytes[i] as number; c !== 0x22; c = bytes[++i] as number) if (c < 0x20 || c === 0x5c) return undefined;
  const field = fieldOf(bytes.toString('utf8', key, i));
  if (field === camelCase) return undefined;
  i = skipBlanks(bytes, i + 1);
  if (bytes[i] !== 0x3a) return undefined;
  return { end: skipBlanks(bytes, i + 1), field };
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

const nullWord = 0x6c6c_756e;
const trueWord = 0x6575_7274;
const falseWord = 0x736c_6166;

function skipWord(view: DataView, i: number): number {
  const word = view.getInt32(i, true);
  if (word === nullWord || word === trueWord) return i + 4;
  return word === falseWord && view.getUint8(i + 4) === 0x65 ? i + 5 : -1;
}

const fields = new Map<string, number>();
for (const [field, name] of logFields.entries()) {
  fields.set(camelCased(name), camelCase);
  fields.set(name, field);
}

function fieldOf(name: string): number {
  return fields.get(name) ?? notAField;
}

/** `date_sent` → `dateSent`: the name the Twilio CLI and the SDKs give it. */
export function camelCased(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
