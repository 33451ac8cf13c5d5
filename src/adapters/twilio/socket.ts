import http from 'node:http';
import https from 'node:https';
import type { Socket } from 'node:net';
import { Cancelled, UserError } from '../../core/errors.ts';
import type { Cancellation } from '../../core/ports.ts';
import type { HttpRequest } from '../../core/twilio/request.ts';
import { type Breakage, breakageOf } from './breakage.ts';
import { bytesOf, type Denied, type Download } from './download.ts';
import type { ExportLink } from './exportLink.ts';
import type { Limits } from './limits.ts';
import type { Route } from './route.ts';

/** What came back, still compressed. */
export interface RawReply {
  readonly kind: 'reply';
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly wire: Buffer;
}

/** Nothing usable came back. `sent` is false only when not one byte of the request can have reached the other side. */
export interface Broken {
  readonly kind: 'broken';
  readonly breakage: Breakage;
  readonly sent: boolean;
}

interface Outgoing extends HttpRequest {
  readonly headers: Readonly<Record<string, string>>;
  /** Never on a kept connection: the server may close one just as it is used, which would leave a change in doubt. */
  readonly fresh: boolean;
}

export interface Sockets {
  /** Failures are values; throws only `Cancelled`, and `UserError` when certificates are not being checked. */
  exchange(outgoing: Outgoing, cancel?: Cancellation): Promise<RawReply | Broken>;
  /** Fetches a file without credential or cookie, and follows nothing. Failures are values, as above. */
  download(link: ExportLink, cancel?: Cancellation): Promise<Download | Denied | Broken>;
  dispose(): void;
}

/**
 * The only place that opens sockets to Twilio. `https.request` is looked up on the default import at every call, because
 * VS Code replaces that property in place to add the user's proxy and certificates; a named import would keep the original.
 * No agent is given for the same reason: with `"http.proxySupport": "on"` a request that has one bypasses the proxy.
 */
