import { expect, test } from 'vitest';
import { findingsOf } from '../../../src/core/traffic/detect/finding.ts';
import { rowFinding } from '../../../src/core/traffic/panelFinding.ts';
import type { Surge } from '../../../src/core/traffic/surges.ts';
import { pumping, seriesOf, start, usual } from './detect/madeUp.ts';

test('delivery is told of messages and calls, which have receipts, and not of Verify attempts', () => {
  const messages = [...usual(1, 8, 28), ...pumping(20 * 24 + 3, 400, 3)];
  const [finding] = findingsOf({ series: [seriesOf('DE', messages)], start, end: start + 28 * 86_400 });
  if (!finding) throw new Error('nothing was found');
  const surge = { missing: [], finding } as object as Surge;
  expect(rowFinding(surge, 'sms').delivery).toEqual(finding.delivery);
  expect(rowFinding(surge, 'voice').delivery).toEqual(finding.delivery);
  expect(rowFinding(surge, 'verify').delivery.whole).toBe(0);
});
