import { createCancellation, orCancelled } from '../../core/cancellation.ts';
import { UserError } from '../../core/errors.ts';
import type { Connection, Mode } from '../../core/model/connection.ts';
import { textOf } from '../../core/model/json.ts';
import type { AccountSid } from '../../core/model/sid.ts';
import type { Cancellation, Clock, Log, Reply, Twilio } from '../../core/ports.ts';
import { itemsOf, nextPage } from '../../core/twilio/paging.ts';
import { isMutation, type TwilioRequest } from '../../core/twilio/request.ts';
import { createAttempt, instant, type Ready, requestIdOf } from './attempt.ts';
import { createCredentials, type OwnToken } from './credentials.ts';
import { explainBreakage } from './explainBreakage.ts';
import { createLimiter, type Limiter } from './limiter.ts';
import { type Limits, standardLimits } from './limits.ts';
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
}

/** Connections over all accounts together: a thousand subaccounts must not mean a thousand sockets. */
const mostConnections = 24;

/**
 * The Twilio account of a connection. Throws `UserError` when credential and route do not belong together. `dispose` ends
 * what is under way: reads and waiting changes with `Cancelled`, a change already sent with `outcome-unknown`.
 */
export function createTwilio(options: TwilioOptions): Twilio & { dispose(): void } {
  const { connection, secret, route } = options;
  checkRoute(route, connection);
  const limits = { ...standardLimits, ...options.limits };
  const sockets = createSockets(route, limits);
  const attempt = createAttempt({ ...options, sockets, limits });
  const credentials = createCredentials(connection, secret, readToken);
  const connections = createLimiter({ start: mostConnections, cap: mostConnections });
  const limiters = new Map<AccountSid, Limiter>();
  const budget = createRetryBudget();
  const closing = createCancellation();

  function limiterOf(account: AccountSid): Limiter {
    const limiter = limiters.get(account) ?? createLimiter();
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
        () => attempt(ready, urgent ? undefined : either.signal),
        { urgent, cancel: either.signal },
      );
    } finally {
      for (const source of [cancel, closing.signal]) source?.removeEventListener('abort', either.abort);
    }
  }

  async function answerTo(request: TwilioRequest, cancel?: Cancellation): Promise<Answer> {
    const http = addressOf(request);
    const credential = await orCancelled(credentials.signing(request), cancel);
    try {
      return await patiently({ request, http, credential }, cancel);
    } catch (error) {
      if (!credential.borrowed || !(error instanceof UserError && error.status === 401)) throw error;
      await credentials.forget(credential);
      if (isMutation(request)) throw error;
      const renewed = await orCancelled(credentials.signing(request), cancel);
      const same = renewed.secret() === credential.secret();
      if (same && renewed.borrowed?.status === credential.borrowed.status) throw error;
      return patiently({ request, http, credential: renewed }, cancel);
    }
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

  async function replyTo(request: TwilioRequest, cancel?: Cancellation): Promise<Reply> {
    const { status, headers, body } = await answerTo(request, cancel);
    const clean = stripSecrets(body, credentials.known);
    if (!clean) throw explainBreakage('not-json', addressOf(request).host);
    const requestId = requestIdOf(headers);
    const serverTime = instant(headers.date);
    return { status, body: clean, ...(requestId && { requestId }), ...(serverTime !== undefined && { serverTime }) };
  }

  return {
    async page(request, cancel) {
      if (isMutation(request))
        throw new UserError('not-allowed', `${request.operation} changes something. Nothing was sent.`);
      const reply = await replyTo(request, cancel);
      const next = nextPage(request, reply.body);
      return { ...reply, items: itemsOf(request, reply.body), ...(next && { next }) };
    },
    async send(request) {
      if (!isMutation(request))
        throw new UserError('not-allowed', `${request.operation} is a read, not a change. Nothing was sent.`);
      refuseChanges(request, options.mode());
      return replyTo(request);
    },
    dispose() {
      closing.abort();
      sockets.dispose();
    },
  };
}
