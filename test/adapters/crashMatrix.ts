import { createAccountJournal } from '../../src/adapters/evidence/accountJournal.ts';
import { applyPlan } from '../../src/core/contain/apply.ts';
import { interruptedIn, settleInterrupted } from '../../src/core/contain/interrupted.ts';
import { type Target, targetId } from '../../src/core/contain/target.ts';
import type { JsonObject } from '../../src/core/model/json.ts';
import type { AccountJournal, Twilio } from '../../src/core/ports.ts';
import { actions } from '../../src/core/registry.ts';
import { type DirectLever, directLever } from '../core/contain/directLevers.ts';
import type { LeverCase } from '../core/contain/leverCases.ts';
import { connection } from '../core/contain/leverWorld.ts';
import { siblings, thingOf } from '../core/contain/targetWorld.ts';
import { mainSid } from '../simulator/smallWorld.ts';
import { memoryAnchors } from './evidence/journals.ts';
import { type Remains, type VolatileFs, volatileFs } from './evidence/volatileFs.ts';

/** The process ends here: nothing that was to come happens. */
class Crash extends Error {}

/**
 * Where a process can end, in the order of a change: before the step is done, or after it and before anybody hears of it. For a request:
 * Twilio does not get it whole, or acts and its reply does not arrive. The state before is part of the intent.
 */
type Point =
  | 'lock'
  | 'read'
  | 'intent written'
  | 'intent flushed'
  | 'request'
  | 'read-back'
  | 'outcome written'
  | 'outcome flushed'
  | 'next target'
  | 'unlock';

/** What came of every crash. The last four must be 0. */
export interface Crashes {
  crashes: number;
  /** Crashes while what an earlier one left was settled. */
  recoveries: number;
  /** By where they happened, and whether the step was done. */
  readonly points: Record<string, number>;
  /** Changes without an intent, or intents that stayed without an outcome. */
  lost: number;
  /** Changes made twice, and requests sent by settling. */
  doubled: number;
  /** Outcomes that are not so. */
  wrong: number;
  /** Journals that cannot be written afterwards. */
  broken: number;
}

export function noCrashes(): Crashes {
  return { crashes: 0, recoveries: 0, points: {}, lost: 0, doubled: 0, wrong: 0, broken: 0 };
}

interface Mortality {
  readonly points: string[];
  readonly isDead: () => boolean;
  pass(point: Point | 'settling', when: 'before' | 'after'): void;
}

function mortal(death: number): Mortality {
  const points: string[] = [];
  return {
    points,
    isDead: () => points.length > death,
    pass(point, when) {
      if (points.length > death) throw new Crash();
      points.push(`${point}: ${when === 'before' ? 'not done' : 'done'}`);
      if (points.length > death) throw new Crash();
    },
  };
}

interface Side {
  readonly at: DirectLever;
  readonly targets: readonly Target[];
  readonly anchors: ReturnType<typeof memoryAnchors>;
}

/** A disk whose writes the process can die at. Reading changes nothing, so nothing differs by dying there. */
function disk(
  life: Mortality,
  stage: () => Point | 'settling',
  from?: VolatileFs,
  remains: Remains = 'all',
): VolatileFs {
  const step = (call: string, when: 'before' | 'after') => {
    if (['write', 'flush', 'truncate'].includes(call)) life.pass(stage(), when);
    else if (life.isDead()) throw new Crash();
  };
  return from ? from.after(remains, step) : volatileFs(step);
}

function journalOn(fs: VolatileFs, { at, anchors }: Side): AccountJournal {
  return createAccountJournal({ folder: 'journal', account: mainSid, anchors, clock: at.planning.clock, fs });
}

function mortalTwilio({ at }: Side, life: Mortality, reading: () => Point | 'settling'): Twilio {
  return {
    async page(...request) {
      life.pass(reading(), 'before');
      return at.twilio.page(...request);
    },
    async send(...request) {
      life.pass('request', 'before');
      const reply = await at.twilio.send(...request);
      life.pass('request', 'after');
      return reply;
    },
  };
}

/** Carries a plan out until the process dies; the disk it leaves, and whether it died. */
async function until(death: number, side: Side, points: Record<string, number>) {
  const { at } = side;
  const life = mortal(death);
  let record = '';
  let flushing = false;
  let sent = false;
  const stage = (): Point => {
    flushing = !flushing;
    return `${record === 'outcome' ? 'outcome' : 'intent'} ${flushing ? 'written' : 'flushed'}`;
  };
  let place: Point = 'intent written';
  let calls = 0;
  const fs = disk(life, () => {
    // Each of the two calls passes here before and after.
    if (calls % 2 === 0) place = stage();
    calls += 1;
    return place;
  });
  const journal = journalOn(fs, side);
  const plan = await at.plan(side.targets);
  const context = {
    ...at.context,
    connectionId: connection.id,
    twilio: mortalTwilio(side, life, () => (sent ? 'read-back' : 'read')),
    journal: {
      async append(entry: JsonObject & { readonly type: string }) {
        record = entry.type;
        if (entry.type === 'intent') sent = true;
        await journal.append(entry);
        if (entry.type !== 'outcome') return;
        sent = false;
        life.pass('next target', 'after');
      },
    },
  };
  try {
    life.pass('lock', 'before');
    life.pass('lock', 'after');
    await applyPlan(plan, context);
    life.pass('unlock', 'before');
  } catch (reason) {
    if (!(reason instanceof Crash)) throw reason;
  }
  const last = life.points.at(-1);
  if (life.isDead() && last) points[last] = (points[last] ?? 0) + 1;
  return { fs, died: life.isDead() };
}

