import { maskNumbersIn } from '../untrusted/phoneNumbers.ts';
import { type Inert, untrusted } from '../untrusted.ts';

/**
 * Part of a line. `text` and `strong` hold our own words only; whatever came from Twilio, a file or a person is `data` and is
 * written as inline code, where no Markdown reader makes a link, image, heading or tag of it.
 */
export type Inline =
  | { readonly kind: 'text' | 'strong'; readonly text: string }
  /** `value` has phone numbers masked; `whole`, where it differs, is for documents that were unmasked. */
  | { readonly kind: 'data'; readonly value: Inert<'document'>; readonly whole?: Inert<'document'> };

export type Line = readonly Inline[];

/** Parts of the document that are written again from evidence. The name stands in the file: never change one. */
export const generatedIds = [
  'summary',
  'overview',
  'attack',
  'indicators',
  'timeline',
  'impact',
  'evidence',
  'causes',
  'containment',
  'geo-review',
  'packet',
] as const;
export type GeneratedId = (typeof generatedIds)[number];

export type Block =
  | { readonly kind: 'heading'; readonly depth: 1 | 2 | 3; readonly text: string }
  | { readonly kind: 'paragraph'; readonly line: Line }
  | { readonly kind: 'list'; readonly items: readonly Line[]; readonly ordered?: true }
  | { readonly kind: 'prompt'; readonly question: string }
  /** A picture in the incident's folder, `figures/…svg`. */
  | { readonly kind: 'figure'; readonly file: string; readonly alt: string }
  /** A diagram of Mermaid's, of our own words and times alone. */
  | { readonly kind: 'diagram'; readonly lines: readonly string[] }
  | { readonly kind: 'table'; readonly columns: readonly Column[]; readonly rows: readonly (readonly Line[])[] }
  | { readonly kind: 'generated'; readonly id: GeneratedId; readonly blocks: readonly Block[] };

export interface Column {
  readonly heading: string;
  readonly align: 'left' | 'right';
}

export interface RcaDocument {
  readonly blocks: readonly Block[];
}

/** Our own words. */
export function text(words: string): Inline {
  return { kind: 'text', text: words };
}

export function strong(words: string): Inline {
  return { kind: 'strong', text: words };
}

/** Columns of words. */
export function left(...headings: readonly string[]): readonly Column[] {
  return headings.map((title) => ({ heading: title, align: 'left' }));
}

/** Columns of figures. */
export function right(...headings: readonly string[]): readonly Column[] {
  return headings.map((title) => ({ heading: title, align: 'right' }));
}

/** What marks a question that is not answered yet. */
export const promptSign = '✍';

/** A visible question that only a person can answer. */
export function prompt(question: string): Block {
  return { kind: 'prompt', question };
}

/** Where a statement comes from, ` (E3:17, J12)`: `E` files of evidence and their lines, `J` records of the journal. Nothing when unknown. */
export function cited(citations: readonly string[] = []): readonly Inline[] {
  const words = citationText(citations);
  return words === '–' ? [] : [text(` (${words})`)];
}

/** `E3:17, J4 and 2 more`, or a dash. */
export function citationText(citations: readonly string[] = []): string {
  const known = [...new Set(citations)].filter((one) => citation.test(one));
  if (known.length === 0) return '–';
  return `${known.slice(0, mostCited).join(', ')}${known.length > mostCited ? ` and ${known.length - mostCited} more` : ''}`;
}

const citation = /^[EJ][1-9]\d{0,8}(?::[1-9]\d{0,9})?$/;
const mostCited = 4;

/** Anything that is not our own words: made inert, phone numbers masked. Masked last, when runs of spaces inside a number are short. */
export function data(value: string): Inline {
  const whole = untrusted(value).for('document');
  const masked = untrusted(maskNumbersIn(whole)).for('document');
  return { kind: 'data', value: masked, ...(masked !== whole && { whole }) };
}

export function heading(depth: 1 | 2 | 3, words: string): Block {
  return { kind: 'heading', depth, text: words };
}

export function paragraph(...line: Line): Block {
  return { kind: 'paragraph', line };
}
