import type { Layer } from '../generate/traffic.ts';
import { hash32, type Random, stream } from '../random.ts';
import type { Wave } from './wave.ts';

export interface Arrival {
  readonly sid: string;
  readonly at: number;
  /** How many of this wave came before it. */
  readonly position: number;
  readonly random: Random;
}

/** Traffic that arrives as a wave does. `row` must draw from `random` only. */
export function waveLayer<Row>(wave: Wave, key: number, row: (arrival: Arrival) => Row): Layer<Row> {
  const base = hash32(key, 'rows');
  return {
    count: wave.count,
    rows: (hour, sidAt) => {
      const random = stream(base, hour);
      const before = wave.before(hour);
      return wave.times(hour).map((at, index) => row({ sid: sidAt(index), at, position: before + index, random }));
    },
  };
}
