import { createCancellation } from '../cancellation.ts';
import { Cancelled, UserError } from '../errors.ts';
import { span } from '../model/age.ts';
import type { Cancellation, Clock } from '../ports.ts';

/** What a live watch is doing. Times are epoch milliseconds. */
export interface WatchState {
  readonly state: 'off' | 'waiting' | 'looking';
  /** When it looked last, whatever came of it. */
  readonly last?: number;
  /** When it looks next. */
  readonly next?: number;
  /** Why the last look gave nothing, as a sentence that may hold hostile text. */
  readonly failure?: string;
}

export interface WatchParts {
  readonly clock: Clock;
  /** Resolves after so many milliseconds; rejects with `Cancelled`. */
  readonly delay: (milliseconds: number, cancel: Cancellation) => Promise<void>;
  /** Minutes from one look to the next, asked before each; 0 never looks. */
  readonly minutes: () => number;
  /** Reads what is new and tells what stands out. Failures that can be expected are `UserError`; `Cancelled`: it did not look. */
  readonly look: (cancel: Cancellation) => Promise<void>;
  readonly onChange: () => void;
  /** What nobody expects. */
  readonly onError: (reason: unknown) => void;
}

/** Looks again and again, never twice at once. */
export interface Watch {
  readonly state: WatchState;
  /** Goes on until `stop`. `now`: looks at once, else after the first wait. Does nothing while it is on, but for a look that is asked for at once. */
  start(now: boolean): void;
  /** Resolves when a look that was under way has ended. */
  stop(): Promise<void>;
  /** Ends a look that is under way, so that something else may be done; the watch goes on. */
  interrupt(): Promise<void>;
}

/** However often looking fails in a row, it is tried again after this long. */
const longestWait = span.hour;
/** It rests so many times as long as the last look took: counting millions of messages must not keep a computer busy. */
const restAfter = 10;

/** Minutes between two looks after `failures` in a row, in milliseconds: doubled each time, up to an hour, since throttling passes by waiting. */
export function waitAfter(minutes: number, failures: number): number {
  const usual = minutes * span.minute;
  return Math.max(usual, Math.min(longestWait, usual * 2 ** Math.min(failures, 10)));
}

export function createWatch({ clock, delay, minutes, look, onChange, onError }: WatchParts): Watch {
  let state: WatchState = { state: 'off' };
  let running: { readonly ending: ReturnType<typeof createCancellation>; readonly done: Promise<void> } | undefined;
  let looking: { readonly ending: ReturnType<typeof createCancellation>; readonly done: Promise<boolean> } | undefined;
  let waking = createCancellation();

  function tell(next: WatchState): void {
    state = next;
    onChange();
  }
  /** True when it was not in vain. */
  async function lookOnce(signal: Cancellation): Promise<boolean> {
    const ending = createCancellation();
    signal.addEventListener('abort', ending.abort);
    const { last } = state;
    tell({ state: 'looking', ...(last !== undefined && { last }) });
    let failure: string | undefined;
    let done = true;
    let ended = false;
    const work = (async () => {
      try {
        await look(ending.signal);
      } catch (reason) {
        ended = reason instanceof Cancelled;
        if (!ended) {
          done = false;
          failure =
            reason instanceof UserError ? reason.message : 'Something unexpected went wrong. The log has details.';
          if (!(reason instanceof UserError)) onError(reason);
        }
      } finally {
        signal.removeEventListener('abort', ending.abort);
      }
      return done;
    })();
    looking = { ending, done: work };
    await work;
    looking = undefined;
    tell({
      state: 'waiting',
      ...(ended ? last !== undefined && { last } : { last: clock.now() }),
      ...(failure !== undefined && { failure }),
    });
    return done;
  }
  async function wait(milliseconds: number, signal: Cancellation): Promise<void> {
    waking = createCancellation();
    const wake = waking;
    const end = (): void => wake.abort();
    signal.addEventListener('abort', end);
    tell({ ...state, state: 'waiting', next: clock.now() + milliseconds });
    await delay(milliseconds, wake.signal).catch((reason: unknown) => {
      if (!(reason instanceof Cancelled)) throw reason;
    });
    signal.removeEventListener('abort', end);
  }
  async function run(signal: Cancellation, now: boolean): Promise<void> {
    let failures = 0;
    let took = 0;
    for (let first = now; !signal.aborted && minutes() > 0; first = false) {
      if (!first) await wait(Math.max(waitAfter(minutes(), failures), restAfter * took), signal);
      if (signal.aborted || minutes() === 0) break;
      const begun = clock.now();
      failures = (await lookOnce(signal)) ? 0 : failures + 1;
      // A look that was ended says nothing of how long one takes.
      took = state.last === undefined || state.last < begun ? 0 : clock.now() - begun;
    }
  }

  function start(now: boolean): void {
    if (running?.ending.signal.aborted) void running.done.then(() => start(now));
    else if (running && now) waking.abort();
    else if (!running) {
      const ending = createCancellation();
      const done = run(ending.signal, now)
        .catch(onError)
        .finally(() => {
          running = undefined;
          tell({ state: 'off' });
        });
      running = { ending, done };
    }
  }

  return {
    get state() {
      return state;
    },
    start,
    async stop() {
      running?.ending.abort();
      await running?.done;
    },
    async interrupt() {
      looking?.ending.abort();
      await looking?.done;
    },
  };
}
