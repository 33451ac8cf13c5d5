/** Stands for a word with digits in it: a code, an amount, an order, a random end of an address. */
export const slot = '#';

/** Words that are looked at; ten segments have not more in most languages. */
export const mostWords = 96;

/** A word's hash, with the lowest bit saying whether it is an address. A slot is 0. */
type WordHash = number;

export const slotHash: WordHash = 0;

/** Whether a word is an address, whose host tells templates apart. */
export function isAddress(hash: WordHash): boolean {
  return (hash & 1) === 1;
}

/**
 * The words of a body in lower case, with what differs from message to message as slots: words with digits, masked codes, and of addresses
 * all but the host. Gives how many there are and fills `hashes` (FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/) without making a text of any;
 * `take` is told each, for whoever needs the words. One pass, no pattern.
 */
export function readWords(lower: string, hashes: Uint32Array, take?: (word: string) => void): number {
  let words = 0;
  let start = -1;
  for (let i = 0; i <= lower.length && words < mostWords; i++) {
    const code = i < lower.length ? lower.charCodeAt(i) : 32;
    if (code > 32 && code !== 0xa0 && code !== 0x3000) {
      if (start < 0) start = i;
      continue;
    }
    if (start < 0) continue;
    hashes[words] = readWord(lower, start, i, take);
    words += 1;
    start = -1;
  }
  return words;
}

function readWord(lower: string, start: number, end: number, take: ((word: string) => void) | undefined): WordHash {
  let hash = 0x811c9dc5;
  let digit = false;
  let dot = false;
  let scheme = false;
  let letters = false;
  let masked = 0;
  let stop = end;
  for (let i = start; i < end; i++) {
    const code = lower.charCodeAt(i);
    if (code >= 48 && code <= 57) digit = true;
    else if (code === 120) masked += 1;
    else if (code >= 97 && code <= 122) letters = true;
    else if (code === 46 && i + 1 < end) dot = true;
    else if (code === 47) {
      if (lower.charCodeAt(i + 1) === 47 || lower.charCodeAt(i - 1) === 47) scheme = true;
      else if (dot) {
        // The path of an address is its recipient's or random; the host is what tells templates apart.
        stop = i;
        break;
      }
    }
    hash = Math.imul(hash ^ code, 0x01000193);
  }
  const address = stop < end || (scheme && dot);
  const open = !address && ((digit && !dot) || (masked >= 4 && !letters));
  if (take) take(open ? slot : stop < end ? `${lower.slice(start, stop)}/${slot}` : lower.slice(start, stop));
  if (open) return slotHash;
  return (address ? hash | 1 : hash & ~1 || 2) >>> 0;
}
