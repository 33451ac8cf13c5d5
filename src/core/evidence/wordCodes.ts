import { beside, followsCodeWord, isNearCodeWord } from './codeContext.ts';
import type { MaskedText } from './maskCodes.ts';

/** Letters with digits among them (`7F3K2Q`, `AB12-CD34`, `K7Q-9PL`), or letters only. */
const words =
  /(?<![\p{L}\p{Nd}])(?:(?=[A-Za-z-]{0,52}[0-9])(?=[0-9-]{0,52}[A-Za-z])[A-Za-z0-9]{1,16}(?:-[A-Za-z0-9]{1,8}){0,4}|[A-Za-z]{4,10}(?:-[A-Za-z]{4,10}){0,3})(?![\p{L}\p{Nd}])/gu;
/** `10min`, `24hrs`, `5pm`, `Rs5000`, `USD100`: quantities. */
const quantity =
  /^(?:\d{1,4}(?:mins?|minutes?|minutos?|minuten|hrs?|hours?|am|pm|days?|secs?|st|nd|rd|th|k|kb|mb|gb|usd|eur|gbp|inr|x|%)|(?:rs|usd|eur|gbp|inr|kes|ngn|brl|mxn|chf|sgd|aed|myr)\d{1,12})$/i;
/** What follows `code` and is none. */
const prose = new Set(
  'VALID ONLY YOUR THIS THAT NEVER WITH FROM WILL EXPIRES EXPIRE EXPIRED SENT CODE PASSWORD TOKEN HAS BEEN SHARE REQUIRED INVALID NONE NULL BELOW ABOVE READY WRONG CORRECT HERE'.split(
    ' ',
  ),
);
/** Four consonants in a row: hardly a word. */
const unspeakable = /[bcdfghjklmnpqrstvwxz]{4}/i;

/** Masks codes that are words, where the text calls them a code. */
export function maskWordCodes(text: string): MaskedText {
  if (!beside.test(text)) return { text, masked: 0 };
  let masked = 0;
  const clean = text.replace(words, (word: string, at: number) => {
    if (!isCode(text, word, at)) return word;
    masked += 1;
    return word.replace(/[A-Za-z0-9]/g, 'X');
  });
  return { text: clean, masked };
}

function isCode(text: string, word: string, at: number): boolean {
  const hasDigit = /\d/.test(word);
  // Nearly every word is one of these: nothing before it names it.
  if (!hasDigit && !mayBeNamed(text, at)) return false;
  if (/^X+$/.test(word) || quantity.test(word)) return false;
  if (hasDigit) return mixes(word) && isNearCodeWord(text, at, at + word.length);
  if (prose.has(word.toUpperCase())) return false;
  if (/^[A-Z-]+$/.test(word)) return isNamed(text, at);
  return isNamed(text, at) && standsAlone(text, word, at);
}

/** Of words joined by hyphens, one has both letters and digits, or they are capitals: `24-hour` is none, `G-123456` has its code in the digits. */
function mixes(word: string): boolean {
  const parts = word.split('-');
  if (parts.some((part) => /\d/.test(part) && /[A-Za-z]/.test(part))) return parts.join('').length >= 4;
  const digits = word.replace(/\D/g, '');
  return /^[A-Z0-9-]{6,}$/.test(word) && digits.length >= 2 && !parts.some((part) => /^\d{4}/.test(part));
}

const quotes = new Set('"“«\'');
const namers = new Set(':：=sSſèéÈÉ');

/** Whether `isNamed` need be asked: what stands before the word, spaces and a quotation mark left out, ends as it has to. */
function mayBeNamed(text: string, at: number): boolean {
  let before = at - 1;
  if (quotes.has(text[before] ?? '')) before -= 1;
  for (let spaces = 0; spaces < 2 && (text[before] ?? '').trim() === ''; spaces += 1) before -= 1;
  const last = text[before] ?? '';
  return last === 't' || last === 'T' ? namers.has(text[before - 1] ?? '') : namers.has(last);
}

/** Capitals alone are a code only after a colon, `=` or `is`: much else is written in capitals. */
function isNamed(text: string, at: number): boolean {
  return (
    /(?:[:：=]|\b(?:is|es|est|ist)|[èé])\s{0,2}["“«']?$/iu.test(text.slice(Math.max(0, at - 8), at)) &&
    followsCodeWord(text, at)
  );
}

/** Small letters are a code only as all that is said: after a colon, or where they are no word. */
function standsAlone(text: string, word: string, at: number): boolean {
  const end = at + word.length;
  if (!/^["”»'\])]?\s{0,2}(?:$|[.,;!\n])/u.test(text.slice(end, end + 4))) return false;
  return unspeakable.test(word) || /[:：=]\s{0,2}["“«']?$/u.test(text.slice(Math.max(0, at - 4), at));
}
