import { mkdir } from 'node:fs/promises';
import { UserError } from '../core/errors.ts';
import { takeWriterLock } from './evidence/writerLock.ts';

export interface ChangeLockOptions {
  /** Belongs to the account; made when it is first needed. */
  readonly folder: string;
  readonly account: string;
  readonly delay: (milliseconds: number) => Promise<void>;
}

/** How long to wait for another window, and how often to look, in milliseconds. */
const patience = 30_000;
const pause = 100;

/**
 * Lets one window of this computer change an account at a time, so that between reading a target's state and changing it no other
 * window does the same. The lock goes with its owner, however that ends. Throws `UserError` when another window does not finish.
 */
export function createChangeLock({ folder, account, delay }: ChangeLockOptions) {
  return async function exclusively<T>(work: () => Promise<T>): Promise<T> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    for (let waited = 0; waited <= patience; waited += pause) {
      const lock = await takeWriterLock(folder, `change ${account}`);
      if (!lock) {
        await delay(pause);
        continue;
      }
      try {
        return await work();
      } finally {
        await lock.release();
      }
    }
    throw new UserError(
      'state-moved',
      'Another window is changing this account. Nothing was sent from here. Wait until it is done, then make the plan again.',
    );
  };
}
