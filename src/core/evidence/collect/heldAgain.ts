import type { AccountSid } from '../../model/sid.ts';
import type { Window } from '../../traffic/window.ts';
import type { Capture } from '../capture.ts';
import type { CapturedRow } from '../evidenceStore.ts';
import type { SourceId } from '../source.ts';
import { holds, meet, merged } from '../windows.ts';
import type { Job } from './job.ts';
import type { CollectOptions } from './options.ts';
import { stateOf, stateWords } from './rowTable.ts';
import type { createSeenRows, Reader } from './seenRows.ts';

/** Gives the rows of these captures; of those that cannot be read, none. */
export type RowsOf = (captures: ReadonlySet<Capture>) => AsyncIterable<CapturedRow>;

/** Whose rows a run tells apart. */
export function ownerOf(source: SourceId, account: AccountSid): string {
  return `${source} ${account} `;
}

interface ReadAgain {
  readonly job: Job;
  /** Times that complete slices hold. */
  windows: readonly Window[];
  readonly reader: Reader;
}

/**
 * Makes known what is held of the times that are read again because their rows may have changed: only those that did are written anew, so that
 * evidence is what it says it has. Rows that sum up a day change without saying when, so these are always written.
 */
export async function knowHeld(
  seen: ReturnType<typeof createSeenRows>,
  jobs: readonly Job[],
  { held, rowsOf, cancel }: Pick<CollectOptions, 'held' | 'rowsOf' | 'cancel'>,
): Promise<void> {
  const again = new Map<string, ReadAgain>();
  const files = new Set<Capture>();
  const byOwner = new Map(
    jobs.filter(({ source }) => source.unit !== 'day').map((job) => [ownerOf(job.source.id, job.account), job]),
  );
  for (const { capture } of held)
    for (const { account, window, complete } of capture.slices) {
      const owner = ownerOf(capture.source, account);
      const job = byOwner.get(owner);
      if (!job || !window || !complete || !job.unread.some((part) => meet(part, window))) continue;
      files.add(capture);
      const known = again.get(owner) ?? { job, windows: [], reader: seen.reader(owner) };
      known.windows = merged([...known.windows, window]);
      again.set(owner, known);
    }
  if (files.size === 0 || !rowsOf) return;
  for await (const { source, account, row } of rowsOf(files)) {
    if (cancel?.aborted) break;

    const known = again.get(ownerOf(source, account));
    const key = known?.job.source.key(row);
    const at = known?.job.source.at?.(row);
    if (!known || key === undefined || at === undefined) continue;
    if (![known.job.unread, known.windows].every((parts) => parts.some((part) => holds(part, at)))) continue;
    known.reader.see(...stateWords(stateOf(key, row)));
  }
  for (const { reader } of again.values()) reader.keep();
}
