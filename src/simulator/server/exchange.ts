import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { act, type Outcome } from './act.ts';
import { notFound, Refusal, refused } from './answer.ts';
import { authenticate } from './authenticate.ts';
import { authorize } from './authorize.ts';
import { downloadOperation, isDownload, sendFile, takeLink } from './exportedFiles.ts';
import type { Fault, Faults } from './faults.ts';
import { createRouter } from './matchRoute.ts';
import { type Received, receive } from './receive.ts';
import { type LoggedRequest, remember } from './requestLog.ts';
import type { Call, Route } from './route.ts';
import { routes } from './routes.ts';
import { createServerState, digest } from './serverState.ts';
import type { SimulatorOptions } from './startSimulator.ts';
import { tamper } from './tamper.ts';
import { transmit } from './transmit.ts';

type Deps = Omit<SimulatorOptions, 'faults' | 'concurrencyLimit'> & {
  readonly faults: Faults;
  readonly log: LoggedRequest[];
};

type Admitted = { readonly route: Route } & Pick<Call, 'actor' | 'account' | 'path'>;

/** Answers HTTP requests one by one: receive, admit, wait, act, spoil, send. */
export function createExchange(deps: Deps): RequestListener {
  const {
    world,
    latencyMs = 0,
    random = () => 0.5,
    delay = (ms) => setTimeout(ms),
    faults,
    log,
    pack,
    onChange,
  } = deps;
  const { state = createServerState(world) } = deps;
  const match = createRouter(routes);
  const inFlight = new Map<string, number>();
  let received = 0;

  return (request, response) => {
    exchange(request, response).catch(() => response.destroy());
  };

  async function exchange(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const incoming = await receive(request);
    if (response.destroyed) return;
    if (isDownload(incoming)) return download(incoming, response);
    received += 1;
    const requestId = `RQ${digest(`${world.seed} request ${received}`)}`;
    const admitted = admit(incoming);
    const entry = logged(incoming, admitted);
    remember(log, entry);
    const busy = occupy(admitted, response);
    const struck = strike(admitted, busy);
    const latency = latencyMs * (0.5 + random()) + added(struck);
    if (latency > 0) await delay(latency);
    const origin = `http://127.0.0.1:${request.socket.localPort}`;
    const { reply, acted } = perform(admitted, { ...incoming, origin }, struck);
    entry.acted = acted;
    if (reply === 'reset') request.socket.resetAndDestroy();
    if (reply === 'reset' || reply === 'hang') return;
    entry.status = reply.status;
    const headers = {
      Date: new Date(world.now()).toUTCString(),
      'Twilio-Request-Id': requestId,
      'Twilio-Concurrent-Requests': String(busy),
      'Twilio-Request-Duration': (latency / 1000).toFixed(3),
      ...reply.headers,
    };
    const answer = { ...tamper(reply, struck, incoming.path), headers };
    await transmit(response, answer, struck, { gzip: incoming.gzip, delay, pack });
  }

  function admit({ host, method, pathname, authorization }: Received): Admitted | Refusal {
    try {
      const { route, path } = match(host, method, pathname);
      const actor = authenticate(world, authorization);
      return { route, path, actor, account: authorize(world, actor, route, path) };
    } catch (error) {
      if (error instanceof Refusal) return error;
      throw error;
    }
  }

  function logged({ host, method, path, body }: Received, admitted: Admitted | Refusal): LoggedRequest {
    const operationId = admitted instanceof Refusal ? undefined : admitted.route.operationId;
    const mutation = method !== 'GET';
    return { at: world.now(), host, method, path, body, operationId, mutation, acted: false, status: undefined };
  }

  /**
   * Counts the request among those its account has under way, until its reply is through or its connection gone; one that is refused for being one
   * too many is not processed (https://www.twilio.com/docs/api/errors/20429) and keeps nobody else out.
   */
  function occupy(admitted: Admitted | Refusal, response: ServerResponse): number {
    if (admitted instanceof Refusal) return 1;
    const { sid } = admitted.actor.account;
    const busy = (inFlight.get(sid) ?? 0) + 1;
    if (busy > (faults.concurrencyLimit ?? busy)) return busy;
    inFlight.set(sid, busy);
    response.once('close', () => inFlight.set(sid, (inFlight.get(sid) ?? 1) - 1));
    return busy;
  }

  function strike(admitted: Admitted | Refusal, busy: number): readonly Fault[] {
    if (admitted instanceof Refusal) return [];
    const struck = faults.strike(admitted.route.operationId, admitted.account.sid);
    return busy > (faults.concurrencyLimit ?? busy) ? [{ kind: 'throttle' }, ...struck] : struck;
  }

  async function download(incoming: Received, response: ServerResponse): Promise<void> {
    const link = takeLink(state, incoming, world.now());
    const entry = logged(incoming, notFound(incoming.pathname));
    remember(log, entry);
    const struck = link ? faults.strike(downloadOperation, link.account) : [];
    const latency = latencyMs * (0.5 + random()) + added(struck);
    if (latency > 0) await delay(latency);
    if (struck.some(({ kind }) => kind === 'hang')) return;
    entry.status = sendFile(response, incoming, link, struck);
  }

  function perform(
    admitted: Admitted | Refusal,
    incoming: Received & Pick<Call, 'origin'>,
    struck: readonly Fault[],
  ): Outcome {
    if (admitted instanceof Refusal) return { reply: refused(admitted), acted: false };
    const { route, ...who } = admitted;
    const { host, method, path, pathname, query, body, origin } = incoming;
    const form = new URLSearchParams(body);
    const now = world.now();
    const { account, key } = who.actor;
    if (method !== 'GET' || route.leavesEvent)
      onChange?.({ at: now, host, method, path, body, by: account.sid, ...(key && { key: key.sid }) });
    return act(route, { state, now, host: route.host, origin, pathname, query, form, ...who }, struck);
  }
}

function added(faults: readonly Fault[]): number {
  return faults.reduce((sum, fault) => sum + (fault.kind === 'latency' ? fault.ms : 0), 0);
}
