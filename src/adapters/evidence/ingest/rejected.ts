import { appendFile, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { maskCodes } from '../../../core/evidence/maskCodes.ts';
import { isObject } from '../../../core/model/json.ts';
import { type BadRow, type RejectedRow, rememberedBadRows } from '../../../core/traffic/logImport.ts';
import { defects } from '../../../core/traffic/logRow.ts';

/** Rows that were not understood, one JSON object a line: `file`, `line`, `reason`, `row`, and `cut` when there was more of it. */
export const rejectedFile = 'rejected.jsonl';
const mostBytes = 4096;

export interface RejectedFile {
  /** Keeps rows of one file, `rememberedBadRows` of them; the text of each is cut, one-time codes in it are masked. */
  add(rows: readonly RejectedText[]): Promise<void>;
}

export function createRejectedFile(folder: string): RejectedFile {
  return {
    async add(rows) {
      const lines = rows.slice(0, rememberedBadRows).map((row) => `${rejectedLine(row)}\n`);
      if (lines.length > 0) await appendFile(path.join(folder, rejectedFile), lines.join(''), { mode: 0o600 });
    },
  };
}

/** A row that was not understood, with its text. */
export type RejectedText = BadRow & { readonly text: string };

/** It as a line of JSON: its text cut, one-time codes in it masked, nothing in it that acts on a terminal. */
export function rejectedLine({ file, line, defect, text }: RejectedText): string {
  const { text: masked } = maskCodes(cutTo(text, 2 * mostBytes));
  const row = cutTo(masked, mostBytes);
  const isCut = Buffer.byteLength(text) > mostBytes;
  const json = JSON.stringify({ file, line, reason: defects[defect], row, ...(isCut && { cut: true }) });
  // JSON leaves these as they are; a terminal or an editor would act on them.
  return json.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (char) =>
    Array.from({ length: char.length }, (_, i) => `\\u${char.charCodeAt(i).toString(16).padStart(4, '0')}`).join(''),
  );
}

/** The first bytes of a text as UTF-8, no character of it in half. */
function cutTo(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) return text;
  return Buffer.from(text)
    .subarray(0, bytes)
    .toString('utf8')
    .replace(/\uFFFD{1,3}$/, '');
}

/** The rows that were kept aside, as many as a person reads; none when there are none. */
export async function readRejected(folder: string, most: number): Promise<readonly RejectedRow[]> {
  const text = await readFile(path.join(folder, rejectedFile), 'utf8').catch(() => '');
  return rejectedRowsIn(text, most);
}

/** The rows a text holds, one a line as `rejectedLine` makes them. */
export function rejectedRowsIn(text: string, most?: number): readonly RejectedRow[] {
  return text
    .split('\n', most)
    .filter((line) => line !== '')
    .map((line) => rowOf(JSON.parse(line)));
}

function rowOf(value: unknown): RejectedRow {
  const { file, line, reason, row, cut } = isObject(value) ? value : {};
  const isText = (one: unknown): one is string => typeof one === 'string';
  return {
    file: isText(file) ? file : '',
    line: typeof line === 'number' ? line : 0,
    reason: isText(reason) ? reason : '',
    row: isText(row) ? row : '',
    cut: cut === true,
  };
}

export async function removeRejected(folder: string): Promise<void> {
  await rm(path.join(folder, rejectedFile), { force: true });
}
