import { Worker } from 'node:worker_threads';
import { Cancelled } from '../../../core/errors.ts';
import type { Cancellation } from '../../../core/ports.ts';
import { createThread, type FileProgress, type Result, type Task, type Tasks } from './thread.ts';

/** A thread one can ask; one question at a time. */
export interface Member {
  ask<Kind extends keyof Tasks>(kind: Kind, task: Tasks[Kind]['task']): Promise<Tasks[Kind]['result']>;
  onProgress: (progress: FileProgress) => void;
}

export interface Crew {
  readonly members: readonly Member[];
  /** Ends the threads, and what they are asked. */
  dispose(): Promise<void>;
}

/** The caller's own thread, for little work. Stops at the next chunk when cancelled. */
export function ownThread(cancel: Cancellation | undefined): Crew {
  const thread = createThread((progress) => {
    if (cancel?.aborted) throw new Cancelled();
    member.onProgress(progress);
  });
  const member: Member = {
    onProgress: () => undefined,
    ask: async (kind, task) => (await thread.run({ kind, ...task } as Task)) as Tasks[typeof kind]['result'],
  };
  return { members: [member], dispose: async () => undefined };
}

/** Megabytes. Rows lie outside the heap, and what is made of a chunk is garbage with the next one: a large nursery would only take memory. */
const resourceLimits = { maxYoungGenerationSizeMb: 4 } as const;

/** `count` threads of their own. `entry` is the script they run: `worker.ts`, or what it was built to. */
export function workerThreads(entry: string | URL, count: number, cancel: Cancellation | undefined): Crew {
  const workers = Array.from({ length: count }, () => new Worker(entry, { resourceLimits }));
  const dispose = async (): Promise<void> => {
    cancel?.removeEventListener('abort', stop);
    await Promise.all(workers.map((worker) => worker.terminate()));
  };
  const stop = (): void => void dispose();
  cancel?.addEventListener('abort', stop);
  return { members: workers.map((worker) => memberOf(worker, cancel)), dispose };
}

interface Answer {
  readonly progress?: FileProgress;
  readonly result?: Result;
  readonly error?: Error;
}

function memberOf(worker: Worker, cancel: Cancellation | undefined): Member {
  let asked: { resolve(result: Result): void; reject(reason: Error): void } | undefined;
  let ended: Error | undefined;
  const end = (reason: Error): void => {
    ended ??= cancel?.aborted ? new Cancelled() : reason;
    asked?.reject(ended);
  };
  worker.on('message', (answer: Answer) => {
    if (answer.progress) member.onProgress(answer.progress);
    else if (answer.error) asked?.reject(answer.error);
    else asked?.resolve(answer.result);
  });
  worker.on('error', end);
  worker.on('exit', () => end(new Error('A thread that reads logs ended early.')));
  const member: Member = {
    onProgress: () => undefined,
    ask: (kind, task) =>
      new Promise((resolve, reject) => {
        if (ended) return reject(ended);
        asked = { resolve: (result) => resolve(result as Tasks[typeof kind]['result']), reject };
        worker.postMessage({ kind, ...task });
      }),
  };
  return member;
}
