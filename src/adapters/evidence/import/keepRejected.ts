import path from 'node:path';
import { importOf, isRejectedFile, type RejectedRows } from '../../../core/evidence/importRecord.ts';
import type { WritableIncident } from '../captureWriterFolder.ts';
import type { EvidenceFs } from '../evidenceStoreFs.ts';
import { type RejectedText, rejectedLine } from '../ingest/rejected.ts';
import { sha256 } from '../sha256.ts';

/**
 * Writes rows that were not understood into a new file of `evidence/`, durably, codes in them masked; nothing when there are none. The caller
 * has made sure that the folder is a plain one, and records the file.
 */
export async function keepRejected(
  fs: EvidenceFs,
  { folder: incident, journal }: WritableIncident,
  rows: readonly RejectedText[],
): Promise<RejectedRows | undefined> {
  if (rows.length === 0) return undefined;
  const folder = path.join(incident, 'evidence');
  const text = rows.map((row) => `${rejectedLine(row)}\n`).join('');
  const there = (await fs.list(folder)).map((name) => `evidence/${name}`).filter(isRejectedFile);
  // A name stands for one content and is not used again, also when that was deleted.
  const recorded = journal.records.flatMap((record) => importOf(record)?.rejected?.file ?? []);
  const number = Math.max(0, ...[...there, ...recorded].map((name) => Number(/\d+/.exec(name)?.[0]))) + 1;
  const file = `evidence/rejected-${String(number).padStart(4, '0')}.jsonl`;
  const handle = await fs.open(path.join(incident, file), 'create');
  try {
    await handle.append(Buffer.from(text));
    await handle.flush();
  } finally {
    await handle.close();
  }
  await fs.flushFolder(folder);
  return { file, sha256: sha256(text), rows: rows.length };
}
