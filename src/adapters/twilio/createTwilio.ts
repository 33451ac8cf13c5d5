import { createHash } from 'node:crypto';
import type { ExportFiles } from '../../core/bulkExport/exportedDay.ts';
import { createCancellation, orCancelled } from '../../core/cancellation.ts';
import { UserError } from '../../core/errors.ts';
import type { Connection, Mode } from '../../core/model/connection.ts';
import { type JsonObject, textOf } from '../../core/model/json.ts';
import type { AccountSid } from '../../core/model/sid.ts';
import type { Cancellation, Clock, HandedOut, Log, Page, PageWish, Reply, Twilio } from '../../core/ports.ts';
import { operationOf } from '../../core/twilio/operations.ts';
import { itemsOf, nextPage } from '../../core/twilio/paging.ts';
import { describe, isMutation, type TwilioRequest } from '../../core/twilio/request.ts';
import { createAttempt, instant, type Ready, requestIdOf } from './attempt.ts';
import { createCredentials, type OwnToken } from './credentials.ts';
import { explainBreakage } from './explainBreakage.ts';
import { createExportFiles } from './exportFiles.ts';
import { createLimiter, type Limiter } from './limiter.ts';
import { type Limits, mostConnections, ofAccount, standardLimits } from './limits.ts';
import { createPageThreads } from './pages/pageThreads.ts';
import { type Delay, withPatience } from './patience.ts';
import { refuseChanges } from './readOnlyGate.ts';
import type { Answer } from './readReply.ts';
import { createRetryBudget } from './retryBudget.ts';
import { addressOf, checkRoute, type Route } from './route.ts';
import { createSockets } from './socket.ts';
import { stripSecrets } from './stripSecrets.ts';

export interface TwilioOptions {
  readonly connection: Connection;
  /** Auth Token or API key secret. Stays in closures: it is on no object, error or log line. */
  readonly secret: string;
  /** Asked at every change. */
  readonly mode: () => Mode;
  readonly route: Route;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly delay: Delay;
  readonly log: Log;
  readonly limits?: Partial<Limits>;
  /** What threads run that read large pages: `pages/worker.ts`, or what it was built to. Without it they are read on the caller's. */
  readonly pageScript?: string | URL;
  /** Keeps a secret that Twilio shows once, for good: resolves when it would survive a crash. Without it none is asked for. */
  readonly keep?: (secret: HandedOut) => Promise<void>;
  /** A token of the account that was handed out before, in case the promotion was the last thing that happened. */
  readonly standby?: string;
}

/**
 * The Twilio account of a connection. Throws `UserError` when credential and route do not belong together. `dispose` ends
 * what is under way: reads and waiting changes with `Cancelled`, a change already sent with `outcome-unknown`.
 */
