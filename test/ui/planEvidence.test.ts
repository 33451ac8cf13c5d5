import { expect, test } from 'vitest';
import type { OpenIncident } from '../../src/core/evidence/incidentStore.ts';
import { planEvidence } from '../../src/ui/planEvidence.ts';

const parts = { store: () => Promise.reject(new Error('not asked for')), clock: { now: () => 0 } };
const incident = (unsealed: number) => ({ journal: { records: [], unsealed } }) as object as OpenIncident;

test('the evidence of an incident tells what depends on a target only where this computer recorded all of it', () => {
  expect(planEvidence(incident(0), undefined, parts)).toHaveProperty('captured');
  expect(planEvidence(incident(1), undefined, parts)).not.toHaveProperty('captured');
  expect(planEvidence(undefined, undefined, parts)).toEqual({});
});
