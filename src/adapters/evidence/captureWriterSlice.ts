import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import { removedCredentials, withoutCredentials } from '../../core/evidence/addressCredentials.ts';
import { maskedCodes, withoutCodes } from '../../core/evidence/captureRow.ts';
import type { PackedRows } from '../../core/evidence/heldRows.ts';
import type { Bodies } from '../../core/evidence/privacy.ts';
import type { SourceId } from '../../core/evidence/source.ts';
import type { JsonObject } from '../../core/model/json.ts';

const compress = promisify(gzip);
/** More memory for matches makes it faster, for nothing: a page is compressed by itself. */
const fast = { level: constants.Z_BEST_SPEED, memLevel: 9 };

/** Bytes to make room for at a time, so that a page is compressed in one go: it shrinks to a tenth or less. */
function pieceOf(plain: number): number {
  return Math.min(2 ** 18, Math.max(2 ** 12, plain >> 2));
}

/** One row a line, codes masked unless bodies are kept in full, credentials of webhooks removed. Compressed off this thread. */
export async function packRows(source: SourceId, bodies: Bodies, rows: readonly JsonObject[]): Promise<PackedRows> {
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
  if (rows.length === 0) return { removed };
  const plain = Buffer.from(clean.text);
  return { member: await compress(plain, { ...fast, chunkSize: pieceOf(plain.length) }), removed };
}
