import { Worker } from 'node:worker_threads';
import type { KeeperResult, KeeperTask } from './keeper.ts';

/** A thread that reads pages. */
export interface PageThread {
  /** `failed`: it ended before it was ready, as another would. */
  readonly state: 'starting' | 'ready' | 'ended' | 'failed';
  /** Tasks it is at. */
  readonly busy: number;
  /** Rejects when it cannot be done there, and when the thread ends before. */
  ask(task: KeeperTask): Promise<KeeperResult>;
  end(): void;
}

interface Said {
  readonly id: number;
  readonly result?: KeeperResult;
  readonly failed?: true;
}

/**
 * Megabytes for what was just made, of which a page makes a few: by itself V8 takes up to 32 for each half of it before it looks what is no longer needed,
 * and a hundred of each thread would lie there unused.
 */
const resourceLimits = { maxYoungGenerationSizeMb: 8 };

/** Starts a thread. `script`: `worker.ts`, or what it was built to. */
export function startPageThread(script: string | URL): PageThread {
  const worker = new Worker(script, { resourceLimits });
  const asked = new Map<number, { resolve(result: KeeperResult): void; reject(reason: Error): void }>();
  let state: PageThread['state'] = 'starting';
  let count = 0;
  const ended = (): void => {
    if (state === 'starting') state = 'failed';
    if (state === 'ready') state = 'ended';
    for (const { reject } of asked.values()) reject(new Error('A thread that reads pages ended early.'));
    asked.clear();
  };
  worker.on('error', ended);
  worker.on('exit', ended);
  worker.on('message', (said: Said | 'ready') => {
    if (said === 'ready') {
      if (state === 'starting') state = 'ready';
      return;
    }
    const task = asked.get(said.id);
    asked.delete(said.id);
    if (said.failed) task?.reject(new Error('A page could not be read in its thread.'));
    else task?.resolve(said.result);
  });
  return {
    get state() {
      return state;
    },
    get busy() {
      return asked.size;
    },
    ask: (task) =>
      new Promise((resolve, reject) => {
        if (state === 'ended' || state === 'failed') return reject(new Error('A thread that reads pages has ended.'));
        count += 1;
        asked.set(count, { resolve, reject });
        worker.postMessage({ id: count, task });
      }),
    end() {
      if (state === 'starting') state = 'ready';
      ended();
      void worker.terminate();
    },
  };
}
