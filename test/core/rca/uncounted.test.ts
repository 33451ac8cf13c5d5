import { expect, test } from 'vitest';
import { otherImpact } from '../../../src/core/rca/otherImpact.ts';
import { someFacts } from './facts.ts';

test('recipients that are too many to count are told as not counted, not left out', () => {
  const told = (uncounted?: number) =>
    JSON.stringify(otherImpact(someFacts(uncounted === undefined ? {} : { uncounted })));
  expect(told(250_000)).toContain('not counted, because more than 250,000 messages were captured');
  expect(told()).not.toContain('not counted, because');
});
