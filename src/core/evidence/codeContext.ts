import { codeWord, signInWord } from './codeWords.ts';

/** How far from a code the word that names it may stand. */
const reach = 40;
/** What stands between the word and the code when nothing else does: `code is: 1234`. */
const joint = String.raw`(?:\s{0,2}(?:is|es|est|ist|è|é|as|:|：|=|-|–|#|“|"|'|«|\[|\(|是|为|為|は|は、|:|-)){0,3}\s{0,2}`;

/** Whether a text names a code at all. */
export const beside = new RegExp(codeWord, 'iu');
/** Whether it names a code, or speaks of signing in. */
export const besideSignIn = new RegExp(`${codeWord}|${signInWord}`, 'iu');
const before = new RegExp(String.raw`${codeWord}[^\p{Nd}.!?。！？\n]{0,24}$`, 'iu');
const directly = new RegExp(`${codeWord}\\p{L}{0,12}${joint}$`, 'iu');
const after = new RegExp(String.raw`^[^\p{Nd}.!?。！？\n]{0,24}?${codeWord}`, 'iu');

/** Whether what lies between `start` and `end` is called a code in the same sentence, before or after it. */
export function isNearCodeWord(text: string, start: number, end: number): boolean {
  return before.test(text.slice(Math.max(0, start - reach), start)) || after.test(text.slice(end, end + reach));
}

/** Whether it follows the word for a code with nothing but `is`, a colon and the like between. */
export function followsCodeWord(text: string, start: number): boolean {
  return directly.test(text.slice(Math.max(0, start - reach), start));
}

/** Whether the sentence after it calls it a code: `482910 is your code`. */
export function isThenCalledCode(text: string, end: number): boolean {
  return after.test(text.slice(end, end + reach));
}
