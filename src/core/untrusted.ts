import { quoted, withoutFormulas } from './untrusted/csv.ts';
import { defang } from './untrusted/defang.ts';
import { slug } from './untrusted/fileName.ts';
import { clip, head, oneLine } from './untrusted/oneLine.ts';
import { e164, maskNumbersIn } from './untrusted/phoneNumbers.ts';

/**
 * Where text can end up. `label`: tree, description, quick pick, status bar (never a button, whose `&&` is a mnemonic).
 * `toast`: every `show…Message`. `markdown`: part of a MarkdownString. `document`: value of an inline code node.
 * `csv`: a whole quoted cell. `fileName`: one lower-case path segment; add a date or SID, names are not unique.
 * `log`: one line of the diagnostic log.
 */
export type Sink = 'label' | 'toast' | 'markdown' | 'document' | 'csv' | 'fileName' | 'log';

declare const inertBrand: unique symbol;

/** Text that can do nothing in this sink but be read. Functions of a sink ask for this type. */
export type Inert<S extends Sink> = string & { readonly [inertBrand]: S };

/** Longest result in graphemes, the final `…` included. A whole SMS (1,600 characters) fits into a document. */
export const longest: { readonly [S in Exclude<Sink, 'fileName'>]: number } = {
  label: 200,
  toast: 300,
  markdown: 500,
  document: 2000,
  csv: 8000,
  log: 1000,
};

const rules: { readonly [S in Sink]: (text: string) => string } = {
  label: (text) => clip(withoutIcons(oneLine(head(text, longest.label))), longest.label),
  // A link needs `[`, `]` and a scheme. All three go, so that none forms over the seam with the words around it either.
  toast: (text) => clip(wideBrackets(withoutIcons(defanged(text, longest.toast))), longest.toast),
  markdown: (text) => codeSpan(clip(withoutIcons(defanged(text, longest.markdown)), longest.markdown)),
  // Parsers disagree whether a backslash before a pipe in a table's code span ends the cell.
  document: (text) => clip(defanged(text, longest.document).replace(/(?<=\\)\|/g, '｜'), longest.document),
  csv: (text) => quoted(clip(withoutFormulas(oneLine(head(text, longest.csv))), longest.csv)),
  fileName: slug,
  log: (text) => clip(defang(maskNumbersIn(oneLine(head(text, longest.log)))), longest.log),
};

/**
 * The one way text from Twilio, from a file or from a person reaches a sink. Any string is accepted: lone surrogates,
 * controls and megabytes included; time is bounded by the sink's limit, not by the text. Applying it again changes
 * nothing, except in `markdown` and `csv`, which return finished syntax.
 */
export function untrusted(text: string): { for<S extends Sink>(sink: S): Inert<S> } {
  return { for: <S extends Sink>(sink: S) => rules[sink](text) as Inert<S> };
}

/**
 * A sentence of ours around hostile values: ``phrase('toast')`Suspended ${name}.` ``. The words are kept as written in
 * the source, every value goes through `untrusted`.
 */
export function phrase<S extends 'label' | 'toast' | 'markdown' | 'log'>(
  sink: S,
): (words: TemplateStringsArray, ...values: readonly (string | number)[]) => Inert<S> {
  return (words, ...values) =>
    words.reduce((said, word, i) => `${said}${untrusted(String(values[i - 1])).for(sink)}${word}`) as Inert<S>;
}

/**
 * A CSV cell for a phone number. E.164 (https://www.itu.int/rec/T-REC-E.164), masked or not, stays as it is: sign and digits can hold no formula, and an
 * escaped `'+53…` is of no use to whoever reads or joins the column. Anything else is treated as text.
 */
export function csvPhoneNumber(number: string): Inert<'csv'> {
  return e164.test(number) ? (number as Inert<'csv'>) : untrusted(number).for('csv');
}

function defanged(text: string, graphemes: number): string {
  return defang(oneLine(head(text, graphemes)));
}

/** `$(trash)` is drawn as an icon. A `$` at the end could meet a `(` of the words that follow. */
function withoutIcons(text: string): string {
  return text.replace(/\$(?=\(|$)/g, '＄');
}

function wideBrackets(text: string): string {
  return text.replaceAll('[', '［').replaceAll(']', '］');
}

/** One backtick each side and none inside, so that neighbouring spans cannot pair up wrongly. `|` would split a table cell. */
function codeSpan(text: string): string {
  return text === '' ? '' : `\`${text.replaceAll('`', 'ˋ').replaceAll('|', '｜')}\``;
}
