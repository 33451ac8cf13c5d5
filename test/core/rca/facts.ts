import type { RcaFacts } from '../../../src/core/rca/facts.ts';

const asOf = Date.UTC(2026, 10, 21, 3, 14);
const hour = 3_600_000;

/** The facts of a small pumping incident, with what a test wants otherwise. */
export function someFacts(changes: Partial<RcaFacts> = {}): RcaFacts {
  return {
    title: 'SMS pumping',
    status: 'Draft',
    accounts: [{ sid: `AC${'1'.repeat(32)}`, name: 'Acme' }],
    window: { from: asOf - 5 * hour, to: asOf },
    asOf,
    traffic: [
      {
        country: 'LV',
        name: 'Latvia',
        observed: 412,
        expected: 3,
        excess: 409,
        cost: 23.1,
        currency: 'USD',
        blocked: 0,
      },
      {
        country: 'RU',
        name: 'Russia',
        observed: 8412,
        expected: 12.5,
        excess: 8399.5,
        cost: 4123.5,
        currency: 'USD',
        costEstimated: true,
        blocked: 1203,
        firstSeen: asOf - 5 * hour,
      },
    ],
    containment: [
      {
        at: asOf - hour,
        action: 'Suspend Subaccount',
        target: 'Acme Pay',
        sid: `AC${'2'.repeat(32)}`,
        outcome: 'done',
      },
    ],
    gaps: [],
    ...changes,
  };
}

/** The same with one hostile string after the other in every place that holds a string. */
export function hostileFacts(next: () => string): RcaFacts {
  const facts = someFacts();
  return {
    ...facts,
    title: next(),
    accounts: [
      { sid: next(), name: next() },
      { sid: next(), name: next() },
    ],
    traffic: (facts.traffic ?? []).map((row) => ({ ...row, country: next(), name: next(), currency: next() })),
    containment: facts.containment.map((step) => ({
      ...step,
      action: next(),
      target: next(),
      sid: next(),
      detail: next(),
    })),
    gaps: [next(), next()],
  };
}
