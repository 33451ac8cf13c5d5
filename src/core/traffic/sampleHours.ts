import type { Message } from './message.ts';
import type { HourSpan } from './panelSpan.ts';
import { createSamples, type Sample, type Samples } from './samples.ts';
import { hours } from './window.ts';

/** A few messages of every part of the window, in bounded memory. */
export interface SampleHours {
  add(message: Message, hour: number): void;
  /** Those sent in these hours, newest first. `from`: the start of the window, epoch milliseconds. */
  within(span: HourSpan, from: number): readonly Sample[];
}

/** So many hours share their samples: two texts each, the newest ones. */
const hoursTogether = 4;
const kept = 2;
const hour = 3_600_000;

export function createSampleHours(): SampleHours {
  const parts: (Samples | undefined)[] = Array.from({ length: hours / hoursTogether });
  return {
    add(message, at) {
      const part = Math.floor(at / hoursTogether);
      const samples = parts[part] ?? createSamples(kept);
      parts[part] = samples;
      samples.add(message);
    },
    within({ first, end }, from) {
      const [begin, stop] = [from + first * hour, from + end * hour];
      const inside = parts.flatMap((part) => part?.kept() ?? []).filter(({ at }) => at >= begin && at < stop);
      return inside.toSorted((a, b) => b.at - a.at);
    },
  };
}
