import { Worker } from 'node:worker_threads';
import { Cancelled } from '../../../core/errors.ts';
import type { Cancellation } from '../../../core/ports.ts';
import type { DetectTask } from './detectTask.ts';

/** Runs a task in a thread of its own, whose script is `worker.ts` or what it was built to. Rejects with `Cancelled`. */
export async function inThread<Task extends DetectTask, Result>(
  detector: string | URL,
  task: Task,
  cancel: Cancellation | undefined,
): Promise<Result> {
  if (cancel?.aborted) throw new Cancelled();
  const thread = new Worker(detector, { workerData: task });
  const stop = (): void => void thread.terminate();
  cancel?.addEventListener('abort', stop);
  try {
    return await new Promise((resolve, reject) => {
      thread.on('message', ({ result }: { readonly result: Result }) => resolve(result));
      thread.on('error', reject);
      thread.on('exit', () =>
        reject(cancel?.aborted ? new Cancelled() : new Error('The thread of the detector ended early.')),
      );
    });
  } finally {
    cancel?.removeEventListener('abort', stop);
    await thread.terminate();
  }
}
