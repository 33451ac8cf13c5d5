import { expect, test } from 'vitest';
import { toMarkdown } from '../../../src/adapters/markdown.ts';
import { UserError } from '../../../src/core/errors.ts';
import { createRca } from '../../../src/core/rca/createRca.ts';
import type { RcaFacts } from '../../../src/core/rca/facts.ts';
import { recipientsOf } from '../../../src/core/rca/recipients.ts';
import type { Verdict } from '../../../src/core/rca/verdict.ts';
import { someFacts } from './facts.ts';

const since = Date.UTC(2026, 10, 20, 22);
const told = (changes: Partial<RcaFacts>) => toMarkdown(createRca(someFacts(changes)));
const [row] = someFacts().traffic ?? [];
const rows = row
  ? [
      { ...row, country: 'RU', excess: 90, citations: ['E1', 'E2'] },
      { ...row, country: 'GB', excess: 5, citations: ['E2'] },
      { ...row, country: 'DE', excess: -4, citations: ['E9'] },
    ]
  : [];

test('recipients are counted in the countries with an excess from the onset on, and cite where these messages lie', async () => {
  const asked: unknown[] = [];
  const count = async (scope: unknown) => {
    asked.push(scope);
    return { numbers: 61_234, unknown: 0 };
  };
  expect(await recipientsOf(rows, since, count)).toEqual({
    numbers: 61_234,
    unknown: 0,
    since,
    citations: ['E1', 'E2'],
  });
  expect(asked).toEqual([{ countries: new Set(['RU', 'GB']), since }]);
  expect(await recipientsOf(rows, undefined, count)).toBeUndefined();
  expect(await recipientsOf([], since, count)).toBeUndefined();
  expect(await recipientsOf(rows, since, undefined)).toBeUndefined();
});

test('rows that are gone are a gap, and anything else is a failure', async () => {
  const failing = (reason: Error) => recipientsOf(rows, since, async () => Promise.reject(reason));
  expect(await failing(new UserError('not-found', 'Gone.'))).toEqual({ gap: 'Gone.' });
  await expect(failing(new TypeError('a bug'))).rejects.toThrow('a bug');
});

test('the document tells how many there were, and at least how many where some are masked', () => {
  const recipients = { numbers: 61_234, unknown: 0, since, citations: ['E1'] };
  expect(told({ recipients })).toContain(
    '**Unique recipients:** 61,234 in the countries above since 2026-11-20 22:00 UTC (E1)',
  );
  expect(told({ recipients: { ...recipients, unknown: 1200 } })).toContain(
    '**Unique recipients:** at least 61,234 in the countries above since 2026-11-20 22:00 UTC; not told apart: those of 1,200 messages without a whole number',
  );
  expect(told({ recipients: { ...recipients, numbers: 0 } })).not.toContain('Unique recipients');
  // Traffic that was read without keeping its rows.
  expect(told({})).toContain('**Unique recipients:** not counted, for which the messages themselves are needed.');
  expect(told({ traffic: [] })).not.toContain('Unique recipients');
});

test('messages of suspicious texts are told as they were counted by the validation, or that it did not count them', () => {
  const hits = [{ id: 'S1', title: '', sentence: '', severity: 'critical' as const, citations: ['E3:7', 'J9'] }];
  const scope = { accounts: [], currency: 'USD', callCurrency: 'USD' };
  const phishing = { messages: 300_000, delivered: 250_000, recipients: 290_000, reached: 245_000 };
  const verdict = (changes: Partial<Verdict>) => told({ verdict: { sentence: '', at: 0, hits, ...changes } });
  expect(verdict({ scope: { ...scope, phishing } })).toContain(
    '**Smishing:** 300,000 messages of the suspicious texts to 290,000 recipients; 250,000 were delivered, to 245,000 of them (E3:7, J9)',
  );
  expect(verdict({ scope })).toContain('**Smishing:** not counted when the indicators were checked');
  expect(verdict({ scope: { ...scope, phishing }, hits: [] })).not.toContain('Smishing:');
});
