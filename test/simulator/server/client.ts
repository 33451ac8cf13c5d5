import { Buffer } from 'node:buffer';
import http from 'node:http';
import type { JsonObject } from '../../../src/core/model/json.ts';
import type { SimHost } from '../../../src/simulator/server/route.ts';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../../src/simulator/server/startSimulator.ts';
import { type SmallWorld, smallWorld } from '../smallWorld.ts';

export interface Asked {
  readonly method?: string;
  readonly host?: SimHost;
  readonly user?: string;
  readonly password?: string;
  readonly form?: string;
  readonly gzip?: boolean;
}

export interface Replied {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly bytes: Buffer;
  readonly text: string;
  /** The parsed body; an empty object when there is none or it is no JSON object. */
  readonly body: JsonObject;
}

/** A plain client, which adds nothing and hides nothing. Signs with the main account's Auth Token unless told otherwise. */
export function ask(simulator: Simulator, path: string, asked: Asked = {}): Promise<Replied> {
  const {
    method = 'GET',
    host = 'api.twilio.com',
    user = `AC${'1'.padStart(32, '0')}`,
    password = 'token-of-1',
  } = asked;
  return new Promise((resolve, reject) => {
    const request = http.request({
      port: simulator.port,
      host: '127.0.0.1',
      method,
      path,
      agent: false,
      headers: {
        'X-Original-Host': host,
        Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
        ...(asked.gzip && { 'Accept-Encoding': 'gzip' }),
        ...(asked.form !== undefined && {
          'Content-Type': 'application/x-www-form-urlencoded',
          'Content-Length': Buffer.byteLength(asked.form),
        }),
      },
    });
    request.on('error', reject);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const bytes = Buffer.concat(chunks);
        const text = bytes.toString();
        resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes, text, body: parsed(text) });
      });
    });
    request.end(asked.form);
  });
}

function parsed(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as JsonObject) : {};
  } catch {
    return {};
  }
}

/** Runs a case against a simulator of its own and stops it afterwards. */
export async function withSimulator(
  run: (simulator: Simulator, world: SmallWorld) => Promise<void>,
  { world = smallWorld(), ...options }: Partial<Omit<SimulatorOptions, 'world'>> & { world?: SmallWorld } = {},
): Promise<void> {
  const simulator = await startSimulator({ world, ...options });
  try {
    await run(simulator, world);
  } finally {
    await simulator.stop();
  }
}
