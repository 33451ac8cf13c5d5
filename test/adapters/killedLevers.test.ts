import { expect, test } from 'vitest';
import { killLevers } from '../soak/containKills.ts';

test('4 processes killed while they use levers: nothing is lost, done twice or labelled wrongly, and nobody is locked out', async () => {
  const { kills, changes, lost, doubled, wrong, lockedOut } = await killLevers(4);
  expect({ kills, lost, doubled, wrong, lockedOut }).toEqual({ kills: 4, lost: 0, doubled: 0, wrong: 0, lockedOut: 0 });
  expect(changes).toBeGreaterThan(0);
});
