import { expect, test } from 'vitest';
import { toMarkdown } from '../../../src/adapters/markdown.ts';
import type { ChainRecord } from '../../../src/core/evidence/record.ts';
import { containmentSteps } from '../../../src/core/rca/containmentSteps.ts';
import { createRca } from '../../../src/core/rca/createRca.ts';
import { actions } from '../../../src/core/registry.ts';
import { someFacts } from './facts.ts';

const at = '2026-11-21T03:00:00.000Z';
const record = (type: string, more: Record<string, string>): ChainRecord => ({
  seq: 1,
  at,
  type,
  prev: '',
  hash: '',
  plan: 'p',
  action: 'suspendSubaccount',
  target: 'AC1',
  name: 'Shop',
  ...more,
});
const [main, sub] = [`AC${'1'.repeat(32)}`, `AC${'2'.repeat(32)}`];
const step = {
  at: Date.parse(at),
  id: 'suspendSubaccount',
  action: 'Suspend Subaccount',
  target: 'Shop',
  sid: 'AC1',
  citations: ['J1'],
};
const undo = { undo: '“Reactivate Subaccount”' };

test('a journal’s outcomes become steps, with the sentence where it did not go well', () => {
  const steps = containmentSteps(
    [
      record('intent', {}),
      record('outcome', { result: 'done', sentence: 'Done.' }),
      record('outcome', { plan: 'q', result: 'refused', sentence: 'Not allowed.' }),
      record('document', {}),
    ],
    actions,
  );
  expect(steps).toEqual([
    { ...step, ...undo, outcome: 'done' },
    { ...step, outcome: 'refused', detail: 'Not allowed.' },
  ]);
});

test('an intent without an outcome is unknown, never done', () => {
  expect(containmentSteps([record('intent', {})], actions)).toMatchObject([{ ...step, outcome: 'unknown' }]);
});

test('what was done before the incident was started keeps its own time', () => {
  const happened = '2026-11-20T01:00:00.000Z';
  expect(containmentSteps([record('earlier', { result: 'done', happened })], actions)).toEqual([
    { ...step, ...undo, at: Date.parse(happened), outcome: 'done' },
  ]);
});

test('says when a step was taken back, and which record tells so', () => {
  const done = record('outcome', { result: 'done' });
  const back = { ...record('outcome', { action: 'reactivateSubaccount', result: 'done' }), seq: 7 };
  const [first] = containmentSteps([done, back], actions);
  expect(first?.undo).toBe('undone (J7)');
  const other = { ...back, target: 'AC2' };
  expect(containmentSteps([done, other], actions)[0]?.undo).toBe('“Reactivate Subaccount”');
  const forGood = [{ id: 'suspendSubaccount', title: 'Delete', reversibility: 'irreversible' }];
  expect(containmentSteps([done], forGood)[0]?.undo).toBe('cannot be undone');
});

test('a step in the Console is as a person told, and done when a Monitor event says so, with the note', () => {
  const told = record('console-step', {
    step: 'enforceTwoFactor',
    name: 'Require 2FA',
    account: 'AC1',
    note: 'Tom did.',
  });
  expect(containmentSteps([told], actions)).toEqual([
    {
      ...{ at: step.at, id: 'enforceTwoFactor', action: 'Require 2FA', target: 'AC1', citations: ['J1'] },
      outcome: 'as told',
      detail: 'Tom did.',
    },
  ]);
  const proven = { ...told, event: { sid: 'AE1', type: 'user.updated', account: 'AC1', at } };
  expect(containmentSteps([proven], actions)).toMatchObject([
    { outcome: 'done', detail: 'Monitor event AE1, Tom did.' },
  ]);
});

