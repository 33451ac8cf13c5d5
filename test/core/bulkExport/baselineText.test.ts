import { describe, expect, it } from 'vitest';
import { baselineSentence, orderProblem, orderText } from '../../../src/core/bulkExport/baselineText.ts';
import { type ExportOrder, orderRequest } from '../../../src/core/bulkExport/orderRecord.ts';
import { describe as describeRequest } from '../../../src/core/twilio/request.ts';
import { main } from './fakes.ts';

const name = '[click](command:evil) `x` $(trash)';
const order: ExportOrder = { id: 'o', account: main, name, type: 'Messages', start: '2026-10-17', end: '2026-11-13' };
const connection = { id: 'c', name, account: main, credential: { kind: 'authToken' }, demo: false } as const;

describe('what is read before an order is confirmed', () => {
  const text = orderText([order], connection);

  it('names every side effect and exactly what is sent', () => {
    for (const said of ['e-mail', 'bulkexports.created', '7 days', 'US1', '366 days', 'last 48 hours', '28 days'])
      expect(text).toContain(said);
    expect(text).toContain(`    ${describeRequest(orderRequest(order))}`);
  });

  it('keeps hostile names inert', () => {
    expect(text).not.toContain('command:evil');
    expect(text).not.toContain('$(trash)');
  });
});

it('what did not end well is said first, what was not tried never hides it', () => {
  const outcome = (result: 'done' | 'unknown' | 'not-tried', sentence: string) => ({ order, result, sentence });
  expect(orderProblem([outcome('done', '')])).toBeUndefined();
  expect(
    orderProblem([outcome('done', ''), outcome('unknown', 'Nobody knows.'), outcome('not-tried', 'No.')]),
  ).toContain('1 of 3 export jobs were created.');
  expect(orderProblem([outcome('not-tried', 'No.'), outcome('unknown', 'Nobody knows.')])).toContain('Nobody knows.');
});

it('a baseline that is not whole is never told as if it were', () => {
  const result = { days: 3, rows: 1200, waiting: 0, missing: 0, failures: [], cancelled: false };
  expect(baselineSentence(result)).toBe('3 days of baseline captured, 1,200 rows.');
  expect(baselineSentence({ ...result, waiting: 2 })).toContain('still works on 2 days');
  expect(baselineSentence({ ...result, missing: 4 })).toContain('4 days are not exported');
  expect(baselineSentence({ ...result, failures: ['A.', 'B.'] })).toContain('A. 1 more went wrong');
  expect(baselineSentence({ ...result, cancelled: true })).toMatch(/^Stopped\./);
});
