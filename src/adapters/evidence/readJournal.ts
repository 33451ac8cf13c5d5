import { isUtf8 } from 'node:buffer';
import { type VerifiedChain, verifyChain } from '../../core/evidence/chain.ts';
import type { Head } from '../../core/evidence/record.ts';
import { sha256 } from './sha256.ts';

/** A journal's bytes, checked. */
export interface CheckedJournal extends VerifiedChain {
  /** How many bytes at the start are whole records. */
  readonly wholeBytes: number;
}

const lineFeed = 10;

/** Checks a journal's bytes against its chain and, when known, the head kept elsewhere. */
export function checkJournal(content: Buffer, anchor: Head | undefined): CheckedJournal {
  const lines: Buffer[] = [];
  for (let start = 0; start <= content.length; ) {
    const end = content.indexOf(lineFeed, start);
    lines.push(content.subarray(start, end === -1 ? content.length : end));
    start = end === -1 ? content.length + 1 : end + 1;
  }
  const chain = verifyChain(lines.map(textOf), sha256, anchor);
  const wholeBytes = lines.slice(0, chain.records.length).reduce((sum, line) => sum + line.length + 1, 0);
  return { ...chain, wholeBytes };
}

/** Decoding replaces bytes that are no UTF-8, and different bytes would become one text. As Latin-1 they cannot match their hash. */
function textOf(line: Buffer): string {
  return line.toString(isUtf8(line) ? 'utf8' : 'latin1');
}
