import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { isObject, type JsonObject } from '../../core/model/json.ts';
import type { Breakage } from './breakage.ts';
import type { Limits } from './limits.ts';
import type { RawReply } from './socket.ts';

/** Twilio's answer as JSON, secrets still in it. Error replies may have an empty body. */
export interface Answer {
  readonly kind: 'answer';
  readonly status: number;
  readonly body: JsonObject;
  readonly headers: RawReply['headers'];
}

export interface Unreadable {
  readonly kind: 'unreadable';
  readonly status: number;
  readonly breakage: Breakage;
}

/**
 * Decompresses and parses a reply. A success must be a JSON object; for an error reply the status says enough, so a body that
 * cannot be read counts as empty. Redirects are unreadable on purpose: following one could carry the credential elsewhere.
 */
export async function readReply(raw: RawReply, limits: Limits): Promise<Answer | Unreadable> {
  const { status, headers } = raw;
  const success = status >= 200 && status < 300;
  if (status < 200 || (status >= 300 && status < 400)) return { kind: 'unreadable', status, breakage: 'redirect' };
  const body = status === 204 && raw.wire.length === 0 ? {} : await readBody(raw, limits);
  if (typeof body !== 'string') return { kind: 'answer', status, headers, body };
  return success ? { kind: 'unreadable', status, breakage: body } : { kind: 'answer', status, headers, body: {} };
}

async function readBody(raw: RawReply, limits: Limits): Promise<JsonObject | Breakage> {
  const plain = await decompress(raw, limits.body);
  if (typeof plain === 'string') return plain;
  const text = new TextDecoder().decode(plain);
  if (/^\s*</.test(text) || raw.headers['content-type']?.includes('html')) return 'web-page';
  try {
    const body: unknown = JSON.parse(text);
    return isObject(body) ? body : 'not-json';
  } catch {
    return 'not-json';
  }
}

const gunzip = promisify(decoder(zlib.gunzip));
const inflate = promisify(decoder(zlib.inflate));

async function decompress({ headers, wire }: RawReply, most: number): Promise<Buffer | Breakage> {
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (encoding === 'identity' || encoding === '') return wire.length > most ? 'too-large' : wire;
  const decode = encoding === 'gzip' || encoding === 'x-gzip' ? gunzip : encoding === 'deflate' ? inflate : undefined;
  if (!decode) return 'encoding';
  try {
    const { buffer, engine } = await decode(wire, most);
    // zlib stops at the end of the stream; bytes left over mean that this is not what Twilio sent.
    return engine.bytesWritten === wire.length ? buffer : 'encoding';
  } catch (error) {
    return error instanceof RangeError ? 'too-large' : 'encoding';
  }
}

type Decoded = { buffer: Buffer; engine: { bytesWritten: number } };

/**
 * Node's whole-buffer decoders are strict about truncated input and stop at `maxOutputLength`; `fetch` and the streaming
 * decoders do neither. With `info` they give the engine as well, which the type declarations leave out.
 */
function decoder(decode: typeof zlib.gunzip) {
  return (wire: Buffer, most: number, done: (error: Error | null, result: Decoded) => void) =>
    decode(wire, { maxOutputLength: most, info: true }, (error, result: unknown) => done(error, result as Decoded));
}
