import { UserError } from '../../core/errors.ts';
import type { Connection, Mode } from '../../core/model/connection.ts';
import { shortSid } from '../../core/model/sid.ts';
import type { Cancellation, Clock, Log, PageWish } from '../../core/ports.ts';
import { operationOf } from '../../core/twilio/operations.ts';
import { type HttpRequest, isMutation, type TwilioRequest } from '../../core/twilio/request.ts';
import { isTransient } from './breakage.ts';
import type { Credential } from './credentials.ts';
import { explainBreakage, outcomeUnknown } from './explainBreakage.ts';
import { explainError } from './explainError.ts';
import type { Limits } from './limits.ts';
import type { PageThreads } from './pages/pageThreads.ts';
import type { Served, Tried } from './patience.ts';
import { refuseChanges } from './readOnlyGate.ts';
import { type Answer, readRedirect, readReply, type Unreadable } from './readReply.ts';
import { retryAfter } from './retryAfter.ts';
import { throughSdk } from './sdk.ts';
import type { Broken, RawReply, Sockets } from './socket.ts';

export interface AttemptDeps {
  readonly connection: Connection;
  readonly mode: () => Mode;
  readonly sockets: Sockets;
  readonly limits: Limits;
  readonly clock: Clock;
  readonly log: Log;
  /** Where large pages are read; without it, on this thread. */
  readonly threads?: PageThreads | undefined;
}

/** A request with everything it takes to send it. `http` is what `addressOf` made of `request`. */
export interface Ready {
  readonly request: TwilioRequest;
  readonly http: HttpRequest;
  readonly credential: Credential;
  readonly wish?: PageWish | undefined;
}

/** Bytes as sent from which on it is worth another thread: some hundred rows. */
const large = 16 * 1024;

/**
 * Sends a request once and judges what came of it. Changes are refused here in read-only mode, at every try, because the mode
 * may have changed while waiting. What may be repeated: a read after throttling, server errors and network failures; a change
 * after 429 only, the one answer that says it was not processed. Every other unclear end of a change is `outcome-unknown`.
 * A success is told as soon as its last byte is here: reading it keeps nothing at Twilio busy.
 */
export function createAttempt({ connection, mode, sockets, limits, clock, log, threads }: AttemptDeps) {
  const proven = new Set<string>();

  async function exchange({ http, credential, request }: Ready, cancel?: Cancellation) {
    const url = `https://${http.host}${http.path}`;
    return throughSdk({ method: http.method, url }, credential, async (signed) => {
      if (signed.url !== url)
        throw new UserError('not-allowed', 'The address of a request was changed on its way out. Nothing was sent.');
      // The SDK names the type of a POST's body only, and a PATCH carries a form too.
      const form = http.body !== undefined && {
        'Content-Type': 'application/x-www-form-urlencoded',
        'Content-Length': String(Buffer.byteLength(http.body)),
      };
      const headers = { ...signed.headers, 'Accept-Encoding': 'gzip', ...form };
      return sockets.exchange({ ...http, headers, fresh: isMutation(request) }, cancel);
    });
  }

  async function read({ request, wish }: Ready, raw: RawReply): Promise<Answer | Unreadable> {
    const { list, redirects } = operationOf(request.operation);
    if (redirects && raw.status === 307) return readRedirect(raw, limits);
    const source = wish?.rowsOf;
    if (!threads || source === undefined || !list || raw.status !== 200 || raw.wire.length < large)
      return readReply(raw, limits);
    const { 'content-encoding': encoding, 'content-type': type } = raw.headers;
    const headers = { ...(encoding && { 'content-encoding': encoding }), ...(type && { 'content-type': type }) };
    const { status, wire } = raw;
    const page = await threads.read({ source, list: list.items, status, headers, wire, most: limits.body });
    if (page?.kind !== 'page') return page ?? readReply(raw, limits);
    const { body, sha256, bytes, rows, removed } = page;
    return { kind: 'answer', status, headers: raw.headers, body, sha256, bytes, held: { rows, removed } };
  }

  function judge({ request, credential, http }: Ready, result: Answer | Unreadable | Broken): Tried<Answer> {
    const change = isMutation(request);
    if (result.kind !== 'answer') {
      const sent = result.kind === 'unreadable' || result.sent;
      const status = result.kind === 'unreadable' ? { status: result.status } : {};
      if (change && sent) return { kind: 'final', error: outcomeUnknown(request, status) };
      const error = explainBreakage(result.breakage, http.host);
      return { kind: !change && isTransient(result.breakage) ? 'transient' : 'final', error };
    }
    const { status, headers, body } = result;
    const load = loadOf(headers['twilio-concurrent-requests']);
    // `readReply` gives no redirect but the one that is expected.
    if (status < 400) {
      proven.add(credential.username);
      return { kind: 'done', value: result, ...(load !== undefined && { load }) };
    }
    const { borrowed, username } = credential;
    const error = explainError({ request, connection, borrowed, proven: proven.has(username) }, status, body);
    const wait = retryAfter(headers['retry-after'], instant(headers.date) ?? clock.now());
    const paced = wait === undefined ? {} : { wait };
    if (status === 429) return { kind: 'throttled', error, ...paced, ...(load !== undefined && { load }) };
    const unclear = status >= 500 || status === 408;
    if (change && unclear) return { kind: 'final', error: outcomeUnknown(request, { status }) };
    return unclear ? { kind: 'transient', error, ...paced } : { kind: 'final', error };
  }

  return async (ready: Ready, served: Served, cancel?: Cancellation): Promise<Tried<Answer>> => {
    const { request } = ready;
    refuseChanges(request, mode());
    const started = clock.now();
    const raw = await exchange(ready, cancel);
    if (raw.kind === 'reply' && raw.status < 300) served(loadOf(raw.headers['twilio-concurrent-requests']));
    const result = raw.kind === 'reply' ? await read(ready, raw) : raw;
    const milliseconds = clock.now() - started;
    log.info(`${request.operation} ${shortSid(request.account)}: ${outcome(result)} in ${milliseconds} ms`);
    return judge(ready, result);
  };
}

function outcome(result: Answer | Unreadable | Broken): string {
  if (result.kind === 'answer') return `HTTP ${result.status} ${requestIdOf(result.headers) ?? ''}`.trim();
  return result.kind === 'unreadable' ? `HTTP ${result.status} (${result.breakage})` : result.breakage;
}

/** `Twilio-Request-Id`, `undefined` when it is not the plain word it should be. */
export function requestIdOf(headers: Answer['headers']): string | undefined {
  const id = headers['twilio-request-id'];
  return typeof id === 'string' && /^[\w-]{1,64}$/.test(id) ? id : undefined;
}

/** Epoch milliseconds of an HTTP date. */
export function instant(header: string | undefined): number | undefined {
  const at = Date.parse(header ?? '');
  return Number.isNaN(at) ? undefined : at;
}

function loadOf(header: string | string[] | undefined): number | undefined {
  return typeof header === 'string' && /^\d{1,6}$/.test(header) ? Number(header) : undefined;
}
