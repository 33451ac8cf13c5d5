import { createIncidentStore } from '../../../src/adapters/evidence/incidentStore.ts';
import { coverageOf } from '../../../src/core/evidence/coverage.ts';
import { heldCaptures } from '../../../src/core/evidence/heldCaptures.ts';
import type { OpenIncident } from '../../../src/core/evidence/incidentStore.ts';
import { latestRows } from '../../../src/core/evidence/latestRows.ts';
import { calls } from '../../../src/core/evidence/sources/calls.ts';
import { messages } from '../../../src/core/evidence/sources/messages.ts';
import { textOf } from '../../../src/core/model/json.ts';
import { arrayTraffic } from '../../../src/simulator/arrayTraffic.ts';
import { startSimulator } from '../../../src/simulator/server/startSimulator.ts';
import { day, hour, mainSid, message, noon, sid, smallWorld } from '../../simulator/smallWorld.ts';
import { all, incident, storeIn } from './captures.ts';
import { clock, memoryAnchors } from './journals.ts';
import { runPull } from './runPull.ts';

const window = { from: noon - 3 * day, to: noon - 3 * hour };
/** Pages of a thousand, so that windows are split and several slices are under way when it is killed. */
const many = Array.from({ length: 12_000 }, (_, i) =>
  message(sid('SM', 1000 + i), window.from + ((i * 7919) % 12_000) * 20_000),
);

/** Milliseconds a collection lives before it is killed, at most: about as long as it takes on a machine with nothing else to do. */
const mostLife = 1500;
/** Where a killed collection had recorded nothing, the next ones may live longer by so much, else shorter: kills come in the middle on any machine. */
const longer = 1.3;

/** What killing collections at random moments and resuming them left of what Twilio holds. */
export interface PullResult {
  readonly kills: number;
  /** Kills that left some messages, but not all. */
  readonly midway: number;
  /** Collections that ended by themselves. */
  readonly ended: number;
  /** Messages Twilio holds that are not there in the end. */
  readonly lost: number;
  /** Messages that are there more than once, after states of one message are reduced to the last. */
  readonly doubled: number;
  /** Messages that a window called complete lacked, after a kill. */
  readonly untrue: number;
}

/** Starts collections until so many were killed, then lets one end; a complete incident is begun anew. */
export async function killPulls(workspace: string, kills: number): Promise<PullResult> {
  const world = smallWorld({ messages: arrayTraffic(many) });
  const simulator = await startSimulator({ world, latencyMs: 40, concurrencyLimit: 3 });
  const wanted = new Set(many.map((one) => one.sid));
  const counts = { kills: 0, midway: 0, ended: 0, lost: 0, doubled: 0, untrue: 0 };
  const store = createIncidentStore({ anchors: memoryAnchors(), clock });
  const begin = () => store.create(workspace, { ...incident, window });
  const from = { port: simulator.port, secret: world.mainAccount.authToken, window };
  try {
    let folder = await begin();
    let longest = mostLife;
    let before = 0;
    while (counts.kills < kills || counts.ended === 0) {
      const { killed } = await runPull(folder, from, counts.kills < kills ? Math.random() * longest : undefined);
      if (killed) counts.kills += 1;
      const { sids, complete, whole } = await judge(await store.open(folder, { patience: 5000 }), workspace);
      counts.doubled += sids.length - new Set(sids).size;
      counts.untrue += whole.filter((one) => !sids.includes(one)).length;
      if (killed && sids.length > 0 && sids.length < many.length) counts.midway += 1;
      longest *= killed && sids.length === before ? longer : 1 / longer;
      before = killed ? sids.length : 0;
      if (killed) continue;
      if (!complete) throw new Error('A collection ended without being complete.');
      counts.ended += 1;
      const found = new Set(sids);
      counts.lost += [...wanted].filter((one) => !found.has(one)).length;
      if (counts.kills < kills) folder = await begin();
    }
  } finally {
    await simulator.stop();
  }
  return counts;
}

/** The messages held, and those that slices called complete ought to hold. */
async function judge(opened: OpenIncident, workspace: string) {
  if (opened.journal.readOnly !== undefined) throw new Error(opened.journal.readOnly);
  const held = heldCaptures(opened.journal.records);
  const read = () => storeIn(workspace).rows(opened, ['messages']);
  const rows = await all(latestRows(read, ({ row }) => textOf(row, 'sid')));
  await opened.journal.close();
  const scope = { accounts: [mainSid], sources: [messages, calls], window, now: clock.now() };
  const covered = held
    .filter(({ capture }) => capture.source === 'messages')
    .flatMap(({ capture }) => capture.slices.flatMap((one) => (one.complete && one.window ? [one.window] : [])));
  const isWhole = (at: number) => covered.some(({ from, to }) => from <= at && at <= to);
  return {
    sids: rows.map(({ row }) => String(row['sid'])),
    complete: coverageOf(held, scope).every(({ state }) => state === 'complete'),
    whole: many.filter(({ at, sent = at }) => isWhole(Math.floor(sent / 1000) * 1000)).map((one) => one.sid),
  };
}
