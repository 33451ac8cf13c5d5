import { expect, test } from 'vitest';
import { toMarkdown } from '../../../src/adapters/markdown.ts';
import { extent } from '../../../src/core/rca/extent.ts';
import { indicators } from '../../../src/core/rca/indicators.ts';
import type { Verdict } from '../../../src/core/rca/verdict.ts';
import type { Extent } from '../../../src/core/validate/scope.ts';
import { someFacts } from './facts.ts';

const none: Extent = { count: 0, found: 0, minutes: 0, cost: 0, estimated: false, unpriced: 0 };
const verdict: Verdict = {
  sentence: 'Toll fraud: confirmed.',
  at: 0,
  citation: 'J9',
  hits: [
    {
      id: 'T2',
      title: 'Premium calls',
      sentence: '312 calls',
      severity: 'critical',
      first: 0,
      citations: ['E5:3', 'J9'],
    },
    { id: 'T7', title: 'Odd hours', sentence: '12 calls', severity: 'notice', citations: ['J9'] },
  ],
  others: [
    { state: 'not visible by API', ids: ['P4', 'T6'] },
    { state: 'clean', ids: ['P1', 'P2'] },
    { state: 'not checked yet', ids: ['__proto__'] },
  ],
};
const table = (known?: Verdict) => toMarkdown({ blocks: indicators(someFacts(known ? { verdict: known } : {})) });

test('lists what indicators found with their weight and evidence, and what became of the others', () => {
  const text = table(verdict);
  expect(text).toContain(
    '| `T2` `Premium calls` | `312 calls` | 1970-01-01 00:00 UTC | rare without fraud | E5:3, J9 |',
  );
  expect(text).toContain('| `T7` `Odd hours` | `12 calls` | – | also everyday | J9 |');
  expect(text).toContain(
    '**Not hit:** looked at and clean P1, P2; not visible by API, to be checked by hand P4, T6; not checked 1.',
  );
  expect(table()).toContain('not checked yet. “Validate” does');
  expect(table({ ...verdict, hits: [] })).toContain('No indicator was hit.');
});

test('says how much of the traffic is part of the attack, by account where there are several', () => {
  const calls = { ...none, count: 1240, found: 91, minutes: 233, cost: 312.5 };
  const scope: Verdict['scope'] = {
    accounts: [
      { account: `AC${'1'.repeat(32)}`, messages: { ...none, count: 500 }, attempts: none, calls },
      {
        account: 'AC2',
        messages: none,
        attempts: none,
        calls: { ...calls, found: 1, minutes: 1, cost: 2, estimated: true },
      },
    ],
    currency: 'XXX',
    callCurrency: 'USD',
    first: 0,
    last: 60_000,
  };
  const lines = (known: Verdict) =>
    toMarkdown({ blocks: [{ kind: 'list', items: extent({ ...someFacts(), verdict: known }) }] })
      .trim()
      .split('\n');
  expect(lines({ ...verdict, scope })).toEqual([
    '- **Part of the attack:** 92 of 2,480 calls with 234 begun minutes, 314.50 USD (estimated), 1970-01-01 00:00 UTC to 1970-01-01 00:01 UTC (J9)',
    '- **Account:** `Acme` 91 calls with 233 begun minutes, 312.50 USD (J9)',
    '- **Account:** `AC2` 1 call with 1 begun minutes, 2.00 USD (estimated) (J9)',
  ]);
  expect(extent({ ...someFacts(), verdict })).toEqual([]);
  const quiet = { ...scope, accounts: [{ account: 'AC1', messages: none, attempts: none, calls: none }] };
  expect(extent({ ...someFacts(), verdict: { ...verdict, scope: quiet } })).toEqual([]);
});
