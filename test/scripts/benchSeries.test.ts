import { expect, test } from 'vitest';
import { readSeries, spacingOf } from '../../bench/detect/seriesFile.ts';
import { seriesTable } from '../../bench/detect/seriesTable.ts';
import { negativeBinomial, stream } from '../../src/simulator/random.ts';

function counted(name: string, values: readonly number[]): string {
  return ['series,t,value,label', ...values.map((value, t) => `${name},${t},${value},0`)].join('\n');
}

test('the spacing of a series is read from its instants, or from its rhythm where they are only counted', () => {
  const random = stream(1, 'series');
  const make = (n: number, shape: (t: number) => number) =>
    Array.from({ length: n }, (_, t) => negativeBinomial(random, shape(t), 1.5));
  expect(
    spacingOf(readSeries('series,t,value\na,2026-01-01T00:00:00,1\na,2026-01-01T00:05:00,2\na,2026-01-01T00:10:00,2')),
  ).toBe(300);
  expect(
    spacingOf(
      readSeries(
        counted(
          'a',
          make(300, (t) => (t % 7 < 5 ? 30 : 6)),
        ),
      ),
    ),
  ).toBe(86_400);
  expect(
    spacingOf(
      readSeries(
        counted(
          'a',
          make(209, () => 2),
        ),
      ),
    ),
  ).toBe(7 * 86_400);
  expect(
    spacingOf(
      readSeries(
        counted(
          'a',
          make(1344, (t) => (t % 24 < 8 ? 2 : 30)),
        ),
      ),
    ),
  ).toBe(3600);
});

test('a file without the columns is refused', () => {
  expect(() => readSeries('a,b\n1,2')).toThrow('series, t and value');
});

test('the table counts values, outbreaks and how late they were found', () => {
  const n = 100;
  const labels = Array.from({ length: n }, (_, t) => (t >= 60 && t < 64 ? 1 : 0));
  const score = Float64Array.from({ length: n }, (_, t) => (t === 62 || t === 80 ? 2.2 : 0));
  const table = seriesTable([{ name: 'a', times: [], values: [], labels, score, step: 604_800 }]);
  const row = table.split('\n').find((line) => line.startsWith('2 ')) ?? '';
  const [, sensitivity, specificity, pod, timeliness, f1] = row.split(/\s+/).map(Number);
  expect([sensitivity, pod, timeliness]).toEqual([0.25, 1, 0.5]);
  // 45 values are judged, 4 of them ill.
  expect(specificity).toBeCloseTo(40 / 41, 3);
  expect(f1).toBeCloseTo(2 / 6, 3);
});
