import { createLimiter } from '../../../../src/adapters/twilio/limiter.ts';
import { mostConnections, ofAccount } from '../../../../src/adapters/twilio/limits.ts';
import { type Tried, withPatience } from '../../../../src/adapters/twilio/patience.ts';
import { createRetryBudget } from '../../../../src/adapters/twilio/retryBudget.ts';
import { UserError } from '../../../../src/core/errors.ts';
import { stateWords } from '../../../../src/core/evidence/collect/rowTable.ts';
import type { HeldRows } from '../../../../src/core/evidence/heldRows.ts';
import { hash53 } from '../../../../src/core/evidence/numberSet.ts';
import type { Page, Twilio } from '../../../../src/core/ports.ts';
import type { TwilioRequest } from '../../../../src/core/twilio/request.ts';
import type { createVirtualClock } from '../../../adapters/twilio/virtualClock.ts';
import { proof } from '../../fakeTwilio.ts';
import { day, now } from './fakes.ts';

const pageSize = 1000;

export interface VirtualOptions {
  /** When the messages were sent, epoch milliseconds in whole seconds, newest first. */
  readonly sent: Float64Array;
  readonly time: ReturnType<typeof createVirtualClock>;
  readonly random: () => number;
  /** What a reply takes, give or take half of it, and what reading and packing a page take one of two threads: milliseconds. */
  readonly latency: number;
  readonly reading: number;
  readonly packing: number;
  /** Requests at once beyond which it refuses. */
  readonly ceiling?: number;
  /** Usage counts the messages of each day. */
  readonly counted: boolean;
}

/**
 * A Twilio with messages of one account, behind the real limiter, retries and ranks, in virtual time: rows are numbers only, so that hundreds
 * of thousands of them cost nothing.
 */
export function virtualTwilio({
  sent,
  time,
  random,
  latency,
  reading,
  packing,
  ceiling = Infinity,
  counted,
}: VirtualOptions) {
  const keys = Float64Array.from(sent, (_, row) => hash53(`SM${row}`));
  const states = new Uint32Array(2 * sent.length);
  for (const row of sent.keys()) states.set(stateWords(`SM${row}`), 2 * row);
  const tries = {
    limiter: createLimiter(ofAccount),
    connections: createLimiter({ start: mostConnections, cap: mostConnections }),
    budget: createRetryBudget(),
    ...{ clock: time.clock, delay: time.delay, random },
  };
  const count = { answered: 0, refused: 0, late: 0, lateRefused: 0 };
  const threads = [0, 0];
  let busy = 0;

  /** Takes the less busy thread so long. */
  function work(milliseconds: number): Promise<void> {
    const [at, other] = threads.map((free) => Math.max(free, time.clock.now()));
    const first = (at ?? 0) <= (other ?? 0) ? 0 : 1;
    const end = Math.max(threads[first] ?? 0, time.clock.now()) + milliseconds;
    threads[first] = end;
    return time.delay(end - time.clock.now());
  }

  /** The place of the first message that was not sent after this instant. */
  function placeOf(instant: number): number {
    let [low, high] = [0, sent.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sent[middle] ?? 0) <= instant) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  function usage(): Page {
    const days = new Map<number, number>();
    for (const at of counted ? sent : []) days.set(Math.floor(at / day), (days.get(Math.floor(at / day)) ?? 0) + 1);
    const items = [...days].map(([number, rows]) => ({
      start_date: new Date(number * day).toISOString().slice(0, 10),
      count: String(rows),
    }));
    return { status: 200, body: {}, proof: { ...proof, receivedAt: now }, items };
  }

  function list({ operation, account, query = {}, continueAt }: TwilioRequest): Page {
    const [from = 0, to = 0] = continueAt
      ? continueAt.split('@').map(Number)
      : [placeOf(Date.parse(String(query['DateSent<']))), placeOf(Date.parse(String(query['DateSent>'])) - 1)];
    const end = Math.min(to, from + pageSize);
    const held: HeldRows = {
      table: {
        rows: end - from,
        at: sent.slice(from, end),
        keys: keys.slice(from, end),
        states: states.slice(2 * from, 2 * end),
      },
      ...{ items: end - from, odd: 0, last: `SM${end - 1}` },
      async pack() {
        await work(packing);
        return { removed: {} };
      },
      drop() {},
    };
    const next: TwilioRequest = { operation, account, continueAt: `${end}@${to}@SM${end - 1}` };
    return {
      ...{ status: 200, body: {}, proof: { ...proof, receivedAt: now }, items: [], held },
      ...(end < to && { next }),
    };
  }

  async function attempt(request: TwilioRequest, served: () => void): Promise<Tried<Page>> {
    const late = count.refused > 0;
    const refused = busy >= ceiling;
    if (late) count.late += 1;
    if (!refused) busy += 1;
    await time.delay(latency * (0.5 + random()));
    if (refused) {
      count.refused += 1;
      if (late) count.lateRefused += 1;
      return { kind: 'throttled', error: new UserError('throttled', 'too many') };
    }
    busy -= 1;
    count.answered += 1;
    served();
    if (request.query?.['Category'] !== undefined) return { kind: 'done', value: usage() };
    const value = list(request);
    await work(reading);
    return { kind: 'done', value };
  }

  const twilio: Twilio = {
    page: (request, cancel, wish) =>
      withPatience(tries, (served) => attempt(request, () => served(undefined)), { cancel, rank: wish?.rank ?? 0 }),
    send: () => Promise.reject(new Error('nothing may be changed')),
  };
  return { twilio, count };
}
