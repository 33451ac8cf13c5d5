import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createTopSelection } from '../../../src/core/traffic/topSelection.ts';

it('keeps what sorting everything would put first, again and again', () => {
  const list = fc.array(fc.nat(6), { maxLength: 60 });
  fc.assert(
    fc.property(fc.array(list, { maxLength: 4 }), fc.nat(20), (lists, most) => {
      const top = createTopSelection(most);
      for (const sizes of lists) {
        // Ranks in another order than the items', no two alike.
        const all = sizes.map((size, item) => ({ item, size, rank: (item * 37) % 61 }));
        for (const { item, size, rank } of all) if (size >= top.least) top.offer(item, size, rank);
        const sorted = all.toSorted((a, b) => b.size - a.size || a.rank - b.rank);
        expect(top.take()).toEqual(sorted.slice(0, most).map(({ item, size }) => ({ item, size })));
      }
    }),
  );
});
