import type { AccountSid } from '../core/model/sid.ts';
import { createDemoWorld, demoCredential } from './demo.ts';
import { type Change, replay } from './server/change.ts';
import { createServerState, type ServerState } from './server/serverState.ts';
import { type Simulator, startSimulator } from './server/startSimulator.ts';

/** What it takes to go on with a demo: when it began (epoch milliseconds) and what was changed in it, oldest first. Plain data. */
export interface DemoRecord {
  readonly began: number;
  readonly changes: readonly Change[];
}

export interface ContinuedDemo {
  readonly simulator: Simulator;
  /** Epoch milliseconds. */
  readonly began: number;
  /** The main account's Auth Tokens as they are now: the first may have been rotated. */
  readonly token: string;
  readonly secondaryToken: string | undefined;
}

/** How long a demo is gone on with, milliseconds: after that its attack is over, and there would be nothing to see. */
const longest = 24 * 60 * 60_000;
const latencyMs = 30;

/**
 * Starts the demo: the recorded one with every change made in it, else a new one. `keep` is given the record when it begins and after each
 * change; it may be JSON that was kept anywhere, so what is no record, or one of another world, begins a new demo. Rejects when no port can be had.
 */
export async function continueDemo(
  { now, recorded }: { readonly now: () => number; readonly recorded: unknown },
  keep: (record: DemoRecord) => void,
): Promise<ContinuedDemo> {
  const known = asRecord(recorded);
  const isRecent = known !== undefined && known.began <= now() && now() - known.began < longest;
  const { state, record } = (isRecent ? again(known, now) : undefined) ?? anew(now);
  const changes = [...record.changes];
  keep(record);
  const onChange = (change: Change) => {
    changes.push(change);
    keep({ began: record.began, changes: [...changes] });
  };
  const simulator = await startSimulator({ world: state.world, state, latencyMs, onChange });
  const main = state.world.accounts.get(demoCredential.accountSid);
  return {
    simulator,
    began: record.began,
    token: main?.authToken ?? demoCredential.authToken,
    secondaryToken: main?.secondaryToken,
  };
}

interface Begun {
  readonly state: ServerState;
  readonly record: DemoRecord;
}

/** The recorded world: made at the time it began, its changes each at its own time; then time goes on. `undefined` when they do not fit. */
function again(record: DemoRecord, now: () => number): Begun | undefined {
  let past: number | undefined = record.began;
  const state = createServerState(createDemoWorld({ now: () => past ?? now() }));
  try {
    replay(state, record.changes, (at) => {
      past = at;
    });
  } catch {
    // Made by a version whose demo was another world.
    return undefined;
  }
  past = undefined;
  return { state, record };
}

function anew(now: () => number): Begun {
  const began = now();
  return { state: createServerState(createDemoWorld({ now })), record: { began, changes: [] } };
}

function asRecord(recorded: unknown): DemoRecord | undefined {
  const { began, changes } = fieldsOf(recorded);
  return typeof began === 'number' && Array.isArray(changes) && changes.every(isChange)
    ? { began, changes }
    : undefined;
}

function isChange(one: unknown): one is Change & { by: AccountSid } {
  const { at, key, ...texts } = fieldsOf(one);
  const named = [texts['host'], texts['method'], texts['path'], texts['body'], texts['by']];
  return (
    typeof at === 'number' &&
    (key === undefined || typeof key === 'string') &&
    named.every((text) => typeof text === 'string')
  );
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
