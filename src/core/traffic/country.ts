import { dialPrefixes } from './dialPrefixes.ts';

/**
 * Where a number is: ISO 3166-1 alpha-2, `001` for networks above countries (+800, +870, +881…), or what it is instead of a
 * number with a country.
 */
export type CountryOrBucket = Country | Bucket;
export type Bucket = (typeof buckets)[number];
/** ISO 3166-1 alpha-2, in capitals (XK for Kosovo). */
export type Country = `${Letter}${Letter}`;
// biome-ignore format: one line says it.
type Letter = 'A' | 'B' | 'C' | 'D' | 'E' | 'F' | 'G' | 'H' | 'I' | 'J' | 'K' | 'L' | 'M' | 'N' | 'O' | 'P' | 'Q' | 'R' | 'S' | 'T' | 'U' | 'V' | 'W' | 'X' | 'Y' | 'Z';

const buckets = ['001', 'short-code', 'alphanumeric', 'unknown'] as const;

/** True for a bucket and for anything shaped like a country. */
export function isCountryOrBucket(value: unknown): value is CountryOrBucket {
  return typeof value === 'string' && (/^[A-Z]{2}$/.test(value) || buckets.some((bucket) => bucket === value));
}

/** Digits to countries: node `n` continues with digit `d` at `next[n * 10 + d]` (0: nowhere) and decides `countries[decides[n]]`. */
export interface Trie {
  readonly next: Uint16Array;
  readonly decides: Uint16Array;
  readonly countries: readonly CountryOrBucket[];
}

let trie: Trie | undefined;

const zero = 48;
const plus = 43;

/**
 * The country of an address as Twilio writes it: `+79581111234`, `whatsapp:+79581111234`, with the last digits masked
 * (`+7958111XXXX`), a short code, an alphanumeric sender. Longest matching dial prefix, so shared codes (+1, +7, +44…) are
 * told apart; agrees with libphonenumber on every valid number but Canada's 7-digit +1 310 xxxx.
 */
export function countryOf(address: string): CountryOrBucket {
  // The scheme of another channel (`whatsapp:`, `rcs:`) does not change where the number is.
  const start = address.indexOf(':') + 1;
  if (address.charCodeAt(start) === plus) return byPrefix(address, start + 1);
  if (/^\d{3,8}$/.test(address)) return 'short-code';
  return start === 0 && /\p{L}/u.test(address) ? 'alphanumeric' : 'unknown';
}

/** The dial prefixes, for who reads digits without making a text of them first. `countries[0]` is `unknown`. */
export function dialTrie(): Trie {
  trie ??= build();
  return trie;
}

function byPrefix(address: string, start: number): CountryOrBucket {
  const trie = dialTrie();
  let node = 0;
  let decided = 0;
  for (let i = start; i < address.length; i++) {
    const digit = address.charCodeAt(i) - zero;
    if (digit < 0 || digit > 9) break;
    node = trie.next[node * 10 + digit] ?? 0;
    if (node === 0) break;
    decided = trie.decides[node] || decided;
  }
  return trie.countries[decided] ?? 'unknown';
}

function build(): Trie {
  const countries: CountryOrBucket[] = ['unknown'];
  const next: number[][] = [[]];
  const decides = [0];
  for (const line of dialPrefixes.trim().split('\n')) {
    const [country = '', ...prefixes] = line.split(' ');
    countries.push(isCountryOrBucket(country) ? country : 'unknown');
    for (const prefix of prefixes) {
      let node = 0;
      for (const digit of prefix) {
        const row = next[node] ?? [];
        row[Number(digit)] ??= next.push([]) - 1;
        node = row[Number(digit)] ?? 0;
      }
      decides[node] = countries.length - 1;
    }
  }
  const flat = new Uint16Array(next.length * 10);
  next.forEach((row, node) => {
    row.forEach((target, digit) => {
      flat[node * 10 + digit] = target;
    });
  });
  return { next: flat, decides: Uint16Array.from({ length: next.length }, (_, node) => decides[node] ?? 0), countries };
}
