import { expect, test } from 'vitest';
import { leadOf } from '../../../src/core/evidence/collect/missing.ts';
import { messages } from '../../../src/core/evidence/sources/messages.ts';
import { usage } from '../../../src/core/evidence/sources/usage.ts';
import { usualDaysBefore, withDaysBefore } from '../../../src/core/evidence/usualDays.ts';
import { span } from '../../../src/core/model/age.ts';

const to = Date.UTC(2026, 10, 21, 12);
const window = (days: number) => ({ from: to - days * span.day, to });

test('two weeks in all are wanted: what the window lacks of them', () => {
  expect([1, 7, 13.5, 14, 30].map((days) => usualDaysBefore(window(days)))).toEqual([13, 7, 1, 0, 0]);
});

test('the days before are read of logs of traffic alone, and only where they are wanted', () => {
  const [traffic, other] = withDaysBefore([messages, usage], 7);
  expect(traffic?.leadDays).toBe(7);
  expect(other).toBe(usage);
  expect(withDaysBefore([messages], 0)).toEqual([messages]);
  expect(withDaysBefore([messages], 400)[0]?.leadDays).toBe(messages.mayLeadDays);
  expect(messages.leadDays).toBeUndefined();
});

test('they are read as far as the window begins', () => {
  const [traffic = messages] = withDaysBefore([messages], 7);
  expect(leadOf(traffic, window(7), to)).toEqual({ from: to - 14 * span.day, to: to - 7 * span.day - 1000 });
  expect(leadOf(messages, window(7), to)).toBeUndefined();
});
