import { Cancelled } from './errors.ts';
import type { Cancellation } from './ports.ts';

/** A cancellation one can trigger, shaped like an `AbortController` so that every layer can pass it on. */
export interface CancellationSource {
  readonly signal: Cancellation;
  abort(): void;
}

/**
 * As with an `AbortSignal`, listeners are called in order and once, those that an earlier one removed are not called any more,
 * and those added during or after the abort never are. `once` makes no difference, because there is only one abort.
 */
export function createCancellation(): CancellationSource {
  const listeners = new Set<() => void>();
  let aborted = false;
  return {
    signal: {
      get aborted() {
        return aborted;
      },
      addEventListener: (_type, listener) => void listeners.add(listener),
      removeEventListener: (_type, listener) => void listeners.delete(listener),
    },
    abort() {
      if (aborted) return;
      aborted = true;
      for (const listener of [...listeners]) if (listeners.delete(listener)) listener();
      listeners.clear();
    },
  };
}

/** Throws `Cancelled` when the work is no longer wanted. */
export function throwIfCancelled(cancel: Cancellation | undefined): void {
  if (cancel?.aborted) throw new Cancelled();
}

/** Waits for shared work that goes on for others: rejects with `Cancelled` when this caller no longer wants it. */
export function orCancelled<T>(work: Promise<T>, cancel: Cancellation | undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    if (cancel?.aborted) return reject(new Cancelled());
    const stop = () => reject(new Cancelled());
    cancel?.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => cancel?.removeEventListener('abort', stop));
  });
}
