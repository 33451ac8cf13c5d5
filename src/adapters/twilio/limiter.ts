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
  /** Waits for a slot: the highest rank first, of the same rank whoever came first. Throws `Cancelled`. */
  enter(rank: number, cancel?: Cancellation): Promise<Slot>;
  /** Slots there are now. */
  readonly limit: number;
}

/** One slot in sixteen less: Twilio may see a request end a little later than we do. */
function spared(slots: number): number {
  return slots - (slots >> 4);
}

/** When a request went out: after how many bursts of refusals, and as which of the requests under way. */
interface Began {
  readonly epoch: number;
  readonly place: number;
}

/**
 * Rounds of successes before trying one slot more than Twilio last refused. Until that refusal is heard of, as many requests as there are slots
 * may be refused after it, so one in so many is the most.
 */
const patienceAtCeiling = 50;

/**
 * How many requests may run at once against one account. Twilio limits concurrency per account, tells the ceiling nowhere and
 * answers 429 above it (https://www.twilio.com/docs/api/errors/20429), so it is searched for: additive increase,
 * multiplicative decrease. A refusal halves the number, but for the first of an eager search, which leaves those that were let in before it;
 * how many were under way when the first of those refused began says how far it may come back with every success (as after a loss,
 * RFC 5681 §3.1). Below the level of the last refusal one more slot comes with every round of successes; at that level only after a long run
 * of them, and not while Twilio reports a load as high as when it refused.
 */
export function createLimiter({
  start = 4,
  cap = 16,
  eager = false,
}: {
  start?: number;
  cap?: number;
  /**
   * Until the first refusal a slot comes with every other success, so that the number grows by half each round: a slow start (RFC 5681 §3.1)
   * that goes too far by less, because a refusal takes a round to be heard of.
   */
  eager?: boolean;
} = {}): Limiter {
  const waiting: { readonly rank: number; give(): void }[] = [];
  let limit = start;
  let used = 0;
  let underWay = 0;
  let successes = 0;
  let refusedAt = cap + 1;
  let refusedLoad = Number.POSITIVE_INFINITY;
  // A burst of refusals to requests that started together is one piece of news, not several.
  let epoch = 0;
  // Since the last refusal: none that began as one of the first `below` is known to be refused, and one that began as the `proven`th was answered.
  let below = start;
  let proven = start;
  let least = 1;

  function admit(): void {
    while (used < limit && waiting.length > 0) waiting.shift()?.give();
  }

  /** The `place`th of those under way was refused, the first since the limit was lowered last. */
  function refuse(load: number | undefined, place: number): void {
    const searching = eager && refusedAt > cap;
    least = Math.max(2, limit >> 2);
    [refusedAt, below, proven] = [limit, limit, 0];
    refusedLoad = load ?? Number.POSITIVE_INFINITY;
    const half = Math.max(1, limit >> 1);
    // While the ceiling was only being looked for, those before it were let in.
    limit = searching && place > least ? Math.max(half, Math.min(limit, spared(place - 1))) : half;
    successes = 0;
    epoch += 1;
  }

  /** Of those under way it was the `place`th. Far down among them it says nothing of our number: others use the account too. */
  function refuseAt(place: number): void {
    if (place <= least) return;
    below = Math.min(below, place - 1);
    refusedAt = Math.min(refusedAt, spared(below) + 1);
    limit = Math.min(limit, spared(below));
  }

  function learn(verdict: Verdict, load: number | undefined, began: Began, atOnce: number): void {
    if (verdict === 'throttled') {
      if (began.epoch === epoch) refuse(load, began.place);
      if (began.epoch === epoch - 1) refuseAt(began.place);
    }
    if (verdict !== 'ok' || limit >= cap) return;
    proven = Math.max(proven, began.place);
    if (limit < spared(Math.min(below, proven))) {
      limit += 1;
      return;
    }
    // A limit that was not reached, because there was little to do or a slot's owner was waiting, has not been proven.
    if (began.epoch !== epoch || atOnce < limit) return;
    const probing = limit + 1 >= refusedAt;
    if (probing && load !== undefined && load >= refusedLoad) return;
    successes += 1;
    const unrefused = eager && refusedAt > cap;
    if (successes < (probing ? patienceAtCeiling * limit : unrefused ? 2 : limit)) return;
    limit += 1;
    successes = 0;
  }

  function take(): Slot {
    let began: Began | undefined;
    let left = false;
    const release = (verdict: Verdict, load: number | undefined) => {
      if (left) return;
      left = true;
      used -= 1;
      if (!began) return;
      learn(verdict, load, began, underWay);
      underWay -= 1;
    };
    used += 1;
    return {
      starts() {
        if (!began && !left) underWay += 1;
        began = { epoch, place: underWay };
      },
      leave(verdict, load) {
        release(verdict, load);
        admit();
      },
      again(verdict, load, cancel) {
        release(verdict, load);
        return enter(Number.POSITIVE_INFINITY, cancel, 'ahead').finally(admit);
      },
    };
  }

  function enter(rank: number, cancel: Cancellation | undefined, among: 'behind' | 'ahead' = 'behind'): Promise<Slot> {
    return new Promise((resolve, reject) => {
      if (cancel?.aborted) return reject(new Cancelled());
      const place = {
        rank,
        give() {
          cancel?.removeEventListener('abort', quit);
          resolve(take());
        },
      };
      const quit = () => {
        const at = waiting.indexOf(place);
        // Not every signal stops calling a listener that was removed: whoever has a slot by now waits no more.
        if (at < 0) return;
        waiting.splice(at, 1);
        reject(new Cancelled());
      };
      cancel?.addEventListener('abort', quit, { once: true });
      const before = waiting.findIndex((other) => other.rank < rank || (among === 'ahead' && other.rank === rank));
      waiting.splice(before < 0 ? waiting.length : before, 0, place);
      admit();
    });
  }

  return {
    get limit() {
      return limit;
    },
    enter: (rank, cancel) => enter(rank, cancel),
  };
}