export function createSockets(route: Route, limits: Limits): Sockets {
  const secure = route.kind === 'twilio';
  const loopback = new http.Agent({ keepAlive: true });
  const open = new Set<http.ClientRequest>();

  function start({ host, method, path, headers }: Outgoing): http.ClientRequest {
    if (route.kind === 'simulator') {
      const labelled = { ...headers, 'X-Original-Host': host };
      return http.request({ method, path, host: '127.0.0.1', port: route.port, headers: labelled, agent: loopback });
    }
    refuseUncheckedCertificates();
    return https.request({ method, path, host, port: 443, servername: host, headers, rejectUnauthorized: true });
  }

  function exchange(outgoing: Outgoing, cancel?: Cancellation): Promise<RawReply | Broken> {
    return new Promise((resolve, reject) => {
      if (cancel?.aborted) throw new Cancelled();
      const request = start(outgoing);
      open.add(request);
      let sent = false;
      const total = setTimeout(() => fail('timeout'), limits.total);
      const idle = setTimeout(() => fail('timeout'), limits.idle);
      const settle = (finish: () => void) => {
        clearTimeout(total);
        clearTimeout(idle);
        cancel?.removeEventListener('abort', stop);
        open.delete(request);
        finish();
      };
      const fail = (breakage: Breakage) => {
        settle(() => resolve({ kind: 'broken', breakage, sent }));
        request.destroy();
      };
      const stop = () => {
        settle(() => reject(new Cancelled()));
        request.destroy();
      };
      cancel?.addEventListener('abort', stop, { once: true });
      // Nothing is written before the peer is proven: whoever patched the options, credentials wait for a verified certificate.
      whenReady(request, secure, fail, () => {
        if (outgoing.fresh && request.reusedSocket) {
          settle(() => resolve(exchange(outgoing, cancel)));
          request.destroy();
          return;
        }
        idle.refresh();
        sent = true;
        request.end(outgoing.body);
      });
      request.on('error', (error) => fail(breakageOf(error)));
      request.on('close', () => fail('reset'));
      request.on('response', (response) => {
        // An answer before anything was asked is a proxy's, refusing to connect.
        if (!sent) return fail('proxy');
        const chunks: Buffer[] = [];
        let size = 0;
        idle.refresh();
        response.on('data', (chunk: Buffer) => {
          idle.refresh();
          size += chunk.length;
          if (size > limits.wire) fail('too-large');
          else chunks.push(chunk);
        });
        // A body cut short of its length or last chunk is an error event, never an end.
        response.on('error', (error) => fail(breakageOf(error)));
        response.on('end', () => {
          const { statusCode: status = 0, headers } = response;
          settle(() => resolve({ kind: 'reply', status, headers, wire: Buffer.concat(chunks) }));
        });
      });
    });
  }

  function startDownload({ host, path }: ExportLink): http.ClientRequest {
    const method = 'GET';
    const headers = { 'Accept-Encoding': 'identity' };
    if (route.kind === 'simulator')
      return http.request({ method, path, host: '127.0.0.1', port: route.port, headers, agent: false });
    refuseUncheckedCertificates();
    return https.request({ method, path, host, port: 443, servername: host, headers, rejectUnauthorized: true });
  }

  function download(link: ExportLink, cancel?: Cancellation): Promise<Download | Denied | Broken> {
    return new Promise((resolve, reject) => {
      if (cancel?.aborted) throw new Cancelled();
      const request = startDownload(link);
      open.add(request);
      let sent = false;
      const fail = (breakage: Breakage) => {
        resolve({ kind: 'broken', breakage, sent });
        request.destroy();
      };
      const stop = () => {
        reject(new Cancelled());
        request.destroy();
      };
      const total = setTimeout(() => fail('timeout'), limits.download);
      const idle = setTimeout(() => fail('timeout'), limits.idle);
      cancel?.addEventListener('abort', stop, { once: true });
      whenReady(request, secure, fail, () => {
        sent = true;
        request.end();
      });
      request.on('error', (error) => fail(breakageOf(error)));
      request.on('close', () => {
        clearTimeout(total);
        clearTimeout(idle);
        cancel?.removeEventListener('abort', stop);
        open.delete(request);
        fail('reset');
      });
      request.on('response', (response) => {
        clearTimeout(idle);
        const { statusCode: status = 0 } = response;
        if (!sent) return fail('proxy');
        if (status === 200) return resolve({ kind: 'download', bytes: bytesOf(response, limits.idle, cancel) });
        resolve({ kind: 'denied', status });
        request.destroy();
      });
    });
  }

  return {
    exchange,
    download,
    dispose() {
      for (const request of open) request.destroy();
      loopback.destroy();
    },
  };
}

function refuseUncheckedCertificates(): void {
  if (process.env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0')
    throw new UserError(
      'network',
      'The environment variable NODE_TLS_REJECT_UNAUTHORIZED=0 switches certificate checks off, so the credential could be read on the way. Nothing was sent. Remove the variable and start VS Code again.',
    );
}

/**
 * Calls `ready` once the connection stands, and for TLS only when the certificate was accepted; else `fail('certificate')`.
 * A plain socket where TLS belongs is how proxy agents replay the proxy's refusal: nothing is written to it.
 */
function whenReady(
  request: http.ClientRequest,
  secure: boolean,
  fail: (breakage: Breakage) => void,
  ready: () => void,
): void {
  request.once('socket', (socket: Socket) => {
    if (!secure) {
      if (socket.connecting) socket.once('connect', ready);
      else ready();
      return;
    }
    if (!('authorized' in socket)) return;
    const judge = () => (socket.authorized === true ? ready() : fail('certificate'));
    if (socket.authorized === true || ('authorizationError' in socket && socket.authorizationError)) judge();
    else socket.once('secureConnect', judge);
  });
}
