import { Cancelled } from '../../core/errors.ts';
import type { Delay } from './patience.ts';

/** The real `Delay`. Does not keep the process alive. */
export const delay: Delay = (milliseconds, cancel) =>
  new Promise((resolve, reject) => {
    if (cancel?.aborted) return reject(new Cancelled());
    const stop = () => {
      clearTimeout(timer);
      reject(new Cancelled());
    };
    const timer = setTimeout(() => {
      cancel?.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    timer.unref();
    cancel?.addEventListener('abort', stop, { once: true });
  });
