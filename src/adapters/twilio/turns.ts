import { setImmediate as nextTurn } from 'node:timers/promises';

/**
 * Makes a function that resolves in a turn of the event loop of its own, one caller a turn, in the order they asked. Replies that arrive together are
 * worked through one after the other anyway; this way others that share the thread get it in between.
 */
export function createTurns(): () => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  return () => {
    last = last.then(() => nextTurn());
    return last;
  };
}
