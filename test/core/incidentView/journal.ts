import { captureEntry } from '../../../src/core/evidence/captureRecord.ts';
import type { ChainRecord } from '../../../src/core/evidence/record.ts';
import type { SourceId } from '../../../src/core/evidence/source.ts';
import type { AccountSid } from '../../../src/core/model/sid.ts';
import type { JournalEntry } from '../../../src/core/ports.ts';
import type { Window } from '../../../src/core/traffic/window.ts';
import { noon } from './facts.ts';

/** Records as a journal holds them, a minute apart from noon on. */
export function journal(...entries: readonly JournalEntry[]): readonly ChainRecord[] {
  return entries.map((entry, index) => ({
    ...entry,
    seq: index + 1,
    at: new Date(noon + index * 60_000).toISOString(),
    prev: '',
    hash: '',
  }));
}

/** A capture with one slice of ten rows, complete unless there is a reason why not. */
export function captured(
  source: SourceId,
  number: number,
  account: AccountSid,
  window?: Window,
  why?: string,
): JournalEntry {
  return captureEntry({
    file: `evidence/${source}-${String(number).padStart(4, '0')}.jsonl.gz`,
    sha256: number < 16 ? number.toString(16).repeat(64) : number.toString(16).padStart(64, '0'),
    bytes: 1234,
    source,
    slices: [
      {
        account,
        ...(window && { window, first: window.from, last: window.to }),
        complete: why === undefined,
        ...(why !== undefined && { why }),
        line: 1,
        rows: 10,
        pages: [],
      },
    ],
  });
}
