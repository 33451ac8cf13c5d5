import type { UserError } from '../../core/errors.ts';
import type { Cancellation, Clock } from '../../core/ports.ts';
import type { Limiter } from './limiter.ts';
import type { RetryBudget } from './retryBudget.ts';

/** How one try went. Whoever tries decides what may be repeated: `throttled` and `transient` are, `final` is not. */
export type Tried<T> =
  | { readonly kind: 'done'; readonly value: T; readonly load?: number }
  | { readonly kind: 'throttled'; readonly error: UserError; readonly wait?: number; readonly load?: number }
  | { readonly kind: 'transient'; readonly error: UserError; readonly wait?: number }
  | { readonly kind: 'final'; readonly error: UserError };

/** Twilio has done its part of a request, with the load it told: the next one may go out while the reply is read. */
export type Served = (load: number | undefined) => void;

/** Resolves after so many milliseconds; rejects with `Cancelled`. */
export type Delay = (milliseconds: number, cancel?: Cancellation) => Promise<void>;

export interface PatienceDeps {
  /** Of the account, which Twilio throttles as a whole. */
  readonly limiter: Limiter;
  /** Of all accounts together. */
  readonly connections: Limiter;
  readonly budget: RetryBudget;
  readonly clock: Clock;
  readonly random: () => number;
  readonly delay: Delay;
}

const mostTries = 5;
/** Milliseconds after which no further try is started. */
const longest = 180_000;
/** Milliseconds before the second try at most, and how many times that before the next. Who was refused for being one too many waits for a slot among fewer anyway. */
const backoffs = { throttled: { first: 80, factor: 5 }, transient: { first: 400, factor: 2 } };
const longestBackoff = 20_000;

/**
 * Tries until it is done, final, or hopeless: at most 5 times and 3 minutes from the first try. Waits between tries grow
 * exponentially with full jitter (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/), on top of what
 * the server asked for. The wait happens inside the slot: when Twilio has throttled an account down to one slot, the whole account pauses.
 * `rank`: as in `Limiter.enter`. Throws the last try's error, or `Cancelled`.
 */
export async function withPatience<T>(
  { limiter, connections, budget, clock, random, delay }: PatienceDeps,
  attempt: (served: Served) => Promise<Tried<T>>,
  { rank = 0, cancel }: { rank?: number; cancel?: Cancellation | undefined } = {},
): Promise<T> {
  let slot = await limiter.enter(rank, cancel);
  const started = clock.now();
  try {
    for (let tries = 1; ; tries += 1) {
      const tried = await connected(connections, rank, cancel, (free) => {
        slot.starts();
        return attempt((load) => {
          slot.leave('ok', load);
          free();
        });
      });
      if (tried.kind === 'done') {
        budget.earn();
        slot.leave('ok', tried.load);
        return tried.value;
      }
      const [verdict, load] =
        tried.kind === 'throttled' ? (['throttled', tried.load] as const) : (['neither'] as const);
      if (tried.kind === 'final' || tries === mostTries) {
        slot.leave(verdict, load);
        throw tried.error;
      }
      const { first, factor } = backoffs[tried.kind];
      const backoff = random() * Math.min(longestBackoff, first * factor ** (tries - 1));
      const wait = (tried.wait ?? 0) + Math.ceil(backoff);
      const late = clock.now() - started + wait > longest;
      // Twilio did not process a throttled request and the limiter already slows down, so only other repeats cost.
      if (late || (tried.kind === 'transient' && !budget.spend())) {
        slot.leave(verdict, load);
        throw tried.error;
      }
      slot = await slot.again(verdict, load, cancel);
      if (wait > 0) await delay(wait, cancel);
    }
  } finally {
    slot.leave('neither');
  }
}

async function connected<T>(
  connections: Limiter,
  rank: number,
  cancel: Cancellation | undefined,
  attempt: (free: () => void) => Promise<Tried<T>>,
): Promise<Tried<T>> {
  const connection = await connections.enter(rank, cancel);
  const free = () => connection.leave('neither');
  return attempt(free).finally(free);
}
