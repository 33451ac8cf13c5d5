import { hash32 } from '../random.ts';
import type { SimAlert, SimAttempt, SimCall, SimMessage } from '../world.ts';
import { sidCodec } from './sidCodec.ts';
import type { Layer } from './traffic.ts';

interface Failure {
  readonly errorCode: number;
  readonly text: string;
}

/** Seen as alerts: failures of messages, and replies whose webhook did not answer. */
export function messageFailure(message: SimMessage): Failure | undefined {
  if (message.errorCode !== undefined) {
    return { errorCode: message.errorCode, text: `ErrorCode=${message.errorCode}&LogLevel=ERROR&to=${message.to}` };
  }
  if (message.direction !== 'inbound' || hash32(7, message.sid) % 40 !== 0) return undefined;
  return { errorCode: 11200, text: 'ErrorCode=11200&LogLevel=ERROR&httpResponse=502&sourceComponent=14100' };
}

export function callFailure(call: SimCall): Failure | undefined {
  if (call.direction !== 'inbound' || hash32(11, call.sid) % 90 !== 0) return undefined;
  return { errorCode: 11200, text: 'ErrorCode=11200&LogLevel=ERROR&httpResponse=504&sourceComponent=12000' };
}

export function attemptFailure({ errorCode, to }: SimAttempt): Failure | undefined {
  return errorCode === 60410 ? { errorCode, text: `ErrorCode=60410&LogLevel=ERROR&to=${to}` } : undefined;
}

/** The alerts that follow from a layer's rows. `prefix`, `key` and `position` name the layer's rows as their own log does. */
export function alertsOf<Row extends { readonly at: number; readonly sid: string }>(
  source: { readonly prefix: string; readonly key: number; readonly layers: readonly Layer<Row>[] },
  position: number,
  failureOf: (row: Row) => Failure | undefined,
): Layer<SimAlert> {
  const codec = sidCodec(source.prefix, source.key);
  const rows = (hour: number, sidAt: (index: number) => string): SimAlert[] =>
    (source.layers[position]?.rows(hour, (index) => codec.encode(position, hour, index)) ?? []).flatMap(
      (row, index) => {
        const failure = failureOf(row);
        return failure === undefined
          ? []
          : [{ sid: sidAt(index), at: row.at, ...failure, logLevel: 'error', resourceSid: row.sid }];
      },
    );
  return { rows, count: (hour) => rows(hour, String).length };
}
