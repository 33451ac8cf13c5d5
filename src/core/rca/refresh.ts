import type { Sha256 } from '../evidence/record.ts';
import {
  applyEdits,
  beginMarker,
  type FoundBlock,
  findBlocks,
  type LineEdit,
  linesOf,
  type ManagedBlock,
} from './blocks.ts';

/** A block that a person changed, and what it would be now. */
export interface EditedBlock {
  readonly found: FoundBlock;
  readonly fresh: ManagedBlock;
}

/** What refreshing a document does to it. */
export interface Refresh {
  /** Replace whole blocks nobody has changed. */
  readonly edits: readonly LineEdit[];
  /** With these edits. */
  readonly text: string;
  /** Names of the blocks that are rewritten. */
  readonly rewritten: readonly string[];
  /** Changed by hand and different from what they would be: left alone, the person decides. */
  readonly edited: readonly EditedBlock[];
  /** Names of blocks that are not in the text: deleted, or of a later version. Never inserted by themselves. */
  readonly missing: readonly string[];
  /** Lines, from 0, of markers without a partner. */
  readonly loose: readonly number[];
}

/**
 * Brings the managed blocks of a text up to date where they stand, in whatever order. A block whose SHA-256 no longer fits was changed
 * by hand and is not touched, nor is anything outside blocks, nor a block this version does not know.
 */
export function refreshDocument(text: string, fresh: readonly ManagedBlock[], sha256: Sha256): Refresh {
  const { blocks, loose } = findBlocks(text);
  const edits: LineEdit[] = [];
  const rewritten: string[] = [];
  const edited: EditedBlock[] = [];
  for (const found of blocks) {
    const next = fresh.find(({ name }) => name === found.name);
    if (!next) continue;
    const digest = sha256(next.body);
    if (found.body === next.body) {
      if (found.sha256 !== digest) edits.push(markerEdit(found, beginMarker(found.name, digest)));
    } else if (found.sha256 === sha256(found.body)) {
      edits.push(blockEdit(found, next, digest));
      rewritten.push(found.name);
    } else if (found.kept !== digest) edited.push({ found, fresh: next });
  }
  const there = new Set(blocks.map(({ name }) => name));
  const missing = fresh.map(({ name }) => name).filter((name) => !there.has(name));
  return { edits, text: applyEdits(text, edits), rewritten, edited, missing, loose };
}

/** Replaces a block that was changed by hand. */
export function takeNew({ found, fresh }: EditedBlock, sha256: Sha256): LineEdit {
  return blockEdit(found, fresh, sha256(fresh.body));
}

/** Leaves a block as it is, and remembers that this newer one was not wanted, so that it is not asked again. */
export function keepMine({ found, fresh }: EditedBlock, sha256: Sha256): LineEdit {
  return markerEdit(found, beginMarker(found.name, found.sha256 ?? '0'.repeat(64), sha256(fresh.body)));
}

/** Puts a missing block behind the nearest one that stands before it in the document's order, else at the end. */
export function insertBlock(text: string, block: ManagedBlock, order: readonly string[], sha256: Sha256): LineEdit {
  const before = order.slice(0, Math.max(0, order.indexOf(block.name))).toReversed();
  const { blocks } = findBlocks(text);
  const near = before.flatMap((name) => blocks.filter((one) => one.name === name).slice(-1))[0];
  const at = near ? near.end + 1 : linesOf(text).length;
  return { first: at, end: at, lines: ['', ...written(block, sha256(block.body)), ...(near ? [] : [''])] };
}

function markerEdit({ begin }: FoundBlock, line: string): LineEdit {
  return { first: begin, end: begin + 1, lines: [line] };
}

function blockEdit({ begin, end }: FoundBlock, fresh: ManagedBlock, digest: string): LineEdit {
  return { first: begin, end: end + 1, lines: written(fresh, digest) };
}

function written({ name, body }: ManagedBlock, digest: string): readonly string[] {
  return [beginMarker(name, digest), ...body.split('\n'), `<!-- twilio-incident:end ${name} -->`];
}
