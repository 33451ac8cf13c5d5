import { expect, test } from 'vitest';
import { createSeenRows } from '../../../../src/core/evidence/collect/seenRows.ts';

test('a row belongs to the slice that was written with it, and to nobody once that slice is forgotten', () => {
  const seen = createSeenRows();
  const [one, two, three] = [seen.reader(), seen.reader(), seen.reader()];
  expect([one.see('a'), one.see('a')]).toEqual(['new', 'mine']);
  // The other slice may still be forgotten, and the row with it.
  expect(two.see('a')).toBe('new');
  two.keep();
  expect(three.see('a')).toBe('kept');
  expect(three.see('b')).toBe('new');
  three.drop();
  expect(seen.reader().see('b')).toBe('new');
});

test('rows stay told apart while the table grows', () => {
  const reader = createSeenRows().reader();
  const sids = Array.from({ length: 50_000 }, (_, i) => `SM${i.toString(16).padStart(32, '0')}`);
  expect(sids.filter((sid) => reader.see(sid) !== 'new')).toEqual([]);
  expect(sids.filter((sid) => reader.see(sid) !== 'mine')).toEqual([]);
});
