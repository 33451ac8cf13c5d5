import { Buffer } from 'node:buffer';
import type { IncomingMessage } from 'node:http';

/** A request as it came off the wire. */
export interface Received {
  /** The host it was meant for, from `X-Original-Host`. */
  readonly host: string;
  readonly method: string;
  /** Path with query, as sent. */
  readonly path: string;
  readonly pathname: string;
  readonly query: URLSearchParams;
  readonly body: string;
  readonly authorization: string | undefined;
  /** Whether the reply may be compressed. */
  readonly gzip: boolean;
}

const largestBody = 1 << 20;

/** Reads a request to its end. Rejects when the client goes away or sends more than a megabyte. */
export async function receive(request: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > largestBody) throw new Error('request body too large');
  }
  const path = request.url ?? '/';
  const [pathname = '/'] = path.split('?', 1);
  return {
    host: String(request.headers['x-original-host'] ?? ''),
    method: request.method ?? 'GET',
    path,
    pathname,
    query: new URLSearchParams(path.slice(pathname.length)),
    body: Buffer.concat(chunks).toString(),
    authorization: request.headers.authorization,
    gzip: /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? '')),
  };
}
