import { createTwilio } from '../../../src/adapters/twilio/createTwilio.ts';
import { delay } from '../../../src/adapters/twilio/delay.ts';
import type { PlanContext } from '../../../src/core/contain/plan.ts';
import type { Connection } from '../../../src/core/model/connection.ts';
import type { Json, JsonObject } from '../../../src/core/model/json.ts';
import type { HandedOut, Journal, Twilio } from '../../../src/core/ports.ts';
import { type Simulator, startSimulator } from '../../../src/simulator/server/startSimulator.ts';
import { mainSid, noon, type SmallWorld, smallWorld } from '../../simulator/smallWorld.ts';

export const connection: Connection = {
  id: 'demo',
  name: 'Northwind Pharmacy',
  account: mainSid,
  credential: { kind: 'authToken' },
  demo: true,
};

/** The simulator behind the real transport, with a journal in memory: what a lever meets, without VS Code. */
export interface LeverWorld {
  readonly world: SmallWorld;
  readonly simulator: Simulator;
  readonly twilio: Twilio;
  readonly records: JsonObject[];
  /** Secrets that were handed out, in order. */
  readonly kept: readonly HandedOut[];
  readonly journal: Journal;
  readonly clock: { now(): number };
  readonly planning: PlanContext;
  /** What was asked of Twilio to change, done or not, as a plan spells it. */
  changes(): readonly string[];
  /** How often Twilio did it. */
  acted(): number;
}

/** Runs a case against a simulator of its own and stops it afterwards. */
export async function withLevers(
  run: (at: LeverWorld) => Promise<void>,
  {
    as = connection,
    secret = 'token-of-1',
    mode = 'containment',
  }: { as?: Connection; secret?: string; mode?: 'read-only' | 'containment' } = {},
): Promise<void> {
  const world = smallWorld();
  const simulator = await startSimulator({ world });
  const clock = { now: () => noon };
  const kept: HandedOut[] = [];
  const twilio = createTwilio({
    connection: as,
    secret,
    mode: () => mode,
    route: { kind: 'simulator', port: simulator.port },
    clock,
    random: () => 0,
    delay: (milliseconds, cancel) => delay(Math.min(milliseconds, 1), cancel),
    log: { info: () => {}, error: () => {} },
    limits: { idle: 300, total: 500 },
    keep: async (secret) => void kept.push(secret),
  });
  const records: JsonObject[] = [];
  const journal: Journal = {
    append: async (entry) => void records.push(JSON.parse(JSON.stringify(entry)) as JsonObject),
  };
  let plans = 0;
  const newId = () => {
    plans += 1;
    return `plan${plans}`;
  };
  const mutations = () => simulator.log.filter(({ mutation }) => mutation);
  try {
    await run({
      world,
      simulator,
      twilio,
      records,
      kept,
      journal,
      clock,
      planning: { connection: as, twilio, clock, newId },
      changes: () =>
        mutations().map(({ method, host, path, body }) => `${method} https://${host}${path}${body ? ` ${body}` : ''}`),
      acted: () => mutations().filter(({ acted }) => acted).length,
    });
  } finally {
    twilio.dispose();
    await simulator.stop();
  }
}

/** The parts of the world that levers change, to tell whether they are as they were. */
export function held({ mainAccount, sub }: SmallWorld): Json {
  return JSON.parse(
    JSON.stringify(
      [mainAccount, sub].map((account) => ({
        status: account.status,
        token: account.authToken,
        keys: account.keys.map(({ sid }) => sid),
        sms: [...account.smsGeo],
        voice: [...account.voiceGeo],
        numbers: account.numbers.map(({ sid, voiceUrl, smsUrl, statusCallback }) => [
          sid,
          voiceUrl,
          smsUrl,
          statusCallback,
        ]),
        senders: account.messagingServices.map(({ numberSids }) => numberSids.toSorted()),
        limits: account.verifyServices.map(({ rateLimits = [] }) => rateLimits),
        triggers: account.usageTriggers.map(({ sid }) => sid),
        sip: account.sipCredentials?.map(({ sid }) => sid) ?? [],
        sinks: account.sinks ?? [],
        safe: [...account.safeList].toSorted(),
        messages: [...account.messages.newestFirst(0, noon)].map(({ sid, status }) => [sid, status]),
        calls: [...account.calls.newestFirst(0, noon)].map(({ sid, status }) => [sid, status]),
      })),
    ),
  ) as Json;
}
