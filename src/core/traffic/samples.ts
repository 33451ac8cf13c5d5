import type { Message } from './message.ts';

/** A message somebody got. Sender and body are hostile text; the recipient is a third party. */
export interface Sample {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly to: string;
  readonly from: string;
  readonly body: string;
  readonly status: string;
  readonly errorCode: number | undefined;
}

/** The newest messages, no body twice, in bounded memory. */
export interface Samples {
  /** Keeps nothing of messages without a body. */
  add(message: Message): void;
  /** Newest first. */
  kept(): readonly Sample[];
}

/** So much of a body is kept, in UTF-16 units: longer ones say no more. */
const longestBody = 1600;

/** Keeps `most` messages. */
export function createSamples(most = 5): Samples {
  let kept: Sample[] = [];
  return {
    add({ at, to, from = '', body, status, errorCode }) {
      if (body === undefined || body === '') return;
      const oldest = kept.at(-1);
      if (oldest && kept.length === most && at <= oldest.at) return;
      const text = body.slice(0, longestBody);
      const same = kept.find((one) => one.body === text);
      if (same && same.at >= at) return;
      const sample: Sample = { at, to, from, body: text, status, errorCode };
      kept = [...kept.filter((one) => one !== same), sample].sort((a, b) => b.at - a.at).slice(0, most);
    },
    kept: () => kept,
  };
}
