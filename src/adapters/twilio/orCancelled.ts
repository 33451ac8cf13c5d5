import { Cancelled } from '../../core/errors.ts';
import type { Cancellation } from '../../core/ports.ts';

/** Waits for shared work that goes on for others: rejects with `Cancelled` when this caller no longer wants it. */
export function orCancelled<T>(work: Promise<T>, cancel: Cancellation | undefined): Promise<T> {
  return new Promise((resolve, reject) => {
    if (cancel?.aborted) return reject(new Cancelled());
    const stop = () => reject(new Cancelled());
    cancel?.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => cancel?.removeEventListener('abort', stop));
  });
}
