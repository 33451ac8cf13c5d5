import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAccountJournal } from '../../src/adapters/evidence/accountJournal.ts';
import { createTwilio } from '../../src/adapters/twilio/createTwilio.ts';
import { delay } from '../../src/adapters/twilio/delay.ts';
import { applyPlan } from '../../src/core/contain/apply.ts';
import { makePlan } from '../../src/core/contain/plan.ts';
import { isObject, type JsonObject } from '../../src/core/model/json.ts';
import { createExchange } from '../../src/simulator/server/exchange.ts';
import { createFaults } from '../../src/simulator/server/faults.ts';
import { actionOf, type LeverCase, leverCases } from '../core/contain/leverCases.ts';
import { connection } from '../core/contain/leverWorld.ts';
import { siblings } from '../core/contain/targetWorld.ts';
import { mainSid, smallWorld } from '../simulator/smallWorld.ts';
import { memoryAnchors } from './evidence/journals.ts';
import { volatileFs } from './evidence/volatileFs.ts';

/** What the server found. `early` counts changes that arrived before their intent would have survived a power cut. */
export interface Synced {
  plans: number;
  requests: number;
  early: number;
}

/** Uses every lever in turn over HTTP until so many changes have arrived; at each, the server looks at what the journal's disk holds by then. */
export async function syncedIntents(requests: number): Promise<Synced> {
  const totals: Synced = { plans: 0, requests: 0, early: 0 };
  while (totals.requests < requests) {
    const one = leverCases[totals.plans % leverCases.length];
    if (one) await inspected(one, totals);
  }
  return totals;
}

async function inspected(one: LeverCase, totals: Synced): Promise<void> {
  const world = smallWorld();
  one.prepare?.(world);
  const fs = volatileFs();
  const clock = { now: () => world.now() };
  const answer = createExchange({ world, faults: createFaults(), log: [] });
  const server = http.createServer((request, response) => {
    const { method = '', url = '', headers } = request;
    const intended = method === 'GET' ? undefined : openIntents(fs.durable('journal/journal.jsonl'));
    const chunks: Buffer[] = [];
    // The exchange reads the body; this only looks on.
    request.on('data', (chunk: Buffer) => void chunks.push(chunk));
    request.on('end', () => {
      if (!intended) return;
      const body = Buffer.concat(chunks).toString();
      totals.requests += 1;
      const line = `${method} https://${String(headers['x-original-host'])}${url}${body ? ` ${body}` : ''}`;
      if (!intended.includes(line)) totals.early += 1;
    });
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const twilio = createTwilio({
    ...{ connection, secret: 'token-of-1', clock, delay, route: { kind: 'simulator', port } },
    mode: () => 'containment',
    random: () => 0,
    log: { info: () => {}, error: () => {} },
    keep: async () => {},
  });
  const journal = createAccountJournal({ folder: 'journal', account: mainSid, anchors: memoryAnchors(), clock, fs });
  totals.plans += 1;
  const newId = () => `plan${totals.plans}`;
  const plan = await makePlan(actionOf(one), siblings(one.target), { connection, twilio, clock, newId });
  await applyPlan(plan, { connectionId: connection.id, twilio, journal, clock });
  twilio.dispose();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

/** Requests of intents without an outcome. */
function openIntents(text: string): readonly string[] {
  const records = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line))
    .filter((record): record is JsonObject => isObject(record));
  const ended = new Set(records.flatMap(({ type, target }) => (type === 'outcome' ? [target] : [])));
  return records.flatMap(({ type, target, requests }) =>
    type === 'intent' && !ended.has(target) && Array.isArray(requests) ? requests.map(String) : [],
  );
}
