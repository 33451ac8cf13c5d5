import { expect, test } from 'vitest';
import { findingsOf } from '../../../src/core/traffic/detect/finding.ts';
import { rowFinding } from '../../../src/core/traffic/panelFinding.ts';
import type { Surge } from '../../../src/core/traffic/surges.ts';
import { pumping, seriesOf, start, usual } from './detect/madeUp.ts';

test('delivery is told of messages and calls, which have receipts, and not of Verify attempts', () => {
  const messages = [...usual(1, 8, 28), ...pumping(20 * 24 + 3, 400, 3)];
  const [finding] = findingsOf({ series: [seriesOf('DE', messages)], start, end: start + 28 * 86_400 });
  if (!finding) throw new Error('nothing was found');
  const surge = { missing: [], from: 0, to: 1, finding } as object as Surge;
  expect(rowFinding(surge, 'sms').delivery).toEqual(finding.delivery);
  expect(rowFinding(surge, 'voice').delivery).toEqual(finding.delivery);
  expect(rowFinding(surge, 'verify').delivery.whole).toBe(0);
});

test('a surge is told from its first message and to no later than now, though it is found in whole hours', () => {
  const hour = 3_600_000;
  const surge = { missing: [], from: 15 * hour, to: 19 * hour } as object as Surge;
  const now = 18.5 * hour;
  expect(rowFinding(surge, 'sms', { firstAt: 15.5 * hour, now })).toMatchObject({ from: 15.5 * hour, to: now });
  expect(rowFinding(surge, 'sms', { firstAt: 2 * hour, now: 30 * hour })).toMatchObject({
    from: surge.from,
    to: surge.to,
  });
});

test('the sentence counts the hours from the first message to the last, not those that are still to come', () => {
  const began = 20 * 24 + 3;
  const attack = pumping(began, 400, 4).filter(({ time }) => {
    const at = time - start - began * 3600;
    return at >= 1500 && at < 4 * 3600 - 1500;
  });
  const [finding] = findingsOf({
    series: [seriesOf('DE', [...usual(2, 8, 20), ...attack])],
    start,
    end: start + 21 * 86_400,
  });
  expect(finding?.sentence).toMatch(/ in 3 h where /);
  expect(((finding?.end ?? 0) - (finding?.onset ?? 0)) / 3600).toBe(4);
});
