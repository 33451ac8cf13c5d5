import type { RcaFacts } from '../../../src/core/rca/facts.ts';
import type { EventFact } from '../../../src/core/rca/logFacts.ts';

const asOf = Date.UTC(2026, 10, 21, 3, 14);
const hour = 3_600_000;

function event(
  hoursAgo: number,
  type: string,
  title: string,
  level: 'notice' | 'warning',
  citation: string,
): EventFact {
  const description = type.startsWith('bulk') ? 'Day 2026-11-19 downloaded' : `${type} happened`;
  return {
    at: asOf - hoursAgo * hour,
    type,
    title,
    level,
    account: `AC${'1'.repeat(32)}`,
    description,
    source: 'api',
    ip: '203.0.113.42',
    resource: `SK${'3'.repeat(32)}`,
    citations: [citation],
  };
}

/** The facts of a small pumping incident, with what a test wants otherwise. */
export function someFacts(changes: Partial<RcaFacts> = {}): RcaFacts {
  return {
    title: 'SMS pumping',
    status: 'Draft',
    accounts: [{ sid: `AC${'1'.repeat(32)}`, name: 'Acme' }],
    window: { from: asOf - 7 * hour, to: asOf },
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
        expected: 12,
        excess: 8400,
        cost: 4123.5,
        currency: 'USD',
        costEstimated: true,
        blocked: 1203,
        firstSeen: asOf - 5 * hour,
        since: asOf - 5 * hour,
        blocking: { from: asOf - hour, to: asOf },
        senders: [{ sid: `AC${'2'.repeat(32)}`, name: 'Acme Pay', messages: 8412 }],
        ranges: [{ block: '+7958111xxxx', messages: 5120 }],
        citations: ['E2', 'E3'],
      },
    ],
    containment: [
      {
        at: asOf - hour,
        action: 'Suspend Subaccount',
        target: 'Acme Pay',
        sid: `AC${'2'.repeat(32)}`,
        outcome: 'done',
        undo: '“Reactivate Subaccount”',
        citations: ['J4'],
      },
    ],
    logs: {
      events: [
        event(6.5, 'user-session.created', 'Console login', 'notice', 'E1:9'),
        event(6, 'account-api-keys.created', 'API key created', 'warning', 'E1:17'),
        event(5.5, 'bulkexports.downloaded', 'Bulk export', 'warning', 'E1:21'),
      ],
      codes: [
        { code: 30450, count: 1203, first: asOf - hour, last: asOf, citations: ['E4:1'] },
        { code: 30003, count: 9, first: asOf - hour, last: asOf, citations: ['E4:2'] },
      ],
      conversions: {
        before: { attempts: 400, converted: 300 },
        since: { attempts: 8000, converted: 160 },
        citations: ['E5'],
      },
      calls: {
        calls: 12,
        minutes: 340,
        longestSeconds: 3660,
        cost: [{ currency: 'USD', amount: 51 }],
        unpriced: 0,
        destinations: [{ name: 'Cuba', calls: 12, minutes: 340 }],
        citations: ['E6'],
      },
    },
    journal: [
      { at: asOf - 2 * hour, lane: 'Record', what: 'Investigation opened, journal begins', citations: ['J1'] },
      {
        at: asOf - hour / 2,
        lane: 'Support',
        what: 'Twilio Support contacted',
        about: ['ticket 1'],
        citations: ['J6'],
      },
    ],
    gaps: [],
    ...changes,
  };
}

const hostileExtent = { count: 2, found: 1, minutes: 1, cost: 1, estimated: true, unpriced: 1 };

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
    traffic: (facts.traffic ?? []).map((row) => ({
      ...row,
      country: next(),
      name: next(),
      currency: next(),
      senders: [{ sid: next(), name: next(), messages: 1 }],
      ranges: [{ block: next(), messages: 1 }],
      citations: [next(), 'E1'],
    })),
    containment: facts.containment.map((step) => ({
      ...step,
      action: next(),
      target: next(),
      sid: next(),
      detail: next(),
    })),
    logs: {
      events: (facts.logs?.events ?? []).slice(1).map((one) => ({
        ...one,
        account: next(),
        description: next(),
        source: next(),
        ip: next(),
        resource: next(),
        citations: [next()],
      })),
      codes: [],
    },
    journal: [{ at: facts.asOf, lane: 'Notes', what: 'Note:', about: [next()], citations: [next()] }],
    verdict: {
      sentence: next(),
      at: facts.asOf,
      citation: next(),
      types: [{ type: 'smishing', grade: 'likely', start: 0 }],
      others: [{ state: 'clean', ids: [next(), 'P1'] }],
      scope: {
        accounts: [1, 2].map(() => ({
          account: next(),
          messages: hostileExtent,
          attempts: hostileExtent,
          calls: hostileExtent,
        })),
        currency: next(),
        callCurrency: next(),
        phishing: { messages: 1, delivered: 1, recipients: 1, reached: 1 },
        first: 0,
        last: 1,
      },
      hits: [{ id: next(), title: next(), sentence: next(), severity: 'critical', citations: [next()] }],
    },
    figures: [{ file: next(), alt: 'Messages by hour' }],
    gaps: [next(), next()],
    evidence: {
      sources: [
        { source: 'Messages', account: next(), state: 'complete', why: [], rows: 1, files: ['E1'] },
        { source: 'Calls', account: next(), state: 'refused', why: [next(), next()], rows: 0, files: [] },
      ],
      files: [{ id: 'E1', file: next(), sha256: next(), bytes: 1, rows: 1 }],
      bodies: 'full',
      deletions: [{ at: facts.asOf, files: [{ file: next(), sha256: next() }] }],
    },
  };
}
