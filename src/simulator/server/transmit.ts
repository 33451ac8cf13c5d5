import { Buffer } from 'node:buffer';
import type { ServerResponse } from 'node:http';
import { constants, gzipSync } from 'node:zlib';
import type { Fault } from './faults.ts';
import type { Answer } from './route.ts';
import type { SimulatorOptions } from './startSimulator.ts';

type Delay = (ms: number) => Promise<void>;

const page = '<!doctype html><title>Sign in to the network</title><p>Please sign in to use this network.</p>';

/** Sends an answer, spoilt on its way by the faults that concern delivery. */
export async function transmit(
  response: ServerResponse,
  answer: Answer,
  faults: readonly Fault[],
  { gzip, delay, pack }: { readonly gzip: boolean; readonly delay: Delay } & Pick<SimulatorOptions, 'pack'>,
): Promise<void> {
  const of = <K extends Fault['kind']>(kind: K) =>
    faults.find((fault): fault is Extract<Fault, { kind: K }> => fault.kind === kind);
  const html = of('html') !== undefined;
  const packed = gzip && faults.length === 0 && answer.body ? pack?.(answer.body) : undefined;
  const text = html ? page : packed || of('emptyBody') || !answer.body ? '' : JSON.stringify(answer.body);
  const cutGzip = of('cutGzip');
  const zipped = packed !== undefined || (text !== '' && (gzip || cutGzip !== undefined));
  const whole = packed ?? (zipped ? gzipSync(text, { level: constants.Z_BEST_SPEED }) : Buffer.from(text));
  const bytes = cutGzip ? whole.subarray(0, cutGzip.at) : whole;
  response.writeHead(answer.status, {
    ...(answer.status !== 204 && {
      'Content-Type': html ? 'text/html' : 'application/json;charset=utf-8',
      'Content-Length': String(bytes.length),
    }),
    ...(zipped && { 'Content-Encoding': 'gzip' }),
    ...answer.headers,
  });
  const cut = of('cutBody');
  if (cut) {
    response.write(bytes.subarray(0, cut.at), () => response.destroy());
    return;
  }
  const slow = of('slowBody');
  if (slow) await trickle(response, bytes, () => delay(slow.ms));
  response.end(slow ? undefined : bytes);
}

async function trickle(response: ServerResponse, bytes: Buffer, pause: () => Promise<void>): Promise<void> {
  const pieces = 8;
  const size = Math.ceil(bytes.length / pieces);
  for (let at = 0; at < bytes.length && !response.destroyed; at += size) {
    response.write(bytes.subarray(at, at + size));
    await pause();
  }
}
