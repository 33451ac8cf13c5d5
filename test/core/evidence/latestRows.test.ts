import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CapturedRow } from '../../../src/core/evidence/evidenceStore.ts';
import { latestRows } from '../../../src/core/evidence/latestRows.ts';
import { instantOf, textOf } from '../../../src/core/model/json.ts';
import type { AccountSid } from '../../../src/core/model/sid.ts';

const keyOf = ({ row }: CapturedRow) => textOf(row, 'sid');
const accounts = ['a', 'b'].map((digit) => `AC${digit.repeat(32)}` as AccountSid);

async function latest(rows: readonly CapturedRow[]): Promise<CapturedRow[]> {
  const found: CapturedRow[] = [];
  const read = async function* () {
    yield* rows;
  };
  for await (const row of latestRows(read, keyOf)) found.push(row);
  return found;
}

const row: fc.Arbitrary<Omit<CapturedRow, 'line'>> = fc.record({
  source: fc.constantFrom('messages' as const, 'calls' as const),
  account: fc.constantFrom(...accounts),
  file: fc.constant('evidence/x'),
  row: fc.record(
    {
      sid: fc.constantFrom('1', '2', '3', '4', '5', '6', '7'),
      date_updated: fc.constantFrom(
        'Fri, 20 Nov 2026 10:00:05 +0000',
        '2026-11-20T10:00:05Z',
        '2026-11-21T00:00:00Z',
        'x',
      ),
    },
    { requiredKeys: [] },
  ),
});

test('the latest state of each thing stays, of equal ones the one captured last, in the order they were captured', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 40 }), async (some) => {
      const rows = some.map((one, n): CapturedRow => ({ ...one, line: n + 1 }));
      const updated = (one: CapturedRow) => instantOf(one.row, 'date_updated') ?? Number.NEGATIVE_INFINITY;
      const kept = rows.filter(
        (one, n) =>
          keyOf(one) === undefined ||
          !rows.some(
            (later, m) =>
              [later.source, later.account, keyOf(later)].join() === [one.source, one.account, keyOf(one)].join() &&
              (updated(later) > updated(one) || (updated(later) === updated(one) && m > n)),
          ),
      );
      expect(await latest(rows)).toEqual(kept);
    }),
    { numRuns: 1000 },
  );
});

test('rows without repetition all stay, however many', async () => {
  const rows = Array.from({ length: 20_000 }, (_, n): CapturedRow => {
    const about = { source: 'messages', account: accounts[0] as AccountSid, file: 'evidence/x', line: n + 1 } as const;
    return { ...about, row: { sid: `SM${n}` } };
  });
  expect(await latest(rows)).toEqual(rows);
});
