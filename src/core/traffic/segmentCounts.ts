import type { Message } from './message.ts';
import { hours } from './window.ts';

/** Segments of outbound messages to one country. */
export interface SegmentCounts {
  /** Of messages without a price that will have one, one number per hour of the window. */
  readonly unpriced: Uint32Array;
  /** Of messages that cost something, per ISO 4217 currency, over the window. */
  readonly priced: Map<string, number>;
}

export function noSegments(): SegmentCounts {
  return { unpriced: new Uint32Array(hours), priced: new Map() };
}

/** Counts a message's segments in its hour of the window. */
export function addSegments(counts: SegmentCounts, hour: number, message: Message): void {
  const { status, errorCode, segments, price, currency } = message;
  if (price === undefined) {
    if (!costsNothing(status, errorCode)) counts.unpriced[hour] = (counts.unpriced[hour] ?? 0) + segments;
  } else if (price > 0) counts.priced.set(currency, (counts.priced.get(currency) ?? 0) + segments);
}

/**
 * True when a message without a price costs nothing: Twilio blocked it (30450, 60410), it failed before it reached a carrier, or it was
 * cancelled. Undelivered ones did reach a carrier and are charged.
 */
export function costsNothing(status: string, errorCode: number | undefined): boolean {
  return status === 'failed' || status === 'canceled' || errorCode === 30450 || errorCode === 60410;
}
