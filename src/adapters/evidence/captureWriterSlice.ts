import { promisify } from 'node:util';
import { constants, gzip, gzipSync } from 'node:zlib';
import { removedCredentials, withoutCredentials } from '../../core/evidence/addressCredentials.ts';
import type { PageProof } from '../../core/evidence/capture.ts';
import { maskedCodes, withoutCodes } from '../../core/evidence/captureRow.ts';
import type { PackedRows } from '../../core/evidence/heldRows.ts';
import type { Bodies } from '../../core/evidence/privacy.ts';
import type { SourceId } from '../../core/evidence/source.ts';
import type { JsonObject } from '../../core/model/json.ts';

const elsewhere = promisify(gzip);
/** More memory for matches makes it faster, for nothing: a page is compressed by itself. */
const fast = { level: constants.Z_BEST_SPEED, memLevel: 9 };

/** Bytes to make room for at a time, so that a page is compressed in one go: it shrinks to a tenth or less. */
function pieceOf(plain: number): number {
  return Math.min(2 ** 18, Math.max(2 ** 12, plain >> 2));
}

/** One row a line, codes masked unless bodies are kept in full, credentials of webhooks removed. Compressed off this thread. */
export async function packRows(source: SourceId, bodies: Bodies, rows: readonly JsonObject[]): Promise<PackedRows> {
  const { lines, removed } = linesOf(source, bodies, rows);
  const plain = lines === '' ? undefined : Buffer.from(lines);
  return plain ? { member: exactly(await elsewhere(plain, optionsFor(plain))), removed } : { removed };
}

/** As `packRows`, for a thread that has nothing else to do: one page after the other, so that there is never more than one in pieces. */
export function packRowsHere(source: SourceId, bodies: Bodies, rows: readonly JsonObject[]): PackedRows {
  const { lines, removed } = linesOf(source, bodies, rows);
  const plain = lines === '' ? undefined : inRoom(lines);
  return plain ? { member: exactly(gzipSync(plain, optionsFor(plain))), removed } : { removed };
}

/** Beyond so many bytes none is kept. */
const mostRoom = 8 * 1024 * 1024;
let room = Buffer.alloc(0);

/** The text in bytes, in memory that the next text takes: what is freed by and by would be most of what a thread takes. */
function inRoom(text: string): Buffer {
  // A UTF-16 unit becomes three bytes of UTF-8 at most.
  const most = text.length * 3;
  if (most > mostRoom) return Buffer.from(text);
  if (room.length < most) room = Buffer.allocUnsafeSlow(most);
  return room.subarray(0, room.write(text));
}

function optionsFor(plain: Buffer) {
  return { ...fast, chunkSize: pieceOf(plain.length) };
}

/** In memory of its own size: what is held of it, and handed from thread to thread, would be the room that was made for it. */
function exactly(packed: Buffer): Uint8Array<ArrayBuffer> {
  return new Uint8Array(packed);
}

function linesOf(source: SourceId, bodies: Bodies, rows: readonly JsonObject[]) {
  let masked = 0;
  // Joined at the end: a text that grows by pieces has to be put together once more before it becomes bytes.
  const written: string[] = [];
  for (const row of rows) {
    const clean = bodies === 'full' ? { row, masked: 0 } : withoutCodes(source, row);
    masked += clean.masked;
    written.push(JSON.stringify(clean.row), '\n');
  }
  const lines = written.join('');
  // An address in a message is what was sent to people, and often the trick of it; everywhere else it is the account's own.
  const clean = source === 'messages' ? { text: lines, removed: 0 } : withoutCredentials(lines);
  const removed = {
    ...(masked > 0 && { [maskedCodes]: masked }),
    ...(clean.removed > 0 && { [removedCredentials]: clean.removed }),
  };
  return { lines: clean.text, removed };
}

/** Of what was removed from one reply: whoever made a file chose what its fields are called. */
const mostNames = 100;

/**
 * Adds the proof of rows to those of a slice. Pieces of one reply have one proof: an imported file comes a thousand rows at a time, and
 * millions of them must not fill the journal with the same words.
 */
export function addProof(pages: PageProof[], proof: PageProof): void {
  const before = pages.at(-1);
  if (!before || !isOfOneReply(before, proof)) {
    pages.push(proof);
    return;
  }
  const removed = new Map(Object.entries(before.removed));
  for (const [name, times] of Object.entries(proof.removed)) {
    const what = removed.has(name) || removed.size < mostNames ? name : '…';
    removed.set(what, (removed.get(what) ?? 0) + times);
  }
  pages[pages.length - 1] = { ...before, rows: before.rows + proof.rows, removed: Object.fromEntries(removed) };
}

function isOfOneReply(one: PageProof, other: PageProof): boolean {
  const members = ['request', 'requestId', 'receivedAt', 'serverTime', 'sha256', 'bytes'] as const;
  return members.every((member) => one[member] === other[member]);
}
