import { beside, besideSignIn } from './codeContext.ts';
import { maskDigitCodes } from './digitCodes.ts';
import { maskUrlCodes, urls } from './urlCodes.ts';
import { maskWordCodes } from './wordCodes.ts';

/** A text and how many one-time codes were masked in it. */
export interface MaskedText {
  readonly text: string;
  readonly masked: number;
}

/** Anything that could be part of a code: any digit of Unicode. */
const digit = /[\p{Nd}\p{No}]/u;

/** What every address has in it. Most texts have none, and finding that out this way is cheaper than looking for addresses. */
const perhapsUrl = /:\/\/|www\.|\.[A-Za-z]/;

/**
 * The body of a message with its one-time codes masked: every digit or letter of a code becomes `X`, so that the wording and the length
 * stay comparable. Codes are groups of 4 to 8 digits (`123-456`, `123 456`, `G-123456`, spaced, in any script), words with
 * digits, capitals or nothing else beside a word such as `code`, values of `code`, `otp`, `token` … in addresses, and what looks like a key in links to sign in with. What smishing analysis needs stays:
 * phone numbers of 9 digits or more or with a country code, prices, dates, times, years and other addresses. When in doubt it masks.
 * Linear in the text's length.
 */
export function maskCodes(text: string): MaskedText {
  const named = beside.test(text);
  const linked = perhapsUrl.test(text);
  const signsIn = linked && (named || besideSignIn.test(text));
  if (!named && !signsIn && !digit.test(text)) return { text, masked: 0 };
  if (!linked) return maskProse(text);
  let masked = 0;
  let clean = '';
  let start = 0;
  const take = (part: MaskedText): void => {
    clean += part.text;
    masked += part.masked;
  };
  for (const found of text.matchAll(urls)) {
    take(maskProse(text.slice(start, found.index)));
    take(maskUrlCodes(found[0], { named, signsIn }));
    start = found.index + found[0].length;
  }
  take(maskProse(text.slice(start)));
  return masked === 0 ? { text, masked } : { text: clean, masked };
}

function maskProse(text: string): MaskedText {
  const words = maskWordCodes(text);
  const digits = maskDigitCodes(words.text);
  return { text: digits.text, masked: words.masked + digits.masked };
}
