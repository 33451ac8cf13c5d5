import { parentPort } from 'node:worker_threads';
import { createKeeper, type KeeperTask } from './keeper.ts';

// A thread that reads pages: it answers each task under its number, in whatever order they are done. What went wrong is told by nothing
// but the missing result: the message of an error may hold what a reply said.
const keeper = createKeeper();
parentPort?.on('message', ({ id, task }: { readonly id: number; readonly task: KeeperTask }) => {
  keeper.run(task).then(
    (result) => parentPort?.postMessage({ id, result }),
    () => parentPort?.postMessage({ id, failed: true }),
  );
});
parentPort?.postMessage('ready');
