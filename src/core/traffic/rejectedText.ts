import { untrusted } from '../untrusted.ts';
import type { RejectedRow } from './logImport.ts';

/**
 * The rows that were not understood, as a document: every text of theirs on one indented line of its own, so that it is code in
 * Markdown, and defanged, so that an editor makes no link of it.
 */
export function rejectedText(rows: readonly RejectedRow[], count: number): string {
  const shown = rows.toSorted((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
  const all = count === 1 ? '1 row' : `${count.toLocaleString('en-US')} rows`;
  const some = shown.length < count ? `, of which ${shown.length.toLocaleString('en-US')} are shown` : '';
  const title = `# Rows that were not understood\n\n${all}${some}. One-time codes are masked.\n`;
  return [title, ...shown.map(block)].join('\n');
}

function block({ file, line, reason, row, cut }: RejectedRow): string {
  const inert = (text: string): string => untrusted(text).for('document');
  return `Line ${line} ${reason}${cut ? ' (the row is longer than this)' : ''}:\n\n    ${inert(file)}\n    ${inert(row)}\n`;
}
