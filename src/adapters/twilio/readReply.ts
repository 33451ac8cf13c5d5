import { createHash } from 'node:crypto';
import zlib from 'node:zlib';
import type { HeldRows } from '../../core/evidence/heldRows.ts';
import { isObject, type JsonObject } from '../../core/model/json.ts';
import type { Breakage } from './breakage.ts';
import type { Limits } from './limits.ts';
import type { RawReply } from './socket.ts';
import { createTurns } from './turns.ts';

/** Twilio's answer as JSON, secrets still in it. Error replies may have an empty body. */
export interface Answer {
  readonly kind: 'answer';
  readonly status: number;
  readonly body: JsonObject;
  readonly headers: RawReply['headers'];
  /** SHA-256 of the body as it was sent, decompressed, in hexadecimal; and its length. Of nothing for a body that cannot be read. */
  readonly sha256: string;
  readonly bytes: number;
  /** When its rows stayed in the thread that read it: these, and the secrets that were taken out of them and of `body`. */
  readonly held?: { readonly rows: HeldRows; readonly removed: Readonly<Record<string, number>> };
}

export interface ReadingLimits extends Pick<Limits, 'body'> {
  /** For a thread that has nothing else to do: it reads a reply at one go, so that there is never more than one in pieces. */
  readonly atOneGo?: true;
}

type Read = Pick<Answer, 'body' | 'sha256' | 'bytes'>;

export interface Unreadable {
  readonly kind: 'unreadable';
  readonly status: number;
  readonly breakage: Breakage;
}

/**
 * Decompresses and parses a reply. A success must be a JSON object; for an error reply the status says enough, so a body that
 * cannot be read counts as empty. Redirects are unreadable on purpose: following one could carry the credential elsewhere.
 */
export async function readReply(raw: RawReply, limits: ReadingLimits): Promise<Answer | Unreadable> {
  const { status, headers } = raw;
  const success = status >= 200 && status < 300;
  if (status < 200 || (status >= 300 && status < 400)) return { kind: 'unreadable', status, breakage: 'redirect' };
  const read = status === 204 && raw.wire.length === 0 ? nothing : await readBody(raw, limits);
  if (typeof read !== 'string') return { kind: 'answer', status, headers, ...read };
  return success ? { kind: 'unreadable', status, breakage: read } : { kind: 'answer', status, headers, ...nothing };
}

const nothing: Read = { body: {}, ...digested(Buffer.alloc(0)) };

function digested(plain: Buffer): Omit<Read, 'body'> {
  return { sha256: createHash('sha256').update(plain).digest('hex'), bytes: plain.length };
}

/** Bytes from which on reading a reply takes milliseconds, up to some twenty for a page of a thousand rows. */
const large = 64 * 1024;
const ownTurn = createTurns();

async function readBody(raw: RawReply, limits: ReadingLimits): Promise<Read | Breakage> {
  const plain = await decompress(raw, limits);
  if (typeof plain === 'string') return plain;
  if (plain.length > large && !limits.atOneGo) await ownTurn();
  const text = new TextDecoder().decode(plain);
  if (/^\s*</.test(text) || raw.headers['content-type']?.includes('html')) return 'web-page';
  try {
    const body: unknown = JSON.parse(text);
    return isObject(body) ? { body, ...digested(plain) } : 'not-json';
  } catch {
    return 'not-json';
  }
}

async function decompress({ headers, wire }: RawReply, limits: ReadingLimits): Promise<Buffer | Breakage> {
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (encoding === 'identity' || encoding === '') return wire.length > limits.body ? 'too-large' : wire;
  const decode = encoding === 'gzip' || encoding === 'x-gzip' ? gunzip : encoding === 'deflate' ? inflate : undefined;
  if (!decode) return 'encoding';
  try {
    const { buffer, engine } = await decode(wire, limits);
    // zlib stops at the end of the stream; bytes left over mean that this is not what Twilio sent.
    return engine.bytesWritten === wire.length ? buffer : 'encoding';
  } catch (error) {
    return error instanceof RangeError ? 'too-large' : 'encoding';
  }
}

const gunzip = decoder(zlib.gunzip, zlib.gunzipSync, (wire) =>
  wire.length < 4 ? 0 : wire.readUInt32LE(wire.length - 4) + spare,
);
const inflate = decoder(zlib.inflate, zlib.inflateSync, (wire) => wire.length * 16);

/** Without room to spare zlib cannot see that it is at the end. */
const spare = 64;
const smallestPiece = 2 ** 14;
const largestPiece = 2 ** 21;
/** What a byte becomes at most (https://www.zlib.net/zlib_tech.html): nobody can make us take memory by claiming more. */
const mostRatio = 1032;

interface Decoded {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}

/**
 * Node's whole-buffer decoders are strict about truncated input and stop at `maxOutputLength`; `fetch` and the streaming
 * decoders do neither. With `info` they give the engine as well, which the type declarations leave out. `sizeOf`: bytes there will probably be, so that a page
 * is decompressed in one go and a small reply does not take a megabyte; gzip ends with their number (RFC 1952 §2.3.1).
 */
function decoder(
  decode: typeof zlib.gunzip,
  decodeHere: typeof zlib.gunzipSync,
  sizeOf: (wire: Buffer) => number,
): (wire: Buffer, limits: ReadingLimits) => Promise<Decoded> {
  return (wire, { body: maxOutputLength, atOneGo }) =>
    new Promise((resolve, reject) => {
      const size = Math.min(sizeOf(wire), wire.length * mostRatio, largestPiece);
      const chunkSize = Math.max(smallestPiece, size);
      const options = { maxOutputLength, chunkSize, info: true };
      const done = (error: Error | null, result: unknown) => (error ? reject(error) : resolve(result as Decoded));
      if (atOneGo) done(null, decodeHere(wire, options));
      else decode(wire, options, done);
    });
}

/**
 * A redirect that is itself the answer asked for (307 of `Operation.redirects`). Where it leads is in `headers` or `body`, for the caller to judge: nothing is
 * followed here.
 */
export async function readRedirect(raw: RawReply, limits: Limits): Promise<Answer | Unreadable> {
  const { status, headers } = raw;
  const answer = await readReply({ ...raw, status: 200 }, limits);
  if (answer.kind === 'answer' || headers.location === undefined) return { ...answer, status };
  return { kind: 'answer', status, headers, ...nothing };
}
