import http from 'node:http';
import net from 'node:net';
import { onTestFinished } from 'vitest';
import { createTwilio, type TwilioOptions } from '../../../src/adapters/twilio/createTwilio.ts';
import { delay } from '../../../src/adapters/twilio/delay.ts';
import type { Connection } from '../../../src/core/model/connection.ts';
import type { AccountSid } from '../../../src/core/model/sid.ts';
import type { TwilioRequest } from '../../../src/core/twilio/request.ts';

export const main = `AC${'1'.repeat(32)}` as AccountSid;
export const sub = `AC${'2'.repeat(32)}` as AccountSid;
export const keySid = `SK${'3'.repeat(32)}`;
export const token = 'c0ffee00c0ffee00c0ffee00c0ffee00';

export const demo: Connection = {
  id: 'demo',
  name: 'Demo',
  account: main,
  credential: { kind: 'authToken' },
  demo: true,
};
export const withKey: Connection = { ...demo, credential: { kind: 'apiKey', keySid } };
export const real: Connection = { ...demo, id: 'real', demo: false };

export const messages: TwilioRequest = { operation: 'listMessages', account: main };
export const events: TwilioRequest = { operation: 'listEvents', account: main };
export const suspend: TwilioRequest = { operation: 'updateAccountStatus', account: sub, form: { Status: 'suspended' } };

export interface Seen {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

export type Handler = (seen: Seen, response: http.ServerResponse, count: number) => void;

/** A plain server on loopback that notes each request; closed when the test ends. */
export async function serve(handler: Handler): Promise<{ port: number; seen: Seen[]; server: http.Server }> {
  const seen: Seen[] = [];
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const one: Seen = {
        method: request.method ?? '',
        host: String(request.headers['x-original-host'] ?? request.headers.host),
        path: request.url ?? '',
        authorization: request.headers.authorization,
        body: Buffer.concat(chunks).toString(),
      };
      seen.push(one);
      handler(one, response, seen.length);
    });
  });
  return { port: await listen(server, () => server.closeAllConnections()), seen, server };
}

/** A server of bare sockets: answers whatever comes with these bytes, then does `then` with the socket. */
export async function serveBytes(
  answer: string | Buffer,
  then: (socket: net.Socket) => void,
): Promise<{ port: number; asked: () => number }> {
  let asked = 0;
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('data', () => {
      asked += 1;
      socket.write(answer, () => then(socket));
    });
  });
  const port = await listen(server, () => {
    for (const socket of sockets) socket.destroy();
  });
  return { port, asked: () => asked };
}

/** The start of a bare reply. */
export function head(status: string, headers: string): string {
  return `HTTP/1.1 ${status}\r\n${headers}\r\n\r\n`;
}

async function listen(server: net.Server, cut: () => void): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    cut();
    server.close();
  });
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

export function json(
  response: http.ServerResponse,
  body: unknown,
  status = 200,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body));
}

export const noMessages = { messages: [], next_page_uri: null };

/** The transport under test against a loopback port, waiting between tries for a millisecond at most. */
export function connect(port: number, options: Partial<TwilioOptions> = {}) {
  const waits: number[] = [];
  const logged: string[] = [];
  const twilio = createTwilio({
    connection: demo,
    secret: token,
    mode: () => 'containment',
    route: { kind: 'simulator', port },
    clock: { now: () => Date.now() },
    random: () => 0,
    delay: (milliseconds, cancel) => {
      waits.push(milliseconds);
      return delay(Math.min(milliseconds, 1), cancel);
    },
    log: { info: (line) => logged.push(line), error: (line) => logged.push(line) },
    ...options,
  });
  onTestFinished(() => twilio.dispose());
  return { twilio, waits, logged };
}

/** What a promise was rejected with; fails when it was not. */
export async function failure(
  work: Promise<unknown>,
): Promise<Error & { code?: string; status?: number; twilioCode?: number }> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('it did not fail');
}
