import type { Readable } from 'node:stream';
import { Cancelled } from '../../core/errors.ts';
import type { Cancellation } from '../../core/ports.ts';
import { type Breakage, breakageOf } from './breakage.ts';

/** A file that begins to arrive. Its bytes are read once; reading throws `BrokenOff` or `Cancelled`, and leaving off ends the connection. */
export interface Download {
  readonly kind: 'download';
  readonly bytes: AsyncIterable<Buffer>;
}

/** The storage answered something else than the file. */
export interface Denied {
  readonly kind: 'denied';
  readonly status: number;
}

/** How a download ended before its end. */
export class BrokenOff extends Error {
  readonly breakage: Breakage;

  constructor(breakage: Breakage) {
    super(breakage);
    this.name = 'BrokenOff';
    this.breakage = breakage;
  }
}

/** The bytes of a body as they arrive; `longestSilence` in milliseconds. Silence counts only while somebody waits for bytes: a slow disk must not look like a slow network. */
export async function* bytesOf(
  response: Readable,
  longestSilence: number,
  cancel: Cancellation | undefined,
): AsyncGenerator<Buffer, void, void> {
  let silent = false;
  const chunks: AsyncIterator<Buffer, unknown> = response[Symbol.asyncIterator]();
  try {
    for (;;) {
      const timer = setTimeout(() => {
        silent = true;
        response.destroy();
      }, longestSilence);
      const next = await chunks.next().finally(() => clearTimeout(timer));
      if (next.done) break;
      yield next.value;
    }
  } catch (error) {
    if (cancel?.aborted) throw new Cancelled();
    throw new BrokenOff(silent ? 'timeout' : breakageOf(error));
  } finally {
    response.destroy();
  }
}
