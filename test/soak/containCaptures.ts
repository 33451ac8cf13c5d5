import { createTwilio } from '../../src/adapters/twilio/createTwilio.ts';
import { delay } from '../../src/adapters/twilio/delay.ts';
import { captureFirst } from '../../src/core/contain/captureFirst.ts';
import { startSimulator } from '../../src/simulator/server/startSimulator.ts';
import { connection } from '../core/contain/leverWorld.ts';
import { memoryWriter } from '../core/evidence/collect/fakes.ts';
import { mainSid, smallWorld, subSid } from '../simulator/smallWorld.ts';

/** How long containment waited for evidence, in milliseconds, and how often all of it was captured, a part, or none. */
export interface CaptureTimes {
  readonly runs: number;
  readonly p50: number;
  readonly p95: number;
  readonly ends: Readonly<Record<string, number>>;
}

/** Captures evidence first from a Twilio that takes 250 ms for a reply and, every third time, does not answer one source at all. */
export async function captureTimes(runs: number): Promise<CaptureTimes> {
  const times: number[] = [];
  const ends: Record<string, number> = {};
  for (let run = 0; run < runs; run += 1) {
    const simulator = await startSimulator({ world: smallWorld(), latencyMs: 250, random: Math.random });
    if (run % 3 === 0) simulator.faults.add({ fault: { kind: 'hang', acted: false }, operationId: 'ListEvent' });
    const clock = { now: () => Date.now() };
    const twilio = createTwilio({
      ...{ connection, secret: 'token-of-1', clock, delay, random: Math.random },
      mode: () => 'read-only',
      route: { kind: 'simulator', port: simulator.port },
      log: { info: () => {}, error: () => {} },
    });
    const accounts = [mainSid, subSid].map((account) => ({ account, name: '' }));
    const from = performance.now();
    const { result } = await captureFirst(accounts, {
      ...{ twilio, main: mainSid, held: [], clock, delay },
      writer: async () => memoryWriter().writer,
    });
    times.push(performance.now() - from);
    ends[result] = (ends[result] ?? 0) + 1;
    twilio.dispose();
    await simulator.stop();
  }
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return { runs, p50: at(0.5), p95: at(0.95), ends };
}
