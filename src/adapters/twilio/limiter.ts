import { Cancelled } from '../../core/errors.ts';
import type { Cancellation } from '../../core/ports.ts';

type Verdict = 'ok' | 'throttled' | 'neither';

/** The right to have one request under way. `load` is `Twilio-Concurrent-Requests`, when Twilio sent it. */
export interface Slot {
  /** The request goes out now: a refusal is news only if the limit has not been lowered since. */
  starts(): void;
  /** Gives the slot back and says how the request went. Only the first call counts. */
  leave(verdict: Verdict, load?: number): void;
  /** Goes back to the head of the queue to try the same again, before anybody else can slip in. Throws `Cancelled`. */
  again(verdict: Verdict, load?: number, cancel?: Cancellation): Promise<Slot>;
}

export interface Limiter {
  /** Waits for a slot, first come first served; `first` goes before all others. Throws `Cancelled`. */
  enter(first: boolean, cancel?: Cancellation): Promise<Slot>;
  /** Slots there are now. */
  readonly limit: number;
}

/** Successes in a row before trying one slot more than Twilio last refused: one refusal in so many requests at most. */
const patienceAtCeiling = 100;

/**
 * How many requests may run at once against one account. Twilio limits concurrency per account, tells the ceiling nowhere and
 * answers 429 above it (https://www.twilio.com/docs/api/errors/20429), so it is searched for: additive increase,
 * multiplicative decrease. Below the level of the last refusal one more slot comes with every round of successes; at that
 * level only after a long run of them, and not while Twilio reports a load as high as when it refused.
 */
export function createLimiter({
  start = 4,
  cap = 16,
  eager = false,
}: {
  start?: number;
  cap?: number;
  /** Until the first refusal a slot comes with every success, so that the number doubles each round (slow start, RFC 5681 §3.1). */
  eager?: boolean;
} = {}): Limiter {
  const waiting: (() => void)[] = [];
  let limit = start;
  let used = 0;
  let underWay = 0;
  let successes = 0;
  let refusedAt = cap + 1;
  let refusedLoad = Number.POSITIVE_INFINITY;
  // A burst of refusals to requests that started together is one piece of news, not several.
  let epoch = 0;

  function admit(): void {
    while (used < limit && waiting.length > 0) waiting.shift()?.();
  }

  function learn(verdict: Verdict, load: number | undefined, started: number, atOnce: number): void {
    if (started !== epoch) return;
    if (verdict === 'throttled') {
      refusedAt = limit;
      refusedLoad = load ?? Number.POSITIVE_INFINITY;
      limit = Math.max(1, Math.floor(limit / 2));
      successes = 0;
      epoch += 1;
    }
    // A limit that was not reached, because there was little to do or a slot's owner was waiting, has not been proven.
    if (verdict !== 'ok' || limit >= cap || atOnce < limit) return;
    const probing = limit + 1 >= refusedAt;
    if (probing && load !== undefined && load >= refusedLoad) return;
    successes += 1;
    const unrefused = eager && refusedAt > cap;
    if (successes < (probing ? patienceAtCeiling : unrefused ? 1 : limit)) return;
    limit += 1;
    successes = 0;
  }

  function take(): Slot {
    let started: number | undefined;
    let left = false;
    const release = (verdict: Verdict, load: number | undefined) => {
      if (left) return;
      left = true;
      used -= 1;
      if (started === undefined) return;
      learn(verdict, load, started, underWay);
      underWay -= 1;
    };
    used += 1;
    return {
      starts() {
        if (started === undefined && !left) underWay += 1;
        started = epoch;
      },
      leave(verdict, load) {
        release(verdict, load);
        admit();
      },
      again(verdict, load, cancel) {
        release(verdict, load);
        return enter(true, cancel).finally(admit);
      },
    };
  }

  function enter(first: boolean, cancel: Cancellation | undefined): Promise<Slot> {
    return new Promise((resolve, reject) => {
      if (cancel?.aborted) return reject(new Cancelled());
      const give = () => {
        cancel?.removeEventListener('abort', quit);
        resolve(take());
      };
      const quit = () => {
        const at = waiting.indexOf(give);
        // Not every signal stops calling a listener that was removed: whoever has a slot by now waits no more.
        if (at < 0) return;
        waiting.splice(at, 1);
        reject(new Cancelled());
      };
      cancel?.addEventListener('abort', quit, { once: true });
      if (first) waiting.unshift(give);
      else waiting.push(give);
      admit();
    });
  }

  return {
    get limit() {
      return limit;
    },
    enter,
  };
}
