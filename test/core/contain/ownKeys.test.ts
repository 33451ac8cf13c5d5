import { expect, test } from 'vitest';
import { ownKeysIn } from '../../../src/core/contain/ownKeys.ts';

const made = {
  type: 'outcome',
  action: 'createReplacementKey',
  result: 'done',
  target: 'AC1 new API key a',
  back: 'SK1',
};
const deleted = { type: 'outcome', action: 'deleteApiKey', result: 'done', target: 'SK2' };

test('keys that outcomes say were made and deleted and read back are the person’s own', () => {
  const { made: own, deleted: gone } = ownKeysIn([made, deleted]);
  expect([[...own], [...gone]]).toEqual([['SK1'], ['SK2']]);
});

test.each([
  ['is not sealed here', { unsealed: true }],
  ['was settled from a record that is not sealed here', { unproven: true }],
  ['was not done', { result: 'refused' }],
  ['was found done already', { result: 'already' }],
  ['was only begun', { type: 'intent' }],
])('nothing is one’s own by a record that %s', (_what, change) => {
  const { made: own, deleted: gone } = ownKeysIn([made, deleted].map((record) => ({ ...record, ...change })));
  expect(own.size + gone.size).toBe(0);
});
