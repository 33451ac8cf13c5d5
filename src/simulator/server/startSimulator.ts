import type { Buffer } from 'node:buffer';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JsonObject } from '../../core/model/json.ts';
import type { World } from '../world.ts';
import type { Change } from './change.ts';
import { createExchange } from './exchange.ts';
import { createFaults, type FaultRule, type Faults } from './faults.ts';
import type { LoggedRequest } from './requestLog.ts';
import type { ServerState } from './serverState.ts';

export interface SimulatorOptions {
  readonly world: World;
  /** State of this world in which something was changed already. */
  readonly state?: ServerState;
  /** Told of every request that may change the world or its log, before it does. */
  readonly onChange?: (change: Change) => void;
  /** Time each reply takes, give or take half of it. 0 by default. */
  readonly latencyMs?: number;
  /** In [0, 1); spreads the latency. The middle by default. */
  readonly random?: () => number;
  readonly delay?: (ms: number) => Promise<void>;
  /** Requests of one account served at a time; more are answered 429. */
  readonly concurrencyLimit?: number;
  readonly faults?: readonly FaultRule[];
  /** The gzip of a body, where it is known already: writing the pages of a large world anew takes as long as reading them. */
  readonly pack?: (body: JsonObject) => Buffer | undefined;
}

/** A Twilio on loopback. */
export interface Simulator {
  readonly port: number;
  /** `http://127.0.0.1:port`. Requests name the host they were meant for in `X-Original-Host`. */
  readonly origin: string;
  /** Every request so far, oldest first; the last 20,000. */
  readonly log: readonly LoggedRequest[];
  readonly faults: Faults;
  /** Closes every connection, those that hang too. */
  stop(): Promise<void>;
}

const anyPort = 0;

/** Serves the world as Twilio would, on 127.0.0.1 only and a port the system chooses. Rejects when it cannot listen. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const faults = createFaults(options.faults, options.concurrencyLimit);
  const log: LoggedRequest[] = [];
  const server = http.createServer(createExchange({ ...options, faults, log }));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(anyPort, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    origin: `http://127.0.0.1:${port}`,
    log,
    faults,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
