import type { ChainRecord } from '../evidence/record.ts';
import { textOf } from '../model/json.ts';
import type { JournalEntry } from '../ports.ts';
import { type LineEdit, linesOf } from './blocks.ts';
import type { Block, Line, RcaDocument } from './document.ts';

/** Begins the line of a support packet with the account's own numbers. */
export const ownNumbers = 'Sending numbers:';

/** How phone numbers stand in a document: with XXXX for their last four digits, or whole. */
export type Numbers = 'masked' | 'whole';

/** Stands in a document whose numbers are whole. Without it they are masked when the document is refreshed. */
const marker = '<!-- twilio-incident:numbers whole -->';
const recordType = 'document-numbers';

/** That somebody unmasked a document, or masked it again. `reason` is the person's own words. */
export function numbersEntry(name: string, to: Numbers, reason?: string): JournalEntry {
  return { type: recordType, name, to, ...(reason !== undefined && { reason }) };
}

/** The record by which a document's numbers are whole; `undefined` when they were never unmasked, or masked again since. */
export function unmasking(records: readonly ChainRecord[], name: string): ChainRecord | undefined {
  const last = records.findLast((record) => record.type === recordType && textOf(record, 'name') === name);
  return last && textOf(last, 'to') === 'whole' ? last : undefined;
}

/** Whether a line says that the document's numbers are whole. */
export function isNumbersMarker(line: string): boolean {
  return line.trim() === marker;
}

/** The line, from 0, that says that a text's numbers are whole; `undefined` when there is none. */
export function markerLine(text: string): number | undefined {
  const at = linesOf(text).findIndex(isNumbersMarker);
  return at < 0 ? undefined : at;
}

/**
 * How the generated parts of a document are to be written. Whole only when both the document and the journal say so: a marker that was
 * written by hand unmasks nothing, and neither does an old record once the marker is gone.
 */
export function numbersOf(text: string | undefined, records: readonly ChainRecord[], name: string): Numbers {
  return text !== undefined && markerLine(text) !== undefined && unmasking(records, name) ? 'whole' : 'masked';
}

/** Puts the marker on top of a text, or takes it away with the empty line after it. Nothing to do gives no edit. */
export function markerEdits(text: string, to: Numbers): readonly LineEdit[] {
  const at = markerLine(text);
  if (to === 'whole') return at === undefined ? [{ first: 0, end: 0, lines: [marker, ''] }] : [];
  if (at === undefined) return [];
  return [{ first: at, end: at + (linesOf(text)[at + 1] === '' ? 2 : 1), lines: [] }];
}

/** The same document with whole phone numbers. */
export function withWholeNumbers({ blocks }: RcaDocument): RcaDocument {
  return { blocks: blocks.map(wholeBlock) };
}

function wholeBlock(block: Block): Block {
  switch (block.kind) {
    case 'paragraph':
      return { ...block, line: wholeLine(block.line) };
    case 'list':
      return { ...block, items: block.items.map(wholeLine) };
    case 'table':
      return { ...block, rows: block.rows.map((row) => row.map(wholeLine)) };
    case 'generated':
      return { ...block, blocks: block.blocks.map(wholeBlock) };
    default:
      return block;
  }
}

function wholeLine(line: Line): Line {
  return line.map((part) => (part.kind === 'data' ? { kind: 'data', value: part.whole ?? part.value } : part));
}
