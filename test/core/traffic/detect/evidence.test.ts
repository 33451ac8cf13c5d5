import { expect, test } from 'vitest';
import { combineTails } from '../../../../src/core/traffic/detect/combine.ts';
import { decadesOf } from '../../../../src/core/traffic/detect/evidence.ts';
import { logQValues } from '../../../../src/core/traffic/detect/falseDiscovery.ts';
import { createHistories } from '../../../../src/core/traffic/detect/history.ts';
import { localHour } from '../../../../src/core/traffic/detect/localTime.ts';
import { sequenceEvidence } from '../../../../src/core/traffic/detect/numberEvidence.ts';
import { rowsBetween } from '../../../../src/core/traffic/detect/rows.ts';
import { below, stream } from '../../../../src/simulator/random.ts';
import { seriesOf, start, usual } from './madeUp.ts';

test('q-values are those of Benjamini and Hochberg', () => {
  // Their own example, 1995: 15 p-values.
  const p = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
  ];
  const q = logQValues(p.map(Math.log)).map(Math.exp);
  expect(q.filter((value) => value <= 0.05)).toHaveLength(4);
  expect(q[3]).toBeCloseTo((0.0095 * 15) / 4, 10);
  expect(q.every((value, i) => value >= (p[i] ?? 0))).toBe(true);
});

test('one p-value of several equal ones is that p-value, and of one small among many about their harmonic mean', () => {
  expect(Math.exp(combineTails([Math.log(0.02), Math.log(0.02)]))).toBeCloseTo(0.02, 6);
  expect(combineTails([-50, -1, -1, -1, -1])).toBeCloseTo(-50 + Math.log(5), 6);
  expect(combineTails([-17, -1])).toBeCloseTo(-17 + Math.log(2), 2);
});

test('a p-value stands for no more evidence than it can', () => {
  expect(decadesOf(Math.log(0.5))).toBe(0);
  // Sellke, Bayarri and Berger: p = .05 is a Bayes factor of 2.46 at most.
  expect(10 ** decadesOf(Math.log(0.05))).toBeCloseTo(2.456, 2);
});

test('numbers that follow each other are a sequence, numbers strewn over the same block are none', () => {
  const random = stream(1, 'numbers');
  const evidence = (numbers: number[]) =>
    sequenceEvidence({ numbers: Float64Array.from(new Set(numbers)).sort(), messages: new Uint32Array() });
  const block = 4_915_109_990_000;
  expect(evidence(Array.from({ length: 60 }, (_, i) => block + 2 * i))?.decades).toBe(3);
  let most = 0;
  for (let i = 0; i < 20; i++)
    most = Math.max(most, evidence(Array.from({ length: 60 }, () => block + below(random, 10_000)))?.decades ?? 0);
  expect(most).toBeLessThan(1);
});

test('history leaves out earlier frauds and what is later', () => {
  const rows = seriesOf('DE', usual(2, 6, 20));
  const until = start + 15 * 86_400;
  const fraud = rowsBetween(rows, start + 5 * 86_400, start + 7 * 86_400);
  const histories = createHistories(rows);
  const whole = histories(until, []);
  const rest = histories(until, [fraud]);
  expect(whole.messages).toBe(rows.time.length - (rows.time.length - rowsBetween(rows, 0, until).to));
  expect(rest.messages).toBe(whole.messages - (fraud.to - fraud.from));
  expect(rest.hours.reduce((a, b) => a + b)).toBe(rest.messages);
});

test('it is night where it is night', () => {
  const noon = Date.UTC(2026, 0, 1, 12) / 1000;
  expect(localHour('DE', noon)).toBe(13);
  expect(localHour('US', noon)).toBe(6);
  expect(localHour('IN', noon)).toBe(17);
  expect(localHour('short-code', noon)).toBe(12);
});
