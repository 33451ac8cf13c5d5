import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createColumns } from '../../../src/core/validate/column.ts';
import { scanRise } from '../../../src/core/validate/scan.ts';

const options = { warmUp: 168, times: 4, least: 20, logP: Math.log(1e-9) };
const flat = (hours: number, each: number) => new Float64Array(hours).fill(each);

describe('a rise in a series of hours', () => {
  it('is found where it is, with what was expected', () => {
    const series = flat(500, 1);
    for (let hour = 400; hour < 406; hour++) series[hour] = 40;
    const rise = scanRise(series, options);
    expect(rise).toMatchObject({ from: 400, to: 406, observed: 240 });
    expect(rise?.expected).toBeCloseTo(6, 1);
  });

  it('is none in steady or swaying traffic', () => {
    expect(scanRise(flat(700, 5), options)).toBeUndefined();
    expect(
      scanRise(
        Float64Array.from({ length: 700 }, (_, i) => 10 + 8 * Math.sin(i / 4)),
        options,
      ),
    ).toBeUndefined();
  });

  it('is one of share when the whole grows with the part, and none when it is only more of all', () => {
    const [part, whole] = [flat(500, 2), flat(500, 100)];
    for (let hour = 400; hour < 410; hour++) [part[hour], whole[hour]] = [20, 1000];
    expect(scanRise(part, options, whole)).toBeUndefined();
    for (let hour = 400; hour < 410; hour++) part[hour] = 300;
    expect(scanRise(part, options, whole)).toMatchObject({ from: 400 });
  });

  it('must be as many times the usual as was asked for, however unlikely it is', () => {
    const series = flat(500, 10);
    for (let hour = 400; hour < 424; hour++) series[hour] = 30;
    expect(scanRise(series, { ...options, logP: Math.log(0.05), times: 2.5 })).toBeDefined();
    expect(scanRise(series, { ...options, logP: Math.log(0.05), times: 4 })).toBeUndefined();
  });

  it('is not looked for in the hours that teach', () => {
    const series = flat(300, 1);
    series[100] = 500;
    expect(scanRise(series, options)).toBeUndefined();
  });
});

describe('columns', () => {
  it('come sorted by time, equal rows in the order they came', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 3000 }), (times) => {
        const columns = createColumns({ time: 'u32', row: 'u32' });
        for (const [row, time] of times.entries()) columns.add({ time, row });
        const sorted = columns.sortedBy('time');
        const expected = times.map((time, row) => ({ time, row })).toSorted((a, b) => a.time - b.time || a.row - b.row);
        expect([...sorted.row]).toEqual(expected.map(({ row }) => row));
        expect([...sorted.time]).toEqual(expected.map(({ time }) => time));
      }),
      { numRuns: 30 },
    );
  });
});
