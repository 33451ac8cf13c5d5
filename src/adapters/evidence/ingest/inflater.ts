import { constants, createGunzip, gzipSync } from 'node:zlib';

/** Unpacks gzip on this thread, into one piece of memory that is used again and again. */
export interface Inflater {
  /** Gives what the next bytes of the file unpack to, a view at a time; what it gave before is overwritten. Throws `InflateError`. */
  unpack(packed: Uint8Array): Generator<Buffer, void, void>;
  /** To be called at the file's end. Throws `InflateError` when there must be more. */
  end(): void;
  close(): void;
}

/** `code`: zlib's, `Z_BUF_ERROR` for a file that ends early. */
export class InflateError extends Error {
  readonly code: string;

  constructor(code: string) {
    super(code);
    this.name = 'InflateError';
    this.code = code;
  }
}

/** What Node's zlib streams are built on. It is not documented, so it is used only after it was seen to do what it did so far. */
interface Handle {
  writeSync(
    flush: number,
    from: Uint8Array,
    at: number,
    length: number,
    to: Uint8Array,
    toAt: number,
    room: number,
  ): void;
  onerror: (message: string, errno: number, code: string) => void;
}

let works: boolean | undefined;

/**
 * An inflater; `undefined` where Node has none of its own that can be used, and the documented stream must do. The stream hands every piece to another
 * thread and back in new memory, which takes two thirds more of the processor's time. `room`: bytes a view has at most.
 */
export function createInflater(room: number): Inflater | undefined {
  works ??= triedOut();
  return works ? inflaterOf(room) : undefined;
}

function inflaterOf(room: number): Inflater | undefined {
  const gunzip = createGunzip({ chunkSize: 64 });
  const parts: object = gunzip;
  if (!('_handle' in parts) || !('_writeState' in parts)) return undefined;
  const { _handle: handle, _writeState: left } = parts;
  if (!isHandle(handle) || !(left instanceof Uint32Array)) return undefined;
  const to = Buffer.allocUnsafeSlow(room);
  let failed: string | undefined;
  handle.onerror = (_message, _errno, code) => {
    failed = code;
  };
  /** Fills `to`; returns how much of it is filled and how many bytes are left to be unpacked. */
  function write(flush: number, packed: Uint8Array, at: number): { readonly filled: number; readonly rest: number } {
    if (!isHandle(handle) || !(left instanceof Uint32Array)) throw new InflateError('Z_STREAM_ERROR');
    handle.writeSync(flush, packed, at, packed.length - at, to, 0, room);
    if (failed !== undefined) throw new InflateError(failed);
    const [roomLeft = 0, rest = 0] = left;
    return { filled: room - roomLeft, rest };
  }
  return {
    *unpack(packed) {
      for (let at = 0; ; ) {
        const { filled, rest } = write(constants.Z_NO_FLUSH, packed, at);
        at = packed.length - rest;
        if (filled > 0) yield to.subarray(0, filled);
        if (filled === room) continue;
        // There was room and it was not used: what is left is no gzip.
        if (rest > 0) throw new InflateError('Z_DATA_ERROR');
        return;
      }
    },
    end() {
      write(constants.Z_FINISH, new Uint8Array(0), 0);
    },
    close: () => gunzip.close(),
  };
}

function isHandle(value: unknown): value is Handle {
  return typeof value === 'object' && value !== null && 'writeSync' in value && typeof value.writeSync === 'function';
}

/** Unpacks what is known, in views that are smaller than it, and something that is cut. */
function triedOut(): boolean {
  const text = 'What Node does with this, it does with everything. '.repeat(20);
  const packed = gzipSync(text);
  const inflater = inflaterOf(100);
  const cut = inflaterOf(100);
  try {
    if (!inflater || !cut) return false;
    const views: Buffer[] = [];
    for (const half of [packed.subarray(0, 30), packed.subarray(30)])
      for (const view of inflater.unpack(half)) views.push(Buffer.from(view));
    inflater.end();
    return Buffer.concat(views).toString() === text && failsAtEnd(cut, packed.subarray(0, 40));
  } catch {
    return false;
  } finally {
    inflater?.close();
    cut?.close();
  }
}

function failsAtEnd(inflater: Inflater, packed: Uint8Array): boolean {
  for (const _ of inflater.unpack(packed));
  try {
    inflater.end();
    return false;
  } catch (reason) {
    return reason instanceof InflateError && reason.code === 'Z_BUF_ERROR';
  }
}
