// Four bytes of a text are looked at in one go. Of each byte the highest bit says whether it is one that needs a look: see `hasByte`.
const ones = 0x0101_0101;
const highBits = 0x8080_8080 | 0;
const quotes = 0x2222_2222;
const backslashes = 0x5c5c_5c5c;
const blanks = 0x2020_2020;
const lineFeeds = 0x0a0a_0a0a;

/**
 * Marks in four bytes, by the highest bit of the byte, the first quote, backslash or control character, and perhaps bytes after it: the
 * classic test for a zero byte, (x - 1) & ~x, on what each of them is made zero by. None of these changes a byte's highest bit, so one ~x serves all.
 */
function special(word: number): number {
  const quote = word ^ quotes;
  const backslash = word ^ backslashes;
  return ((quote - ones) | (backslash - ones) | (word - blanks)) & ~word & highBits;
}

/** Marks the zero bytes of a word: see `special`. */
function zeros(word: number): number {
  return (word - ones) & ~word & highBits;
}

/** A byte in all four bytes of a word. */
function fourTimes(byte: number): number {
  return Math.imul(byte, ones);
}

/** To the next `delimiter` or line feed, of which there is one. Reads up to three bytes beyond it. */
export function skipToDelimiter(view: DataView, from: number, delimiter: number): number {
  const delimiters = fourTimes(delimiter);
  for (let i = from; ; i += 4) {
    const word = view.getInt32(i, true);
    const marks = zeros(word ^ delimiters) | zeros(word ^ lineFeeds);
    if (marks !== 0) return i + firstMarked(marks);
  }
}

/** To the next quote or line feed before `end`, or to `end` or up to three bytes beyond it. */
export function skipToQuoteOrLine(view: DataView, from: number, end: number): number {
  let i = from;
  for (; i < end; i += 4) {
    const word = view.getInt32(i, true);
    const marks = zeros(word ^ quotes) | zeros(word ^ lineFeeds);
    if (marks !== 0) return i + firstMarked(marks);
  }
  return i;
}

/** Whether these bytes are ASCII and none is a control character. Reads up to three bytes beyond them. */
export function isPlainAscii(view: DataView, from: number, to: number): boolean {
  let i = from;
  for (; i + 4 <= to; i += 4) if (notPlain(view.getInt32(i, true)) !== 0) return false;
  const rest = to - i;
  // The bytes beyond are made blanks.
  return rest === 0 || notPlain((view.getInt32(i, true) & ((1 << (8 * rest)) - 1)) | (blanks << (8 * rest))) === 0;
}

function notPlain(word: number): number {
  return (((word - blanks) & ~word) | word) & highBits;
}

/** Which of the four bytes the lowest mark is in. */
function firstMarked(marks: number): number {
  return (31 - Math.clz32(marks & -marks)) >> 3;
}

/** To the closing quote of a JSON text nobody reads; -1 when JSON does not allow it. Reads up to three bytes beyond the quote. */
export function skipText(bytes: Buffer, view: DataView, from: number): number {
  let i = from;
  for (;;) {
    const marks = special(view.getInt32(i, true));
    if (marks === 0) {
      i += 4;
      continue;
    }
    i += firstMarked(marks);
    const c = bytes[i];
    if (c === 0x22) return i;
    if (c !== 0x5c) return -1;
    i = skipEscape(bytes, i + 1);
    if (i < 0) return -1;
  }
}

/** To the closing quote of a text that is plain ASCII; -1 for any other. Reads up to three bytes beyond the quote. */
export function skipAscii(bytes: Buffer, view: DataView, from: number): number {
  let i = from;
  for (;;) {
    const word = view.getInt32(i, true);
    const marks = special(word) | (word & highBits);
    if (marks === 0) {
      i += 4;
      continue;
    }
    i += firstMarked(marks);
    return bytes[i] === 0x22 ? i : -1;
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