/** Settles what a process left by reading; dies meanwhile at the given step, when there is one. */
async function settle(fs: VolatileFs, remains: Remains, side: Side, death: number) {
  const life = mortal(death);
  const own = disk(life, () => 'settling', fs, remains);
  const journal = journalOn(own, side);
  try {
    const left = interruptedIn(await journal.records(), actions);
    await settleInterrupted(left, {
      twilio: mortalTwilio(side, life, () => 'settling'),
      journal,
      clock: side.at.planning.clock,
    });
  } catch (reason) {
    if (!life.isDead()) throw reason;
  }
  return { fs: own, died: life.isDead() };
}

/** What a crash can leave of the last bytes. */
export const everyRemains: readonly Remains[] = ['none', 'half', 'all'];

/**
 * Uses the lever, on two targets where there are more, and ends the process at every step, with each of these left on the disk. What is
 * open then is settled; `deep` ends the process at every step of that too.
 */
export async function crashEverywhere(
  one: LeverCase,
  totals: Crashes,
  { remains, deep }: { readonly remains: readonly Remains[]; readonly deep: boolean },
): Promise<void> {
  for (const left of remains)
    for (let death = 0; ; death += 1) {
      const died = await crashOnce(one, death, left, Number.POSITIVE_INFINITY, totals);
      if (!died.first) break;
      for (let second = 0; deep; second += 1) if (!(await crashOnce(one, death, left, second, totals)).second) break;
    }
}

async function crashOnce(one: LeverCase, death: number, remains: Remains, second: number, totals: Crashes) {
  const lever = directLever(one);
  const side: Side = { at: lever, targets: siblings(one.target).slice(0, 2), anchors: memoryAnchors() };
  const before = new Map(side.targets.map((target) => [targetId(target), view(side, target)]));
  const run = await until(death, side, second === Number.POSITIVE_INFINITY ? totals.points : {});
  if (!run.died) return { first: false, second: false };
  const sent = lever.twilio.changes.length;
  const recovery = await settle(run.fs, remains, side, second);
  const last = recovery.died ? await settle(recovery.fs, remains, side, Number.POSITIVE_INFINITY) : recovery;
  if (recovery.died) totals.recoveries += 1;
  else totals.crashes += 1;
  if (lever.twilio.changes.length > sent) totals.doubled += 1;
  await judge(one, side, before, journalOn(last.fs.after('none'), side), totals);
  return { first: true, second: recovery.died };
}

async function judge(
  one: LeverCase,
  side: Side,
  before: ReadonlyMap<string, string>,
  journal: AccountJournal,
  totals: Crashes,
): Promise<void> {
  const records = await journal.records();
  const intents = records.filter(({ type }) => type === 'intent');
  const intended = intents.flatMap(({ requests }) => requests as string[]);
  const made = side.at.twilio.changes.filter(({ acted }) => acted).map(({ asked }) => asked);
  if (made.some((line) => !intended.includes(line))) totals.lost += 1;
  if (new Set(made).size < made.length) totals.doubled += 1;
  for (const id of new Set(intents.map(({ target }) => String(target)))) {
    const outcomes = records.filter(({ type, target }) => type === 'outcome' && target === id);
    if (outcomes.length === 0) totals.lost += 1;
    if (outcomes.length > 1) totals.wrong += 1;
    const target = side.targets.find((one) => targetId(one) === id);
    for (const { result } of outcomes)
      if (target && (result === 'done') !== isDone(one, side, target, before.get(id))) totals.wrong += 1;
  }
  await journal.append({ type: 'note' }).catch(() => {
    totals.broken += 1;
  });
}

function view({ at }: Side, target: Target): string {
  return JSON.stringify(thingOf(at.world, target).view() ?? null);
}

/** The case knows when its own target is as wanted; another one is when it is not what it was, as nobody else changes this world. */
function isDone(one: LeverCase, side: Side, target: Target, before: string | undefined): boolean {
  const isOnly = side.targets.length === 1;
  return isOnly ? one.isDone(side.at.world) : view(side, target) !== before;
}
