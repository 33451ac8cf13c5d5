import { expect, test } from 'vitest';
import { leverCases } from '../core/contain/leverCases.ts';
import { crashEverywhere, everyRemains, noCrashes } from './crashMatrix.ts';

const nothingWrong = { lost: 0, doubled: 0, wrong: 0, broken: 0 };
const reached = noCrashes();

// What is left of the last bytes takes turns here; the soak has all of it for every lever, and dies in settling too.
test.each(leverCases.map((one, index) => [one.action, one, everyRemains[index % 3] ?? 'none'] as const))(
  'a process that uses %s and ends at any step loses no intent, does nothing twice and leaves no wrong label',
  async (_, one, remains) => {
    const totals = noCrashes();
    await crashEverywhere(one, totals, { remains: [remains], deep: false });
    expect(totals).toMatchObject(nothingWrong);
    expect(totals.crashes).toBeGreaterThan(15);
    for (const [point, times] of Object.entries(totals.points)) reached.points[point] = times;
  },
  120_000,
);

test('and one that ends again while that is settled neither', async () => {
  const totals = noCrashes();
  for (const one of leverCases.filter(({ action }) => action === 'closeSmsCountry'))
    await crashEverywhere(one, totals, { remains: ['half'], deep: true });
  expect(totals).toMatchObject(nothingWrong);
  expect(totals.recoveries).toBeGreaterThan(50);
});

test('every place where a process can end was met', () => {
  expect(Object.keys(reached.points).toSorted()).toEqual([
    'intent flushed: done',
    'intent flushed: not done',
    'intent written: done',
    'intent written: not done',
    'lock: done',
    'lock: not done',
    'next target: done',
    'outcome flushed: done',
    'outcome flushed: not done',
    'outcome written: done',
    'outcome written: not done',
    'read-back: not done',
    'read: not done',
    'request: done',
    'request: not done',
    'unlock: not done',
  ]);
});
