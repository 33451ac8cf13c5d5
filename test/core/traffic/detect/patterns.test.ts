import { describe, expect, test } from 'vitest';
import type { NumberBlock } from '../../../../src/core/traffic/detect/evidence.ts';
import { patternsOf } from '../../../../src/core/traffic/detect/patterns.ts';
import { below, stream } from '../../../../src/simulator/random.ts';
import { type Message, seriesOf, start } from './madeUp.ts';

function patterns(messages: readonly Message[], blocks: readonly NumberBlock[] = []) {
  return patternsOf(seriesOf('DE', messages), { from: 0, to: messages.length }, blocks);
}
const every = (seconds: number, count: number, recipient: (i: number) => number) =>
  Array.from({ length: count }, (_, i) => ({ time: start + i * seconds, recipient: recipient(i) }));
const strewn = (random = stream(5, 'strewn')) => 491_510_000_000 + below(random, 100_000_000);

describe('the numbers of a surge', () => {
  test('lie in its fullest blocks of 1,000 and 10,000', () => {
    const random = stream(1, 'strewn');
    const inBlock = every(60, 60, (i) => 491_510_999_000 + ((i * 7) % 1000));
    const beside = every(61, 30, (i) => 491_510_993_000 + ((i * 7) % 1000));
    const { fullest } = patterns([...inBlock, ...beside, ...every(90, 50, () => strewn(random))]);
    expect(fullest?.thousand).toMatchObject({ digits: '491510999', open: 3, messages: 60, recipients: 60 });
    expect(fullest?.tenThousand).toMatchObject({ digits: '49151099', open: 4, messages: 90, recipients: 90 });
  });

  test('follow each other in runs when they were counted up, and not when they are strewn', () => {
    const random = stream(2, 'strewn');
    const counted = patterns([
      ...every(60, 40, (i) => 491_510_999_000 + 2 * i),
      ...every(90, 50, () => strewn(random)),
    ]);
    expect(counted.runs).toEqual({ numbers: 40, longest: 40, of: 90 });
    expect(patterns(every(90, 300, () => strewn(random))).runs.longest).toBeLessThan(3);
  });

  test('are few when one person gets them all', () => {
    const { repeats } = patterns([
      ...every(40, 12, () => 491_510_999_111),
      ...every(50, 30, (i) => 491_520_000_000 + 971 * i),
    ]);
    expect(repeats).toEqual({ most: 12, recipients: 1 });
  });

  test('begin alike: that is what a carrier can block, unless it is hardly more than the country', () => {
    const block = (digits: string, open = 4): NumberBlock => ({ digits, open, messages: 10, recipients: 10 });
    const one = every(60, 5, (i) => 795_811_100_000 + i);
    expect(patterns(one, [block('7958111'), block('7958118')]).prefix).toBe('795811');
    expect(patterns(one, [block('7958111')]).prefix).toBe('7958111');
    expect(patterns(one, [block('7958111'), block('7921555')]).prefix).toBeUndefined();
    expect(patterns(one).prefix).toBeUndefined();
  });

  test('that are masked tell nothing', () => {
    const { fullest, runs, repeats } = patterns(every(60, 50, () => 0));
    expect({ fullest, runs, repeats }).toEqual({
      fullest: undefined,
      runs: { numbers: 0, longest: 0, of: 0 },
      repeats: { most: 0, recipients: 0 },
    });
  });
});

describe('the times of a surge', () => {
  test('are a clock’s when a machine sends, also with a little jitter, and not when customers do', () => {
    const random = stream(3, 'gaps');
    expect(patterns(every(20, 100, () => 0)).spacing).toMatchObject({
      dispersion: 0,
      meanSeconds: 20,
      machineLike: true,
    });
    const jitter = Array.from({ length: 200 }, (_, i) => ({ time: start + i * 30 + below(random, 8), recipient: 0 }));
    expect(patterns(jitter).spacing?.machineLike).toBe(true);
    for (let seed = 0; seed < 200; seed++) {
      const own = stream(seed, 'poisson');
      let time = start;
      const chance = Array.from({ length: 40 }, () => {
        time += Math.round(-30 * Math.log(1 - own.next()));
        return { time, recipient: 0 };
      });
      expect(patterns(chance).spacing?.machineLike).not.toBe(true);
    }
  });

  test('are not judged for few messages, nor for so many that seconds are too coarse', () => {
    expect(patterns(every(60, 20, () => 0)).spacing).toBeUndefined();
    expect(patterns(every(1, 500, () => 0)).spacing).toBeUndefined();
  });

  test('of the blocks that stand out are told apart from the customers’ around them', () => {
    const random = stream(4, 'customers');
    const customers = Array.from({ length: 300 }, () => ({
      time: start + below(random, 9000),
      recipient: strewn(random),
    }));
    const machine = every(60, 150, (i) => 491_519_990_000 + 3 * i);
    const block: NumberBlock = { digits: '49151999', open: 4, messages: 150, recipients: 150 };
    expect(patterns([...customers, ...machine]).spacing?.machineLike).toBe(false);
    expect(patterns([...customers, ...machine], [block]).spacing).toMatchObject({ meanSeconds: 60, machineLike: true });
  });

  test('rise from the first hour to the busiest', () => {
    const rising = [10, 40, 90, 60].flatMap((count, hour) =>
      Array.from({ length: count }, (_, i) => ({ time: start + hour * 3600 + i * 30, recipient: 0 })),
    );
    expect(patterns(rising).ramp).toEqual({ hours: 2, first: 10, busiest: 90 });
  });
});
