import { expect, test } from 'vitest';
import { defang } from '../../../src/core/untrusted/defang.ts';
import { oneLine } from '../../../src/core/untrusted/oneLine.ts';
import { maskNumbersIn } from '../../../src/core/untrusted/phoneNumbers.ts';
import { type Sink, untrusted } from '../../../src/core/untrusted.ts';
import { cpuTime } from '../cpuTime.ts';
import { patience } from './hostile.ts';

/** Each one makes a careless expression start over at every character. */
const shapes = [
  'a',
  'a.',
  'a@',
  '.a\u0301',
  '\u0301',
  ' ',
  '1 ',
  '1-1(',
  '1.1.',
  '12345678',
  'ms-',
  'ms-a',
  '://',
  'http',
  '\\\\ ',
  '"; ',
  ';"',
  '$',
  '\uD800',
  '\u200B',
  '0a',
  'AC0',
];
const wholeText = { defang, maskNumbersIn, oneLine };
const sinks: readonly Sink[] = ['label', 'toast', 'markdown', 'document', 'csv', 'fileName', 'log'];

function repeated(shape: string, length: number): string {
  return shape.repeat(Math.ceil(length / shape.length));
}

test.each(Object.entries(wholeText))(
  '%s takes twice as long for twice the text, whatever its shape',
  patience,
  (_, work) => {
    for (const shape of shapes) {
      const [once, twice] = [repeated(shape, 150_000), repeated(shape, 300_000)];
      // A quarter of a millisecond is noise; quadratic work at these lengths takes seconds.
      const ratio = () => (cpuTime(() => work(twice)) + 0.25) / (cpuTime(() => work(once)) + 0.25);
      // Another process on the machine can spoil one measurement, not three.
      expect(Math.min(...[ratio, ratio, ratio].map((measure) => measure())), JSON.stringify(shape)).toBeLessThan(3);
    }
  },
);

test.each(sinks)('%s costs no more for a text a hundred times too long', patience, (sink) => {
  for (const shape of shapes) {
    const [long, longer] = [repeated(shape, 100_000), repeated(shape, 10_000_000)];
    const limit = (cpuTime(() => untrusted(long).for(sink)) + 0.5) * 10;
    expect(
      cpuTime(() => untrusted(longer).for(sink)),
      JSON.stringify(shape),
    ).toBeLessThan(limit);
  }
});
