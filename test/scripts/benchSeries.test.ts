import { expect, test } from 'vitest';
import { nabTable } from '../../bench/detect/nabTable.ts';
import { readSeries, spacingsOf } from '../../bench/detect/seriesFile.ts';
import { seriesTable } from '../../bench/detect/seriesTable.ts';
import { negativeBinomial, stream } from '../../src/simulator/random.ts';

function counted(name: string, values: readonly number[]): string {
  return ['series,t,value,label', ...values.map((value, t) => `${name},${t},${value},0`)].join('\n');
}

test('the spacing of a series is read from its instants, or from its rhythm where they are only counted', () => {
  const random = stream(1, 'series');
  const make = (n: number, shape: (t: number) => number) =>
    counted(
      'a',
      Array.from({ length: n }, (_, t) => negativeBinomial(random, shape(t), 1.5)),
    );
  const spacings = (text: string): number[] => spacingsOf(readSeries(text));
  const minutes = 'a,2026-01-01T00:00:00,1\na,2026-01-01T00:05:00,2\na,2026-01-01T00:10:00,2';
  const hours = 'b,2026-01-01T00:00:00,1\nb,2026-01-01T01:00:00,2\nb,2026-01-01T02:00:00,2';
  expect(spacings(`series,t,value\n${minutes}\n${hours}`)).toEqual([300, 3600]);
  expect(spacings(make(300, (t) => (t % 7 < 5 ? 30 : 6)))).toEqual([86_400]);
  expect(spacings(make(209, () => 2))).toEqual([7 * 86_400]);
  expect(spacings(make(1344, (t) => (t % 24 < 8 ? 2 : 30)))).toEqual([3600]);
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

test('the Numenta score gives most for the beginning of a window, nothing for a window missed, and takes a ninth for an alarm long before it', () => {
  const n = 1000;
  const labels = Array.from({ length: n }, (_, t) => (t >= 600 && t < 700 ? 1 : 0));
  const table = (...flagged: number[]): number => {
    const score = Float64Array.from({ length: n }, (_, t) => (flagged.includes(t) ? 1.3 : 0));
    const lines = nabTable([{ file: 'f', name: 'a', times: [], values: [], labels, score }]).split('\n');
    return Number(lines.find((line) => line.startsWith('f '))?.split(/\s+/)[1]);
  };
  expect(table(600)).toBe(100);
  expect(table()).toBe(0);
  // Half of 1 - .11 above none found; what the first 15 % say is not judged.
  expect(table(600, 300)).toBe(94.5);
  expect(table(600, 100)).toBe(100);
  // Only the earliest value in a window counts: 2 / (1 + e^-2.5) - 1 of it at the middle, over .98661 at the left edge.
  expect(table(650, 690)).toBeCloseTo(93, 0);
});
