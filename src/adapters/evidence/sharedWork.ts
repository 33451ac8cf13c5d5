import { orCancelled } from '../../core/cancellation.ts';
import type { Cancellation } from '../../core/ports.ts';

export interface Waiting<Progress> {
  readonly cancel?: Cancellation;
  readonly onProgress?: (progress: Progress) => void;
}

/** Work that several callers may want at once and that is done once for them. */
export interface SharedWork<Result, Progress> {
  /**
   * What another caller is making under this key; makes it when nobody is, or when that one failed or was cancelled. Whoever waits is told how far
   * it is, and may stop waiting: rejects with `Cancelled` then, and the work goes on for the others.
   */
  of(
    key: string,
    waiting: Waiting<Progress>,
    make: (onProgress: (progress: Progress) => void) => Promise<Result>,
  ): Promise<Result>;
}

export function createSharedWork<Result, Progress>(): SharedWork<Result, Progress> {
  interface Making {
    readonly result: Promise<Result>;
    readonly watching: Set<(progress: Progress) => void>;
  }
  const underWay = new Map<string, Making>();
  return {
    async of(key, { cancel, onProgress }, make) {
      for (let other = underWay.get(key); other; other = underWay.get(key)) {
        if (onProgress) other.watching.add(onProgress);
        try {
          const made = await orCancelled(
            other.result.then((result) => ({ result })).catch(() => undefined),
            cancel,
          );
          if (made) return made.result;
        } finally {
          if (onProgress) other.watching.delete(onProgress);
        }
      }
      const watching = new Set(onProgress ? [onProgress] : []);
      const tell = (progress: Progress): void => {
        for (const watch of watching) watch(progress);
      };
      const result = make(tell);
      underWay.set(key, { result, watching });
      try {
        return await result;
      } finally {
        underWay.delete(key);
      }
    },
  };
}
