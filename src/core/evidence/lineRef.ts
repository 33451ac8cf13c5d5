import { isCaptureFile } from './captureRecord.ts';

/** A line of a capture's file, from 1: the id of one piece of evidence. */
export interface LineRef {
  readonly file: string;
  readonly line: number;
}

/** Reads `evidence/messages-0003.jsonl.gz:17`; `undefined` for anything else, such as a SID. */
export function lineOf(ref: string): LineRef | undefined {
  const colon = ref.lastIndexOf(':');
  const [file, line] = [ref.slice(0, colon), Number(ref.slice(colon + 1))];
  return colon > 0 && isCaptureFile(file) && Number.isSafeInteger(line) && line >= 1 ? { file, line } : undefined;
}
