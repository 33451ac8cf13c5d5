import type { Window } from '../../traffic/window.ts';
import type { Capture } from '../capture.ts';
import type { CapturedRow } from '../evidenceStore.ts';
import { holds } from '../windows.ts';
import type { Job } from './job.ts';
import type { CollectOptions } from './options.ts';
import { stateOf, stateWords } from './rowTable.ts';
import type { createSeenRows, Reader } from './seenRows.ts';

/** Gives the rows of these captures; of those that cannot be read, none. */
export type RowsOf = (captures: ReadonlySet<Capture>) => AsyncIterable<CapturedRow>;

/** Whose rows a run tells apart. */
export function ownerOf({ source, account }: Pick<Job, 'source' | 'account'>): string {
  return `${source.id} ${account} `;
}

/**
 * Makes known what is held of the times that are read again because their rows may have changed: only those that did are written anew, so that
 * evidence is what it says it has. Rows that sum up a day change without saying when, so these are always written.
 */
export async function knowHeld(
  seen: ReturnType<typeof createSeenRows>,
  jobs: readonly Job[],
  held: CollectOptions['held'],
  rowsOf: RowsOf,
): Promise<void> {
  const reread = new Map<string, { readonly job: Job; readonly windows: Window[]; readonly reader: Reader }>();
  const files = new Set<Capture>();
  const byOwner = new Map(jobs.filter(({ source }) => source.unit !== 'day').map((job) => [ownerOf(job), job]));
  for (const { capture } of held)
    for (const { account, window, complete } of capture.slices) {
      const owner = `${capture.source} ${account} `;
      const job = byOwner.get(owner);
      if (!job || !window || !complete || !job.unread.some((part) => meet(part, window))) continue;
      files.add(capture);
      const known = reread.get(owner) ?? { job, windows: [], reader: seen.reader(owner) };
      known.windows.push(window);
      reread.set(owner, known);
    }
  if (files.size === 0) return;
  for await (const { source, account, row } of rowsOf(files)) {
    const known = reread.get(`${source} ${account} `);
    const key = known?.job.source.key(row);
    const at = known?.job.source.at?.(row);
    if (!known || key === undefined || at === undefined) continue;
    if (!known.job.unread.some((part) => holds(part, at)) || !known.windows.some((part) => holds(part, at))) continue;
    known.reader.see(...stateWords(stateOf(key, row)));
  }
  for (const { reader } of reread.values()) reader.keep();
}

function meet(one: Window, other: Window): boolean {
  return one.from <= other.to && one.to >= other.from;
}
