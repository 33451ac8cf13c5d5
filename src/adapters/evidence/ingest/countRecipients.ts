import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { throwIfCancelled } from '../../../core/cancellation.ts';
import { UserError } from '../../../core/errors.ts';
import type { Cancellation } from '../../../core/ports.ts';
import {
  createRecipientCount,
  type RecipientCount,
  type RecipientScope,
} from '../../../core/traffic/recipientCount.ts';
import { readRanges } from './columnBytes.ts';
import { type ColumnName, columnFile } from './indexFiles.ts';
import { readHeader } from './openIndex.ts';
import { widths } from './segment.ts';

/** Rows read and counted without a pause: some milliseconds, and a megabyte. */
const slice = 100_000;

/**
 * Counts recipients from an index. Reads it piece by piece, so that ten million rows take no more memory than their different numbers. Throws
 * `Cancelled`, or `UserError` when the index was removed meanwhile.
 */
export async function countRecipients(
  folder: string,
  scope: RecipientScope,
  cancel?: Cancellation,
): Promise<RecipientCount> {
  try {
    const { rows, values } = await readHeader(folder);
    const counter = createRecipientCount(scope, values);
    for (let from = 0; from < rows; from += slice) {
      const count = Math.min(slice, rows - from);
      const column = async (name: ColumnName): Promise<ArrayBuffer> => {
        const width = widths[name];
        const range = { from: from * width, to: (from + count) * width };
        const bytes = await readRanges(path.join(folder, columnFile(name)), rows * width, [range]);
        if (!bytes) throw gone();
        return bytes;
      };
      counter.add({
        rows: count,
        time: new Uint32Array(await column('time')),
        country: new Uint8Array(await column('country')),
        direction: new Uint8Array(await column('direction')),
        block: new Uint32Array(await column('block')),
        ending: new Uint16Array(await column('ending')),
      });
      await nextTurn();
      throwIfCancelled(cancel);
    }
    const steps = counter.done();
    for (;;) {
      const { done, value } = steps.next();
      if (done) return value;
      await nextTurn();
    }
  } catch (reason) {
    if (!(reason instanceof Error && 'code' in reason) || reason instanceof UserError) throw reason;
    throw gone();
  }
}

function gone(): UserError {
  return new UserError(
    'not-found',
    'Unique recipients were not counted: the index of the messages was removed meanwhile. Refresh to count them.',
  );
}
