import { countryOf, dialTrie } from '../../../core/traffic/country.ts';
import { type BlockKey, blockKey, endingOf, noEnding } from '../../../core/traffic/numberBlock.ts';
import { fourDigits } from './digits.ts';
import { countryCodes } from './rowBuilder.ts';

/** Reads where a message went; used again for every row. */
export interface Recipients {
  /** Of what was read last: the country's code. */
  readonly country: number;
  readonly block: BlockKey;
  readonly ending: number;
  /** Reads `+79581112233` and whatever else Twilio writes as recipient; ASCII. */
  read(bytes: Buffer, view: DataView, start: number, end: number): void;
}

const powers = Array.from({ length: 8 }, (_, n) => 10 ** n);
const longestNumber = 15;

/** Gives the same country as `countryOf`, the same block as `blockKey` and the same ending as `endingOf`. */
export function createRecipients(): Recipients {
  const codes = new Map(countryCodes().map((country, code) => [country, code]));
  const { next, decides } = dialTrie();
  const { nodes, decided: firstDecided } = afterFourDigits(next, decides);
  // A double from the start, which keys of blocks are: code compiled for a small integer would be thrown away.
  const read = { country: 0, block: Number.NaN, ending: noEnding };

  /** False when it is no number of 8 to 15 digits. */
  function readNumber(bytes: Buffer, view: DataView, start: number, end: number): boolean {
    const digits = end - start - 1;
    if (digits < 8 || digits > longestNumber || bytes[start] !== 0x2b) return false;
    const first = fourDigits(view.getInt32(start + 1, true));
    const ending = fourDigits(view.getInt32(end - 4, true));
    if (first < 0 || ending < 0) return false;
    let node = nodes[first] as number;
    let decided = firstDecided[first] as number;
    let rest = 0;
    for (let i = start + 5; i < end - 4; i++) {
      const digit = (bytes[i] as number) - 0x30;
      if (digit < 0 || digit > 9) return false;
      rest = rest * 10 + digit;
      if (node !== 0) {
        node = next[node * 10 + digit] as number;
        decided = decides[node] || decided;
      }
    }
    // A prefix may reach into the last four digits.
    for (let i = end - 4; i < end && node !== 0; i++) {
      node = next[node * 10 + (bytes[i] as number) - 0x30] as number;
      decided = decides[node] || decided;
    }
    read.country = decided;
    read.ending = ending;
    read.block = (10_000 + first) * (powers[digits - 8] as number) + rest;
    return true;
  }

  return {
    get country() {
      return read.country;
    },
    get block() {
      return read.block;
    },
    get ending() {
      return read.ending;
    },
    read(bytes, view, start, end) {
      if (readNumber(bytes, view, start, end)) return;
      const text = bytes.toString('latin1', start, end);
      read.country = codes.get(countryOf(text)) ?? 0;
      read.block = blockKey(text);
      read.ending = endingOf(text);
    },
  };
}

/** Where the trie is after each four digits (0: no longer prefix begins with them), and what it has decided by then. */
function afterFourDigits(next: Uint16Array, decides: Uint16Array) {
  const nodes = new Uint16Array(10_000);
  const decided = new Uint8Array(10_000);
  for (let first = 0; first < 10_000; first++) {
    let node = 0;
    for (let power = 1000; power >= 1; power /= 10) {
      node = next[node * 10 + (Math.floor(first / power) % 10)] as number;
      if (node === 0) break;
      decided[first] = decides[node] || (decided[first] as number);
    }
    nodes[first] = node;
  }
  return { nodes, decided };
}
