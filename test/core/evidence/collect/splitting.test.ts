import { describe, expect, it } from 'vitest';
import { partsOf, sliceLength } from '../../../../src/core/evidence/collect/splitting.ts';
import { without } from '../../../../src/core/evidence/windows.ts';

const second = 1000;
const page = 1000 * second;

/** A slice of so many pages, of which the first was read: a row each second. */
function slice(pages: number) {
  const window = { from: 0, to: pages * page - second };
  const instants = Array.from({ length: 1000 }, (_, i) => window.to - i * second);
  return { window, pages: 1, rows: 1000, instants };
}

describe('a slice that turns out longer than expected', () => {
  const partsIn = (pages: number, inAll: number | undefined) =>
    partsOf(slice(pages), { ...sliceLength(inAll), wholeDays: false });

  it('is begun anew in parts of two pages where there is little else to do', () => {
    const parts = partsIn(6, 100) ?? [];
    expect(parts).toHaveLength(3);
    for (const { from, to } of parts) expect(to - from).toBeLessThanOrEqual(2.2 * page);
    expect(without(slice(6).window, parts)).toEqual([]);
  });

  it('is read on as begun where there is much else to do', () => {
    expect(partsIn(6, 1000)).toBeUndefined();
    expect(partsIn(9, 1000)).toBeDefined();
  });

  it('is read on as begun when next to nothing is left', () => {
    for (const inAll of [5, 1000]) expect(partsIn(3, inAll)).toBeUndefined();
  });
});
