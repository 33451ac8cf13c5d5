import { isObject, textOf } from '../../../core/model/json.ts';
import type { BadRow } from '../../../core/traffic/logImport.ts';
import { readLogRow } from '../../../core/traffic/logRow.ts';
import { keptText } from '../importedSecrets.ts';
import { rawRows } from './rawRows.ts';
import type { Format } from './recogniseLog.ts';
import { camelCased } from './scanJson.ts';

/**
 * The texts of message rows that were not understood: the fast reader tells their lines alone, so the file is read once more, up to
 * the last of them. Rows of a list may share a line, and files a name, so JSON is judged again.
 */
export async function rejectedMessages(
  path: string,
  format: Format,
  bad: readonly BadRow[],
): Promise<readonly (BadRow & { readonly text: string })[]> {
  const wanted = new Map(bad.map((row) => [row.line, row]));
  const last = Math.max(...wanted.keys());
  const found: (BadRow & { readonly text: string })[] = [];
  for await (const { rows } of rawRows(path, bad[0]?.file ?? '', format))
    for (const { text, line, value, defect } of rows) {
      const row = wanted.get(line);
      if (line > last || found.length === bad.length) return found;
      if (row === undefined) continue;
      const own = format.kind === 'csv' ? row.defect : (defect ?? defectOf(value ?? parsed(text)));
      if (own !== undefined) found.push({ ...row, defect: own, text: keptText(text, format) });
    }
  return found;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function defectOf(value: unknown): BadRow['defect'] | undefined {
  if (value === undefined) return 'not-json';
  if (!isObject(value)) return 'not-an-object';
  const row = readLogRow((name) => textOf(value, name) ?? textOf(value, camelCased(name)));
  return typeof row === 'string' ? row : undefined;
}
