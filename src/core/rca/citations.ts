import { captureFrom } from '../evidence/captureRecord.ts';
import { heldCaptures } from '../evidence/heldCaptures.ts';
import type { ChainRecord } from '../evidence/record.ts';
import { textOf } from '../model/json.ts';
import type { DocumentStatus, TrafficRow } from './facts.ts';
import { documentStatuses } from './facts.ts';

/** `E1`, `E2` … by file. Deleted files keep their number, so that an older document's `E3` is never another file. */
export function evidenceIds(records: readonly ChainRecord[]): ReadonlyMap<string, string> {
  const files = records.flatMap((record) => captureFrom(record)?.file ?? []);
  return new Map(files.map((file, index) => [file, `E${index + 1}`]));
}

/** The rows of collected traffic with the files they were counted from: the messages of the accounts that sent them. */
export function citedTraffic(rows: readonly TrafficRow[], records: readonly ChainRecord[]): readonly TrafficRow[] {
  const ids = evidenceIds(records);
  const files = heldCaptures(records)
    .map(({ capture }) => capture)
    .filter(({ source }) => source === 'messages');
  return rows.map((row) => {
    const own = new Set((row.senders ?? []).map(({ sid }) => sid));
    const citations = files
      .filter(({ slices }) => slices.some(({ account, rows: held }) => held > 0 && own.has(account)))
      .flatMap(({ file }) => ids.get(file) ?? []);
    return { ...row, citations };
  });
}

/** How far the RCA is, as the journal tells. */
export function documentStatus(records: readonly ChainRecord[]): DocumentStatus {
  const last = records.findLast(({ type }) => type === 'rca-status');
  return documentStatuses.find((known) => known === (last && textOf(last, 'to'))) ?? 'Draft';
}
