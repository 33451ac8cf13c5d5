import type { CapturedRow } from '../evidence/evidenceStore.ts';
import { createNames } from './column.ts';

/** Lines of one file that can be told apart in a reference; files and lines share a float's 53 bits. */
const linesPerFile = 2 ** 32;

/** Where rows came from, as one number each: `evidence/messages-0003.jsonl.gz:17` and back. */
export interface Refs {
  of(row: Pick<CapturedRow, 'file' | 'line'>): number;
  text(ref: number): string;
}

export function createRefs(): Refs {
  const files = createNames(2 ** 20);
  return {
    of: ({ file, line }) => files.of(file) * linesPerFile + line,
    text: (ref) => `${files.names[Math.floor(ref / linesPerFile)] ?? ''}:${ref % linesPerFile}`,
  };
}
