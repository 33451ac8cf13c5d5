import type { Sha256 } from '../evidence/record.ts';

/** A part of a document that is written from evidence: what stands between its markers, lines joined by `\n`. */
export interface ManagedBlock {
  readonly name: string;
  readonly body: string;
}

/** A managed block as it stands in a text. `begin` and `end` are the lines of its markers, from 0. */
export interface FoundBlock extends ManagedBlock {
  readonly begin: number;
  readonly end: number;
  /** Of the body as it was written; absent in documents of the first version. */
  readonly sha256?: string;
  /** Of a newer body the person did not want. */
  readonly kept?: string;
}

/** Whole lines `first` to before `end` become `lines`. */
export interface LineEdit {
  readonly first: number;
  readonly end: number;
  readonly lines: readonly string[];
}

const marker =
  /^ {0,3}<!-- twilio-incident:(begin|end) ([a-z][a-z0-9-]{0,40})(?: sha256=([0-9a-f]{64}))?(?: kept=([0-9a-f]{64}))? -->[ \t]*$/;

/** The lines of a text without their ends, `\n` or `\r\n`. The last one is empty when the text ends with a line end. */
export function linesOf(text: string): readonly string[] {
  return text.split('\n').map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
}

/** What begins a block. */
export function beginMarker(name: string, sha256: string, kept?: string): string {
  return `<!-- twilio-incident:begin ${name} sha256=${sha256}${kept === undefined ? '' : ` kept=${kept}`} -->`;
}

/** The blocks of a text, and the lines of markers that have no partner: what stands there is the person's and never touched. */
export function findBlocks(text: string): {
  readonly blocks: readonly FoundBlock[];
  readonly loose: readonly number[];
} {
  const lines = linesOf(text);
  const blocks: FoundBlock[] = [];
  const loose: number[] = [];
  let open: Omit<FoundBlock, 'end' | 'body'> | undefined;
  for (const [at, line] of lines.entries()) {
    const [, edge, name = '', sha256, kept] = marker.exec(line) ?? [];
    if (edge === undefined) continue;
    if (edge === 'end' && open?.name === name) {
      blocks.push({ ...open, end: at, body: lines.slice(open.begin + 1, at).join('\n') });
      open = undefined;
      continue;
    }
    if (open) loose.push(open.begin);
    if (edge === 'end') loose.push(at);
    open =
      edge === 'begin'
        ? { name, begin: at, ...(sha256 !== undefined && { sha256 }), ...(kept !== undefined && { kept }) }
        : undefined;
  }
  if (open) loose.push(open.begin);
  return { blocks, loose };
}

/** The text with the SHA-256 of every block in its first marker, so that a change by hand shows. */
export function sealBlocks(text: string, sha256: Sha256): string {
  const edits = findBlocks(text).blocks.map(({ name, body, begin }) => ({
    first: begin,
    end: begin + 1,
    lines: [beginMarker(name, sha256(body))],
  }));
  return applyEdits(text, edits);
}

/** The text with these edits, which do not overlap. Lines that are not replaced stay as they are to the byte; new ones end as most do. */
export function applyEdits(text: string, edits: readonly LineEdit[]): string {
  const lines = text.split('\n');
  const lineEnd = lineEndOf(text);
  const sorted = edits.toSorted((one, other) => other.first - one.first);
  for (const { first, end, lines: fresh } of sorted) {
    const isLast = end >= lines.length;
    const ended = fresh.map((line, i) => (isLast && i === fresh.length - 1 ? line : `${line}${lineEnd.slice(0, -1)}`));
    lines.splice(first, end - first, ...ended);
  }
  return lines.join('\n');
}

/** `\r\n` where at least half of the lines end so. */
export function lineEndOf(text: string): '\n' | '\r\n' {
  const all = text.split('\n').length - 1;
  const windows = text.split('\r\n').length - 1;
  return windows > 0 && windows * 2 >= all ? '\r\n' : '\n';
}