test('after a takeover the RCA says which of Twilio’s four sanitization steps are recorded', () => {
  const steps = containmentSteps(
    [
      record('outcome', { action: 'rotateAuthToken', result: 'done', name: 'Acme', account: main, target: main }),
      record('outcome', { action: 'deleteApiKey', result: 'refused', name: 'evil' }),
      record('console-step', { step: 'enforceTwoFactor', name: 'Require 2FA', account: 'AC1' }),
    ],
    actions,
  );
  const text = toMarkdown(createRca(someFacts({ containment: steps, type: 'Account takeover' })));
  expect(text).toContain(
    '| Auth Tokens of impacted accounts rotated | partly, 1 of 2 accounts: done for `Acme` (J1); not recorded for `Acme Pay` |',
  );
  expect(text).toContain('| API keys of impacted accounts deleted | not recorded yet |');
  expect(text).toContain('| Two-factor authentication enforced for users | done for `AC1` (J1) |');
  expect(text).toContain('| Leaking repositories made private, what leaked replaced | not recorded yet |');
  const types = (grade: 'likely' | 'possible') => ({
    verdict: { sentence: '', at: 0, hits: [], types: [{ type: 'account-takeover' as const, grade }] },
  });
  const of = (grade: 'likely' | 'possible') => toMarkdown(createRca(someFacts({ containment: [], ...types(grade) })));
  expect(of('likely')).toContain('| API keys of impacted accounts deleted | not recorded yet |');
  expect(of('possible')).not.toContain('API keys of impacted accounts deleted');
});

test('sanitization is done only when every impacted account has it; a replacement key deletes nothing', () => {
  const done = (action: string, name: string, account: string, target = account) =>
    record('outcome', { action, result: 'done', name, account, target });
  const steps = containmentSteps(
    [
      done('rotateAuthToken', 'Acme', main),
      done('rotateAuthToken', 'Acme Pay', sub),
      done('deleteApiKey', 'evil', main, 'SK1'),
      done('createReplacementKey', 'evil (replacement)', sub, 'SK2'),
    ],
    actions,
  );
  const text = toMarkdown(createRca(someFacts({ containment: steps, type: 'Account takeover' })));
  expect(text).toContain('| Auth Tokens of impacted accounts rotated | done for `Acme`, `Acme Pay` (J1) |');
  const keys =
    'partly: 1 deleted in `Acme` (J1, E1:17); not known how many there are in `Acme`, `Acme Pay`: collect the keys';
  expect(text).toContain(`| API keys of impacted accounts deleted | ${keys} |`);
  expect(text).toMatch(/\| Rotate the Auth Token [^|]*\|[^|]*\| done for `Acme`, `Acme Pay` \(J1\) \| – \|/);
  expect(text).toContain(`| ${keys} | ✍ |`);
  expect(text).not.toMatch(/done for [^|]*replacement/);
});

test('what a record says that this computer did not seal is unproven, whatever it says, and takes nothing back', () => {
  const own = record('outcome', { action: 'suspendSubaccount', target: 'AC2', result: 'done' });
  const undoing = { action: 'reactivateSubaccount', target: 'AC2', result: 'done', unsealed: true };
  const forged = { ...own, ...undoing, seq: own.seq + 1 };
  const [step, claim] = containmentSteps([own, forged], actions);
  expect(step?.undo ?? '').not.toContain('undone');
  expect(claim).toMatchObject({
    outcome: 'unproven',
    detail: 'a record that was not sealed on this computer says “done”',
  });
  expect(claim).not.toHaveProperty('undo');
});

test('the RCA says how many records were not sealed by the computer that wrote it', () => {
  const summary = (unsealed?: number) => JSON.stringify(createRca(someFacts({ ...(unsealed && { unsealed }) })));
  expect(summary(3)).toContain('3 records of the journal were not written by the computer that wrote this document');
  expect(summary()).not.toContain('Not sealed here');
});

test('the RCA names where the journal ended; anything but a SHA-256 is left out', () => {
  const hash = '1234567890'.repeat(6).concat('abcd');
  const summary = (head: string) => JSON.stringify(createRca(someFacts({ chainHead: { seq: 5, hash: head } })));
  expect(summary(hash)).toContain(`record 5, SHA-256 ${hash}`);
  expect(summary('[x](command:y)')).not.toContain('record 5');
});
