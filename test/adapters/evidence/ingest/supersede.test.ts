import { expect, it } from 'vitest';
import { newSegment, segmentMessage } from '../../../../src/adapters/evidence/ingest/segment.ts';
import { markSuperseded } from '../../../../src/adapters/evidence/ingest/supersede.ts';
import { randomStream } from './randomRows.ts';

interface Row {
  readonly sid: readonly number[];
  readonly updated: number;
}

function segmentsOf(rows: readonly Row[], size: number) {
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, index) => {
    const segment = newSegment(0);
    for (const { sid, updated } of rows.slice(index * size, (index + 1) * size)) {
      segment.columns.sid.set(sid, 4 * segment.rows);
      segment.columns.updated[segment.rows] = updated;
      segment.rows++;
    }
    return segmentMessage(segment);
  });
}

/** Which rows are another one's earlier state, by a plain map. */
function expected(rows: readonly Row[]): readonly number[] {
  const kept = new Map<string, number>();
  const marks = rows.map(() => 0);
  for (const [at, { sid, updated }] of rows.entries()) {
    const other = kept.get(sid.join());
    if (other === undefined) kept.set(sid.join(), at);
    else if (updated >= (rows[other]?.updated ?? 0)) {
      marks[other] = 1;
      kept.set(sid.join(), at);
    } else marks[at] = 1;
  }
  return marks;
}

it.each([
  ['hardly any', 1_000_000],
  ['some', 5000],
  ['nearly all', 40],
  ['all', 1],
])('of messages that are there more than once, %s, the one updated last stays, whoever looks', (_, different) => {
  const random = randomStream(7 + different);
  const rows = Array.from({ length: 20_000 }, (): Row => {
    const id = random.below(different);
    // Alike in all words but one, which one differs: nothing may rely on a single word.
    const sid = [0x5a5a_5a5a, 0xffff_ffff, 0, 1].map((word, n) => (n === id % 4 ? id : word));
    return { sid, updated: random.below(5) };
  });
  const marks = expected(rows);
  for (const shares of [1, 2, 3]) {
    const found = new Uint8Array(rows.length);
    const counts = Array.from({ length: shares }, (_, share) =>
      markSuperseded(segmentsOf(rows, 3000), found, { share, shares, seed: 12_345 + shares }),
    );
    expect([...found]).toEqual(marks);
    expect(counts.reduce((a, b) => a + b, 0)).toBe(marks.reduce((a, b) => a + b, 0));
  }
});

it('never takes different messages for one, however alike what is compared first', () => {
  const random = randomStream(32);
  // So many that some of them agree in the 32 bits that are compared first.
  const rows = Array.from({ length: 300_000 }, (): Row => {
    return { sid: [0, 0, 0, 0].map(() => random.below(2 ** 32)), updated: 1 };
  });
  const found = new Uint8Array(rows.length);
  expect(markSuperseded(segmentsOf(rows, 4096), found, { share: 0, shares: 1, seed: 9 })).toBe(0);
});
