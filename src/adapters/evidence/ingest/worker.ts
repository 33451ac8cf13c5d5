import { parentPort } from 'node:worker_threads';
import { createThread } from './thread.ts';

/** Milliseconds: a message to another thread costs as much as some hundred rows. */
const progressEvery = 40;

// A thread that reads logs: it does what it is told, one thing after the other, and answers each.
let told = Number.NEGATIVE_INFINITY;
const thread = createThread((progress) => {
  const now = performance.now();
  if (now - told < progressEvery) return;
  told = now;
  parentPort?.postMessage({ progress });
});
parentPort?.on('message', (task) => {
  thread.run(task).then(
    (result) => parentPort?.postMessage({ result }),
    // Thrown again on the other side; a file system's error keeps its code.
    (error: unknown) => parentPort?.postMessage({ error: error instanceof Error ? error : new Error(String(error)) }),
  );
});
