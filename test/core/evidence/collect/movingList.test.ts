import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collectEvidence } from '../../../../src/core/evidence/collect/collectEvidence.ts';
import { goesOnAfterRow } from '../../../../src/core/evidence/collect/pageCheck.ts';
import type { EvidenceSource } from '../../../../src/core/evidence/source.ts';
import { attempts } from '../../../../src/core/evidence/sources/attempts.ts';
import { keys } from '../../../../src/core/evidence/sources/keys.ts';
import { messages } from '../../../../src/core/evidence/sources/messages.ts';
import type { JsonObject } from '../../../../src/core/model/json.ts';
import type { Sid } from '../../../../src/core/model/sid.ts';
import type { Page } from '../../../../src/core/ports.ts';
import { proof } from '../../fakeTwilio.ts';
import { hour, main, memoryWriter, now, row, server } from './fakes.ts';

const window = { from: now - hour, to: now };

/** What happens to the rows when a page has been given: places of rows that are removed, and how many are added at the newest end. */
interface Change {
  readonly removed: readonly number[];
  readonly added: number;
}

/** Collects from a list of 340 rows, a hundred a page, that changes after each page. */
async function collected(moving: 'place' | 'row', source: EvidenceSource, changes: readonly Change[]) {
  const rows = Array.from({ length: 340 }, (_, i) => row(i, window.from + i * 10_000));
  const there = new Set(rows.map(({ sid }) => sid));
  let given = 0;
  const fake = server(
    { [main]: rows },
    {
      moving,
      spoil(page) {
        const { removed = [], added = 0 } = changes[given] ?? {};
        given += 1;
        for (const place of removed) {
          const [gone] = rows.splice(place % rows.length, 1);
          there.delete(gone?.['sid']);
        }
        for (let i = 0; i < added; i += 1) rows.push(row(1000 * given + i, window.to - 10_000 + i));
        return page;
      },
    },
  );
  const written = memoryWriter();
  const { outcomes } = await collectEvidence(fake.twilio, {
    ...{ sources: [source], accounts: [{ account: main, name: '' }], main, window, now, held: [] },
    ...{ writer: written.writer, clock: { now: () => now }, delay: () => Promise.resolve() },
  });
  const held = new Set<unknown>(written.sids());
  return {
    complete: outcomes.every(({ complete }) => complete),
    why: outcomes.flatMap(({ why }) => why).join(' '),
    /** Rows that were there all the time and were not read. */
    missed: [...there].filter((sid) => !held.has(sid)).length,
    asked: fake.asked.length,
  };
}

const change = fc.record({
  removed: fc.oneof(fc.constant([]), fc.array(fc.nat(400), { maxLength: 3 })),
  added: fc.oneof({ arbitrary: fc.constant(0), weight: 3 }, { arbitrary: fc.nat(3), weight: 1 }),
});

describe('a list that changes after every page', () => {
  it.each(['place', 'row'] as const)(
    'is never called complete when a row that was there all the time is missing: pages go on from a %s',
    async (moving) => {
      const seen = { missed: 0, complete: 0 };
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(messages, keys),
          fc.array(change, { maxLength: 8 }),
          async (source, changes) => {
            const { complete, missed } = await collected(moving, source, changes);
            seen.missed += missed;
            seen.complete += complete ? 1 : 0;
            expect(complete && missed > 0).toBe(false);
          },
        ),
        { numRuns: 400 },
      );
      // The chances that are meant to be taken were there.
      expect(seen.complete).toBeGreaterThan(0);
      expect(seen.missed > 0).toBe(moving === 'place');
    },
  );

  it('is read once where its links name the row they go on after, or where nothing of it can be removed', async () => {
    expect(await collected('row', messages, [])).toMatchObject({ complete: true, missed: 0, asked: 4 });
    expect(await collected('place', attempts, [])).toMatchObject({ complete: true, missed: 0, asked: 4 });
  });

  it('is looked at again where they name a place, and says that rows were removed', async () => {
    expect(await collected('place', messages, [])).toMatchObject({ complete: true, missed: 0, asked: 7 });
    const removed = await collected('place', messages, [{ removed: [339, 338], added: 0 }]);
    expect(removed).toMatchObject({ complete: false, missed: 2, why: expect.stringContaining('removed at Twilio') });
  });
});

it('a link names the row it goes on after in the tokens Twilio gives', () => {
  const sid = `SM${'a'.repeat(32)}` as Sid<'SM'>;
  const page = (continueAt: string, items: readonly JsonObject[] = [row(1, now), { sid }]): Page => ({
    ...{ status: 200, body: {}, proof: { ...proof, receivedAt: now }, items },
    next: { operation: 'listMessages', account: main, continueAt },
  });
  expect(goesOnAfterRow(page(`/2010-04-01/Messages.json?PageSize=1000&Page=1&PageToken=PA${sid}`))).toBe(true);
  expect(goesOnAfterRow(page('/v1/Services?PageSize=50&Page=1&PageToken=1'))).toBe(false);
  expect(goesOnAfterRow(page(`/x?PageToken=PA${sid}`, []))).toBe(false);
});
