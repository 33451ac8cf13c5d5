import { expect, test } from 'vitest';
import { stateWords } from '../../../../src/core/evidence/collect/rowTable.ts';
import { createSeenRows, type Reader } from '../../../../src/core/evidence/collect/seenRows.ts';

const see = (reader: Reader, row: string) => reader.see(...stateWords(row));

test('a row belongs to the slice that was written with it, and to nobody once that slice is forgotten', () => {
  const seen = createSeenRows();
  const [one, two, three] = [seen.reader(), seen.reader(), seen.reader()];
  expect([see(one, 'a'), see(one, 'a')]).toEqual(['new', 'mine']);
  // The other slice may still be forgotten, and the row with it.
  expect(see(two, 'a')).toBe('new');
  two.keep();
  expect(see(three, 'a')).toBe('kept');
  expect(see(three, 'b')).toBe('new');
  three.drop();
  expect(see(seen.reader(), 'b')).toBe('new');
});

test('rows stay told apart while the table grows', () => {
  const reader = createSeenRows().reader();
  const sids = Array.from({ length: 50_000 }, (_, i) => `SM${i.toString(16).padStart(32, '0')}`);
  expect(sids.filter((sid) => see(reader, sid) !== 'new')).toEqual([]);
  expect(sids.filter((sid) => see(reader, sid) !== 'mine')).toEqual([]);
});
