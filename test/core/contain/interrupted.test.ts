import { expect, test } from 'vitest';
import { interruptedIn } from '../../../src/core/contain/interrupted.ts';
import { actions } from '../../../src/core/registry.ts';
import { mainSid, subSid } from '../../simulator/smallWorld.ts';

const intent = {
  type: 'intent',
  plan: 'plan1',
  action: 'suspendSubaccount',
  target: subSid,
  on: { kind: 'subaccount', account: subSid, name: 'Shop', status: 'active' },
  with: mainSid,
  before: { status: 'active' },
  wanted: { status: 'suspended' },
};

test('a change without an outcome was interrupted; the state before is that of its first round', () => {
  const later = { ...intent, pass: 2, before: { status: 'suspended' } };
  expect(interruptedIn([intent, later], actions)).toMatchObject([
    { plan: 'plan1', main: mainSid, target: intent.on, before: { status: 'active' } },
  ]);
});

test('one with an outcome is settled, for its own plan only', () => {
  const outcome = { type: 'outcome', plan: 'plan1', target: subSid, result: 'done' };
  expect(interruptedIn([intent, outcome], actions)).toEqual([]);
  expect(interruptedIn([{ ...intent, plan: 'plan2' }, outcome], actions)).toHaveLength(1);
});

test.each([
  ['an action that is not known', { ...intent, action: 'closeAccount' }],
  ['a target of another kind', { ...intent, on: { ...intent.on, kind: 'apiKey' } }],
  ['an account that is none', { ...intent, on: { ...intent.on, account: '../AC1' } }],
  ['a target that is no text', { ...intent, on: { ...intent.on, name: { evil: true } } }],
  ['no target', { ...intent, on: undefined }],
  ['a record of another kind', { ...intent, type: 'note' }],
])('%s is left alone', (_, record) => {
  expect(interruptedIn([record], actions)).toEqual([]);
});
