import path from 'node:path';
import { UserError } from '../../../core/errors.ts';
import { readRanges } from './columnBytes.ts';
import { columnFile } from './indexFiles.ts';
import { readHeader } from './openIndex.ts';
import { again } from './readColumns.ts';
import { widths } from './segment.ts';

/**
 * The last four digits of every row's recipient, in the order of the rows; `noEnding` where there are none. With the rows' blocks they are whole
 * numbers, which only the detector needs: two bytes a row. Throws `UserError` when the index is damaged.
 */
export async function readEndings(folder: string): Promise<Uint16Array> {
  const { rows } = await readHeader(folder);
  const size = rows * widths.ending;
  const bytes = await readRanges(path.join(folder, columnFile('ending')), size, [{ from: 0, to: size }]).catch(
    () => undefined,
  );
  if (!bytes) throw new UserError('bad-input', `The index of imported logs is not whole. ${again}`);
  return new Uint16Array(bytes);
}
