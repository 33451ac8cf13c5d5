import { expect, test } from 'vitest';
import { sentenceOf } from '../../../src/core/traffic/flags.ts';
import type { CountryTotals } from '../../../src/core/traffic/totals.ts';
import { none } from './noTraffic.ts';

function said(expected: number, upper: number): string {
  const totals: CountryTotals = {
    country: 'JE',
    lastDay: { ...none, messages: 74 },
    window: { ...none, messages: 76 },
    observed: 74,
    expected,
    excess: 74 - expected,
    before: 2,
    foretold: { lower: 0, upper, days: 9 },
    topBlocks: [],
  };
  return sentenceOf('Jersey', totals, true);
}

test('where next to nothing was foretold there is no factor, and no “at most 0”', () => {
  expect(said(0.046, 0)).toBe('Jersey: 74 messages in the last 24 h; at most 1 was to be expected.');
  expect(said(0.4, 3)).toBe('Jersey: 74 messages in the last 24 h; at most 3 were to be expected.');
});

test('where more was foretold, how often as many came', () => {
  expect(said(6.2, 12)).toBe('Jersey: 74 messages in the last 24 h; 6.2 were to be expected, at most 12 (12 times).');
});
