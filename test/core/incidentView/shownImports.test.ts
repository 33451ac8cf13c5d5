import { expect, test } from 'vitest';
import { deletionEntry } from '../../../src/core/evidence/heldCaptures.ts';
import { importEntry } from '../../../src/core/evidence/importRecord.ts';
import { shownImports } from '../../../src/core/incidentView/shownImports.ts';
import { main, noon, sub } from './facts.ts';
import { captured, journal } from './journal.ts';

const sha256 = 'ab'.repeat(32);
const log = { file: 'other.json.gz', sha256, bytes: 9, log: 'messages' as const, bad: 0 };
const leftOut = importEntry({ ...log, rows: 0, leftOut: [{ sid: sub, rows: 500 }] });
const takenIn = importEntry({ ...log, rows: 500, accounts: [{ sid: sub, rows: 500 }] });
const refused = importEntry({ file: 'b.csv', rows: 0, bad: 0, refused: 'It is no log.' });

/** A capture of that file. */
function capture() {
  const entry = captured('messages', 1, main, { from: noon, to: noon });
  const page = { request: 'FILE other.json.gz', sha256, bytes: 9, rows: 10, receivedAt: new Date(noon).toISOString() };
  const slices = (entry['slices'] as readonly object[]).map((slice) => ({
    ...slice,
    pages: [{ ...page, removed: {} }],
  }));
  return { ...entry, slices } as typeof entry;
}

test('a file that was left out and then taken in is one row, as it is now', () => {
  expect(shownImports(journal(leftOut)).map(({ rows }) => rows)).toEqual([0]);
  expect(shownImports(journal(leftOut, refused, capture(), takenIn))).toMatchObject([
    { file: 'b.csv' },
    { file: 'other.json.gz', rows: 500, evidence: 'evidence/messages-0001.jsonl.gz:1' },
  ]);
});

test('a file that was taken out again is no row, though it had been left out before', () => {
  const gone = deletionEntry([{ file: 'evidence/messages-0001.jsonl.gz', sha256: '1'.repeat(64) }], log);
  expect(shownImports(journal(leftOut, capture(), takenIn, gone))).toEqual([]);
});
