import { rangeOf } from '../model/numberRange.ts';
import { type BlockHours, createBlockHours } from './blockHours.ts';
import { type Blocks, createBlocks } from './blocks.ts';
import { type CountryOrBucket, countryOf } from './country.ts';
import type { Message } from './message.ts';
import { addMoney, type Money } from './money.ts';
import { createSampleHours, type SampleHours } from './sampleHours.ts';
import { createSamples, type Samples } from './samples.ts';
import { addSegments, costsNothing, noSegments, type SegmentCounts } from './segmentCounts.ts';
import { hourOf, hours, type Window } from './window.ts';

/** Outbound messages to one country, one number per hour of the window. */
export interface CountrySeries {
  readonly sent: Uint32Array;
  /** With a delivery receipt: status `delivered` or `read`. */
  readonly delivered: Uint32Array;
  /** Failed or undelivered for any reason, blocked ones included. */
  readonly failed: Uint32Array;
  /** Error 30450: SMS Pumping Protection. */
  readonly pumpingBlocked: Uint32Array;
  /** Error 60410: Verify Fraud Guard. */
  readonly guardBlocked: Uint32Array;
  /** Without a price, though nothing says that they cost nothing (see `costsNothing`): so the cost is still too low. */
  readonly unpriced: Uint32Array;
  /** Per ISO 4217 currency. */
  readonly cost: Map<string, Float64Array>;
  /** What Twilio charges by, to estimate what has no price yet. */
  readonly segments: SegmentCounts;
  /** The earliest message, epoch milliseconds. */
  firstAt: number;
  /** Recipients of the last 24 hours by block of 10,000 numbers. */
  readonly blocks: Blocks;
  /** The same of the six days before; absent where it is not counted. */
  readonly blocksBefore?: Blocks;
  /** A few of the newest messages of the last 24 hours, no text twice; absent where bodies are not known. */
  readonly samples?: Samples;
  /** Blocks and messages of other hours than the last 24; absent where rows were counted without keeping that. */
  readonly blockHours?: BlockHours;
  readonly sampleHours?: SampleHours;
}

/** Memory grows with countries × hours, not with messages: about 5 kB for each country that got any. */
export type TrafficTable = Map<CountryOrBucket, CountrySeries>;

/** The columns that count messages. */
export type Counted = 'sent' | 'delivered' | 'failed' | 'pumpingBlocked' | 'guardBlocked' | 'unpriced';

/** The last 24 hours are the hours from this one on. */
export const firstHourOfLastDay = hours - 24;

/** Nothing counted yet. */
export function emptySeries(): CountrySeries {
  const zeros = (): Uint32Array => new Uint32Array(hours);
  return {
    sent: zeros(),
    delivered: zeros(),
    failed: zeros(),
    pumpingBlocked: zeros(),
    guardBlocked: zeros(),
    unpriced: zeros(),
    cost: new Map(),
    segments: noSegments(),
    firstAt: Number.POSITIVE_INFINITY,
    blocks: createBlocks(),
    blocksBefore: createBlocks(),
    samples: createSamples(),
    blockHours: createBlockHours(),
    sampleHours: createSampleHours(),
  };
}

/** Counts an outbound message. False when it lies outside the window or is not outbound, and is not counted. */
export function addMessage(table: TrafficTable, window: Window, message: Message): boolean {
  const at = hourOf(window, message.at);
  if (at === undefined || !message.outbound) return false;
  const country = countryOf(message.to);
  const series = table.get(country) ?? emptySeries();
  table.set(country, series);
  const { status, errorCode, price, currency } = message;
  series.firstAt = Math.min(series.firstAt, message.at);
  increase(series.sent, at);
  if (status === 'delivered' || status === 'read') increase(series.delivered, at);
  if (status === 'failed' || status === 'undelivered') increase(series.failed, at);
  if (errorCode === 30450) increase(series.pumpingBlocked, at);
  if (errorCode === 60410) increase(series.guardBlocked, at);
  if (price === undefined && !costsNothing(status, errorCode)) increase(series.unpriced, at);
  addSegments(series.segments, at, message);
  if (price !== undefined) {
    const cost = series.cost.get(currency) ?? new Float64Array(hours);
    series.cost.set(currency, cost);
    increase(cost, at, price);
  }
  const range = rangeOf(message.to);
  series.blockHours?.add(range, at);
  series.sampleHours?.add(message, at);
  if (at >= firstHourOfLastDay) {
    series.blocks.add(range);
    series.samples?.add(message);
  } else series.blocksBefore?.add(range);
  return true;
}

/** The column over all accounts, hour by hour. */
export function byHour(series: readonly CountrySeries[], column: Counted): readonly number[] {
  return Array.from({ length: hours }, (_, at) => series.reduce((sum, one) => sum + (one[column][at] ?? 0), 0));
}

/** The column over all accounts and the hours from `first` to before `end`. */
export function countIn(series: readonly CountrySeries[], column: Counted, first = 0, end = hours): number {
  return series.reduce((sum, one) => sum + one[column].subarray(first, end).reduce((a, b) => a + b, 0), 0);
}

/** What the hours from `first` to before `end` cost so far, per currency, dearest first; ten at most. */
export function costIn(series: readonly CountrySeries[], first = 0, end = hours): readonly Money[] {
  const sums = series.flatMap(({ cost }) =>
    [...cost].map(([currency, amounts]) => ({
      currency,
      amount: amounts.subarray(first, end).reduce((a, b) => a + b, 0),
    })),
  );
  return addMoney(sums).slice(0, 10);
}

function increase(column: Uint32Array | Float64Array, at: number, by = 1): void {
  column[at] = (column[at] ?? 0) + by;
}
