import { expect, test } from 'vitest';
import { closeCountries, countries, type Fate, fatedRuns } from './countryFates.ts';

test('24 plans for 249 countries that Twilio treats in every way: done is said of none that is not closed then', async () => {
  const { ends, ...totals } = await fatedRuns(24);
  expect(countries).toHaveLength(249);
  expect(totals).toEqual({ runs: 24, items: totals.items, untrue: 0, uncounted: 0 });
  expect(Object.keys(ends).toSorted()).toEqual(['done', 'not-tried', 'refused']);
  expect(ends['done']).toBeGreaterThan(500);
});

test.each<Fate>(['ignored', 'lost, not done', 'forbidden'])(
  'the first of up to 20 countries that is %s is the last that anything is sent for',
  async (fate) => {
    // Some high-risk countries are not planned at all.
    const plannable = (await closeCountries('sms', countries, () => 'ok')).results.map(({ iso }) => iso);
    for (let size = 1; size <= 20; size += 1)
      for (let bad = 0; bad < size; bad += 1) {
        const isos = plannable.slice(0, size);
        const { sent, results } = await closeCountries('sms', isos, (iso) => (iso === isos[bad] ? fate : 'ok'));
        expect(sent).toEqual(isos.slice(0, bad + 1));
        expect(results.map(({ result }) => result)).toEqual(
          isos.map((_, place) => (place < bad ? 'done' : place === bad ? 'refused' : 'not-tried')),
        );
      }
  },
);
