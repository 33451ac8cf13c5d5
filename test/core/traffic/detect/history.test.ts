import { expect, test } from 'vitest';
import { createHistories } from '../../../../src/core/traffic/detect/history.ts';
import { blockSizes } from '../../../../src/core/traffic/detect/recipientIndex.ts';
import { type RowRange, rowsBetween, type SeriesRows } from '../../../../src/core/traffic/detect/rows.ts';
import { below, stream } from '../../../../src/simulator/random.ts';
import { pumping, seriesOf, start, usual } from './madeUp.ts';

const day = 86_400;

/** What there is to know of recipients, counted anew with sets. */
function recount(rows: SeriesRows, until: number, frauds: readonly RowRange[]) {
  const { from, to } = rowsBetween(rows, until - 28 * day, until);
  const kept = Array.from({ length: to - from }, (_, i) => from + i).filter(
    (i) => !frauds.some((fraud) => i >= fraud.from && i < fraud.to),
  );
  const recipients = new Set<number>();
  let repeatable = 0;
  let repeated = 0;
  for (const [seen, i] of kept.entries()) {
    const recipient = rows.recipient[i] ?? 0;
    if (recipient === 0) continue;
    if (2 * seen >= kept.length) {
      repeatable++;
      if (recipients.has(recipient)) repeated++;
    }
    recipients.add(recipient);
  }
  const blocks = blockSizes.map((size) => Map.groupBy(recipients, (recipient) => Math.floor(recipient / size)));
  return { messages: kept.length, repeatable, repeated, recipients, blocks };
}

test('any stretch of a history tells of its recipients what counting them anew does', () => {
  const random = stream(21, 'histories');
  const messages = [...usual(5, 3, 60), ...pumping(40 * 24, 500, 30)].map((one) =>
    below(random, 20) === 0 ? { ...one, recipient: 0 } : one,
  );
  const rows = seriesOf('DE', messages);
  const histories = createHistories(rows);
  const numbers = [...new Set(messages.map(({ recipient }) => recipient)), 4_915_199_999_999];
  const fraud = rowsBetween(rows, start + 40 * day, start + 41.25 * day);
  const early = rowsBetween(rows, start + 20 * day, start + 22 * day);
  for (const until of [3, 14, 41, 42, 55].map((days) => start + days * day)) {
    for (const frauds of [[], [fraud], [early, fraud]]) {
      const found = histories(until, frauds);
      const { messages: count, repeatable, repeated, recipients, blocks } = recount(rows, until, frauds);
      expect(found).toMatchObject({ messages: count, repeatable, repeated });
      expect(found.recipients.size).toBe(recipients.size);
      expect(numbers.filter((number) => found.recipients.has(number))).toEqual(
        numbers.filter((number) => recipients.has(number)),
      );
      for (const [level, size] of blockSizes.entries()) {
        expect(found.blocks[level]?.size).toBe(blocks[level]?.size);
        const of = (number: number): number => Math.floor(number / size);
        expect(numbers.map((number) => found.blocks[level]?.get(of(number)))).toEqual(
          numbers.map((number) => blocks[level]?.get(of(number))?.length),
        );
      }
    }
  }
});
