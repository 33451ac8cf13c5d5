import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import { removedCredentials, withoutCredentials } from '../../core/evidence/addressCredentials.ts';
import type { PageProof } from '../../core/evidence/capture.ts';
import { maskedCodes, withoutCodes } from '../../core/evidence/captureRow.ts';
import type { SliceWriter } from '../../core/evidence/evidenceStore.ts';
import type { Bodies } from '../../core/evidence/privacy.ts';
import type { SourceId } from '../../core/evidence/source.ts';
import type { JsonObject } from '../../core/model/json.ts';

const compress = promisify(gzip);

/** The end of a slice, as its writer is told. */
export type SliceEnd = Parameters<SliceWriter['end']>[0];

/** A page as it will be on the disk. */
export interface PackedPage {
  /** A whole gzip member; absent when there are no rows. */
  readonly member: Buffer | undefined;
  readonly proof: PageProof;
}

/** One row a line, codes masked unless bodies are kept in full, credentials of webhooks removed, as a gzip member of its own. Packed off this thread. */
export async function packPage(
  source: SourceId,
  bodies: Bodies,
  rows: readonly JsonObject[],
  proof: PageProof,
): Promise<PackedPage> {
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
    ...proof.removed,
    ...(masked > 0 && { [maskedCodes]: masked }),
    ...(clean.removed > 0 && { [removedCredentials]: clean.removed }),
  };
  const level = constants.Z_BEST_SPEED;
  const member = rows.length === 0 ? undefined : await compress(Buffer.from(clean.text), { level });
  return { member, proof: { ...proof, rows: rows.length, removed } };
}