export function createTwilio(options: TwilioOptions): Twilio & { readonly files: ExportFiles; dispose(): void } {
  const { connection, secret, route } = options;
  checkRoute(route, connection);
  const limits = { ...standardLimits, ...options.limits };
  const sockets = createSockets(route, limits);
  const credentials = createCredentials(connection, secret, readToken);
  const { pageScript: script } = options;
  const threads = script === undefined ? undefined : createPageThreads({ script, known: credentials.known });
  const attempt = createAttempt({ ...options, sockets, limits, threads });
  if (options.standby !== undefined) credentials.standBy(connection.account, options.standby);
  const connections = createLimiter({ start: mostConnections, cap: mostConnections });
  const limiters = new Map<AccountSid, Limiter>();
  const budget = createRetryBudget();
  const closing = createCancellation();

  function limiterOf(account: AccountSid): Limiter {
    const limiter = limiters.get(account) ?? createLimiter(ofAccount);
    limiters.set(account, limiter);
    return limiter;
  }

  async function patiently(ready: Ready, cancel: Cancellation | undefined): Promise<Answer> {
    const urgent = isMutation(ready.request);
    const either = createCancellation();
    for (const source of [cancel, closing.signal]) source?.addEventListener('abort', either.abort);
    if (cancel?.aborted || closing.signal.aborted) either.abort();
    try {
      return await withPatience(
        { ...options, limiter: limiterOf(ready.request.account), connections, budget },
        // A change that has left is never abandoned: what became of it matters.
        (served) => attempt(ready, served, urgent ? undefined : either.signal),
        { rank: urgent ? Number.POSITIVE_INFINITY : (ready.wish?.rank ?? 0), cancel: either.signal },
      );
    } finally {
      for (const source of [cancel, closing.signal]) source?.removeEventListener('abort', either.abort);
    }
  }

  async function answerTo(request: TwilioRequest, cancel?: Cancellation, wish?: PageWish): Promise<Answer> {
    const http = addressOf(request);
    const credential = await orCancelled(credentials.signing(request), cancel);
    try {
      return await patiently({ request, http, credential, wish }, cancel);
    } catch (error) {
      if (!(error instanceof UserError && error.status === 401)) throw error;
      const standby = credentials.standby(credential);
      if (standby && !isMutation(request)) {
        // The promotion's reply was lost: the token it promoted is the one that was kept before.
        const answer = await patiently({ request, http, credential: standby, wish }, cancel);
        await adopt({ account: standby.actsAs, kind: 'token', secret: standby.secret() });
        return answer;
      }
      if (!credential.borrowed) throw error;
      await credentials.forget(credential);
      if (isMutation(request)) throw error;
      const renewed = await orCancelled(credentials.signing(request), cancel);
      const same = renewed.secret() === credential.secret();
      if (same && renewed.borrowed?.status === credential.borrowed.status) throw error;
      return patiently({ request, http, credential: renewed, wish }, cancel);
    }
  }

  async function adopt(handed: HandedOut): Promise<void> {
    if (handed.kind === 'token') credentials.replace(handed.account, handed.secret);
    if (handed.kind === 'secondaryToken') credentials.standBy(handed.account, handed.secret);
    try {
      await options.keep?.(handed);
    } catch {
      throw new UserError(
        'not-allowed',
        'VS Code’s secret storage did not take the new secret, so nothing further was sent. Check that secret storage works, then try again.',
      );
    }
  }

  /** Takes the secret out of the reply and keeps it, before anything else happens. */
  async function takeSecret(request: TwilioRequest, body: JsonObject): Promise<void> {
    const { handsOut } = operationOf(request.operation);
    if (!handsOut) return;
    const secret = textOf(body, handsOut.field);
    if (secret === undefined) throw explainBreakage('not-json', addressOf(request).host);
    const { account } = request;
    if (handsOut.kind !== 'apiKey') return adopt({ account, kind: handsOut.kind, secret });
    const keySid = textOf(body, 'sid');
    if (keySid === undefined) throw explainBreakage('not-json', addressOf(request).host);
    await adopt({ account, kind: 'apiKey', keySid, secret });
  }

  async function readToken(account: AccountSid): Promise<OwnToken> {
    const { body } = await answerTo({ operation: 'fetchAccount', account });
    const token = textOf(body, 'auth_token');
    if (!token)
      throw new UserError(
        'not-permitted',
        'Twilio does not show the token of this subaccount to the credential in use, so this part of it cannot be read. Sign in with the Auth Token of the main account.',
      );
    return { token, status: textOf(body, 'status') ?? 'unknown' };
  }

  async function replyTo(request: TwilioRequest, cancel?: Cancellation, wish?: PageWish) {
    const { status, headers, body, sha256, bytes, held } = await answerTo(request, cancel, wish);
    const receivedAt = options.clock.now();
    await takeSecret(request, body);
    const list = operationOf(request.operation).list?.items;
    const stripped = held ? { body, removed: held.removed } : stripSecrets(body, credentials.known, list);
    if (!stripped) throw explainBreakage('not-json', addressOf(request).host);
    const requestId = requestIdOf(headers);
    const serverTime = instant(headers.date);
    const proof = { request: describe(request), receivedAt, sha256, bytes, removed: stripped.removed };
    const token = request.operation === 'fetchAccount' ? textOf(body, 'auth_token') : undefined;
    const sent = {
      ...(requestId && { requestId }),
      ...(serverTime !== undefined && { serverTime }),
      ...(token && { tokenMark: markOf(token) }),
    };
    const reply: Reply = { status, body: stripped.body, ...sent, proof };
    return held ? { ...reply, held: held.rows } : reply;
  }

  const clean = (row: JsonObject) => stripSecrets(row, credentials.known);
  const files = createExportFiles({
    route,
    clock: options.clock,
    sockets,
    ask: answerTo,
    clean,
    closing: closing.signal,
  });

  return {
    files,
    async page(request, cancel, wish) {
      if (isMutation(request))
        throw new UserError('not-allowed', `${request.operation} changes something. Nothing was sent.`);
      const reply: Reply & Pick<Page, 'held'> = await replyTo(request, cancel, wish);
      try {
        const next = nextPage(request, reply.body);
        return { ...reply, items: itemsOf(request, reply.body), ...(next && { next }) };
      } catch (error) {
        reply.held?.drop();
        throw error;
      }
    },
    async send(request) {
      if (!isMutation(request))
        throw new UserError('not-allowed', `${request.operation} is a read, not a change. Nothing was sent.`);
      refuseChanges(request, options.mode());
      if (operationOf(request.operation).handsOut && !options.keep)
        throw new UserError(
          'not-allowed',
          'There is no place to keep the secret that Twilio would show once. Nothing was sent.',
        );
      return replyTo(request);
    },
    dispose() {
      closing.abort();
      sockets.dispose();
      threads?.dispose();
    },
  };
}

/** Tokens have 128 random bits, so that a few digits of the hash tell them apart and lead back to none. */
function markOf(token: string): string {
  return createHash('sha256').update(token).digest('hex').slice(0, 8);
}
