import { UserError } from '../../../core/errors.ts';
import type { Capture } from '../../../core/evidence/capture.ts';
import { lineOf } from '../../../core/evidence/lineRef.ts';
import { sources } from '../../../core/evidence/sources.ts';
import { textOf } from '../../../core/model/json.ts';
import type { CitedRow } from '../../../core/validate/checked.ts';
import { captureRows } from '../captureReader.ts';

/**
 * What the captured lines are that results rest on: SID and time. Reads only the files they lie in, each to the last line that is asked
 * for; a line of a file that cannot be used is left out.
 */
export async function citedRows(
  folder: string,
  captures: readonly Capture[],
  refs: Iterable<string>,
): Promise<readonly CitedRow[]> {
  const wanted = Map.groupBy(
    [...new Set(refs)].flatMap((ref) => lineOf(ref) ?? []),
    ({ file }) => file,
  );
  const found: CitedRow[] = [];
  for (const capture of captures) {
    const lines = wanted.get(capture.file);
    if (lines) found.push(...(await rowsAt(folder, capture, new Set(lines.map(({ line }) => line)))));
  }
  return found;
}

async function rowsAt(folder: string, capture: Capture, lines: ReadonlySet<number>): Promise<readonly CitedRow[]> {
  const source = sources.find(({ id }) => id === capture.source);
  const found: CitedRow[] = [];
  try {
    for await (const { file, line, row } of captureRows(folder, capture)) {
      if (!lines.has(line)) continue;
      const [sid, at] = [textOf(row, 'sid'), source?.at?.(row)];
      found.push({ ref: `${file}:${line}`, ...(sid !== undefined && { sid }), ...(at !== undefined && { at }) });
      if (found.length === lines.size) break;
    }
  } catch (reason) {
    if (!(reason instanceof UserError)) throw reason;
  }
  return found;
}
