import { expect, test } from 'vitest';
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
const step = { at: Date.parse(at), action: 'Suspend Subaccount', target: 'Shop', sid: 'AC1' };

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
    { ...step, outcome: 'done' },
    { ...step, outcome: 'refused', detail: 'Not allowed.' },
  ]);
});

test('an intent without an outcome is unknown, never done', () => {
  expect(containmentSteps([record('intent', {})], actions)).toMatchObject([{ ...step, outcome: 'unknown' }]);
});

test('what was done before the incident was started keeps its own time', () => {
  const happened = '2026-11-20T01:00:00.000Z';
  expect(containmentSteps([record('earlier', { result: 'done', happened })], actions)).toEqual([
    { ...step, at: Date.parse(happened), outcome: 'done' },
  ]);
});

test('the RCA names where the journal ended; anything but a SHA-256 is left out', () => {
  const hash = '1234567890'.repeat(6).concat('abcd');
  const summary = (head: string) => JSON.stringify(createRca(someFacts({ chainHead: { seq: 5, hash: head } })));
  expect(summary(hash)).toContain(`record 5, SHA-256 ${hash}`);
  expect(summary('[x](command:y)')).not.toContain('record 5');
});
