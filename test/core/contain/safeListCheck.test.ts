import { expect, test } from 'vitest';
import { checkSafeList, safeListText, safeNumbersIn } from '../../../src/core/contain/safeListCheck.ts';
import { UserError } from '../../../src/core/errors.ts';
import { mainSid } from '../../simulator/smallWorld.ts';
import { withLevers } from './leverWorld.ts';

test('numbers are read between spaces, commas and lines, each once', () => {
  expect(safeNumbersIn(' +14155550100, +1415555xxx\n+14155550100;4155550100 ')).toEqual({
    numbers: ['+14155550100', '+1415555xxx'],
    wrong: ['4155550100'],
  });
});

test('Twilio is asked about each number, and nothing is changed', async () => {
  await withLevers(async ({ twilio, simulator, changes }) => {
    const answer = await checkSafeList(['+14155550199', '+14155550100'], mainSid, twilio);
    expect(answer).toEqual({ on: ['+14155550100'], off: ['+14155550199'], unknown: [] });
    expect(safeListText(answer)).toBe('On the Global Safe List: +14155550100. Not on it: +14155550199.');
    expect(simulator.log).toHaveLength(2);
    expect(changes()).toEqual([]);
  });
});

test('a number of which Twilio gives no answer is not called absent', async () => {
  await withLevers(async ({ twilio }) => {
    const refusing: typeof twilio = {
      ...twilio,
      page: async (request, cancel) => {
        if (request.query?.['PhoneNumber'] === '+14155550100')
          throw new UserError('not-allowed', 'It may not be read.');
        return twilio.page(request, cancel);
      },
    };
    const answer = await checkSafeList(['+14155550100', '+14155550199'], mainSid, refusing);
    expect(answer).toMatchObject({ on: [], off: ['+14155550199'] });
    expect(safeListText(answer)).toBe('Not on it: +14155550199. Not known of +14155550100: It may not be read.');
  });
});
