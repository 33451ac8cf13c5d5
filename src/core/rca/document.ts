import { maskNumbersIn } from '../untrusted/phoneNumbers.ts';
import { type Inert, untrusted } from '../untrusted.ts';

/**
 * Part of a line. `text`, `strong` and `prompt` hold our own words only; whatever came from Twilio, a file or a person is `data` and is
 * written as inline code, where no Markdown reader makes a link, image, heading or tag of it.
 */
export type Inline =
  | { readonly kind: 'text' | 'strong' | 'prompt'; readonly text: string }
  | { readonly kind: 'data'; readonly value: Inert<'document'> };

export type Line = readonly Inline[];

/** Parts of the document that are written again from evidence. The name stands in the file: never change one. */
export type GeneratedId = 'summary' | 'impact' | 'containment' | 'geo-review';

export type Block =
  | { readonly kind: 'heading'; readonly depth: 1 | 2 | 3; readonly text: string }
  | { readonly kind: 'paragraph'; readonly line: Line }
  | { readonly kind: 'list'; readonly items: readonly Line[] }
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

/** A visible question that only a person can answer. */
export function prompt(question: string): Block {
  return { kind: 'paragraph', line: [{ kind: 'prompt', text: `To be answered: ${question}` }] };
}

/** Anything that is not our own words: made inert, phone numbers masked. Masked last, when runs of spaces inside a number are short. */
export function data(value: string): Inline {
  const masked = maskNumbersIn(untrusted(value).for('document'));
  return { kind: 'data', value: untrusted(masked).for('document') };
}

export function heading(depth: 1 | 2 | 3, words: string): Block {
  return { kind: 'heading', depth, text: words };
}

export function paragraph(...line: Line): Block {
  return { kind: 'paragraph', line };
}
