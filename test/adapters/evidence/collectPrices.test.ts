import { expect, onTestFinished, test } from 'vitest';
import { incidentTraffic } from '../../../src/adapters/evidence/incidentIndex.ts';
import { UserError } from '../../../src/core/errors.ts';
import { collectPrices } from '../../../src/core/evidence/collectPrices.ts';
import { knownEvidence } from '../../../src/core/incidentView/knownEvidence.ts';
import type { JsonObject } from '../../../src/core/model/json.ts';
import type { Twilio } from '../../../src/core/ports.ts';
import { startSimulator } from '../../../src/simulator/server/startSimulator.ts';
import { mainSid, smallWorld } from '../../simulator/smallWorld.ts';
import { connect, demo } from '../twilio/loopback.ts';
import { all, captures, day, message, newIncident, storeIn, writeSlice } from './captures.ts';
import { worker } from './ingest/logFiles.ts';
import { clock, freshFolder } from './journals.ts';

const folder = freshFolder();

/** Collects list prices for an incident that holds these messages, from a whole Twilio that has none of the country `unserved`. */
async function priced(rows: readonly JsonObject[], unserved?: string) {
  const world = smallWorld();
  const simulator = await startSimulator({ world });
  onTestFinished(() => simulator.stop());
  const { twilio } = connect(simulator.port, {
    connection: { ...demo, account: mainSid },
    secret: world.mainAccount.authToken,
  });
  const opened = await newIncident(folder.path);
  onTestFinished(() => opened.journal.close());
  const store = storeIn(folder.path);
  const writer = await store.writer(opened);
  if (rows.length > 0) await writeSlice(writer, [rows]);
  await writer.flush();
  const now = clock.now();
  const options = { accounts: [], main: mainSid, window: day, now, held: [], writer, clock, delay: async () => {} };
  const some: Twilio = {
    ...twilio,
    async page(request, cancel) {
      if (request.path?.['IsoCountry'] === unserved) throw new UserError('not-found', 'Twilio has no such country.');
      return twilio.page(request, cancel);
    },
  };
  const result = await collectPrices(some, options, store.rows(opened, ['messages', 'calls']));
  await writer.close();
  const own = captures(opened).filter(({ source }) => source === 'prices');
  const asked = simulator.log.map(({ path }) => path).filter((path) => path.includes('Countries/'));
  const { incident, journal } = opened;
  const coverage = incident ? knownEvidence(incident, journal.records, now).coverage : [];
  const state = coverage.find(({ source, account }) => source === 'prices' && account === mainSid)?.state;
  return { opened, store, result, own, asked, state };
}

const unpriced = (n: number, to: string) => message(n, { price: null, direction: 'outbound-api', to });

test('list prices are read for the countries whose messages have no price, and estimate what these will cost', async () => {
  const rows = [unpriced(1, '+442079460958'), unpriced(2, '+442079460959'), unpriced(3, '+79581112233')];
  const { opened, store, own, asked, state } = await priced([
    ...rows,
    message(4, { to: '+4915112345678', price: '-0.1' }),
  ]);
  expect([...new Set(asked.map((path) => path.slice(-2)))]).toEqual(['GB', 'RU']);
  expect(own).toMatchObject([{ slices: [{ account: mainSid, complete: true, rows: 4 }] }]);
  expect(state).toBe('complete');
  expect((await all(store.rows(opened, ['prices']))).map(({ row }) => row['iso_country'])).toEqual([
    'GB',
    'GB',
    'RU',
    'RU',
  ]);
  const { report } = await incidentTraffic(opened, { folder: `${folder.path}/indexes`, worker, clock });
  expect(report.prices?.map(({ country, unit }) => `${country} ${unit}`)).toEqual([
    'GB segment',
    'GB minute',
    'RU segment',
    'RU minute',
  ]);
});

test('when every message has its price, none are needed and that is recorded as read', async () => {
  const { own, asked, state } = await priced([message(1, { price: '-0.0500' })]);
  expect(asked).toEqual([]);
  expect(own).toMatchObject([{ slices: [{ complete: true, rows: 0 }] }]);
  expect(state).toBe('complete');
});

test('before any message was collected nothing is said of prices', async () => {
  const { own, result } = await priced([]);
  expect([own, result]).toEqual([[], undefined]);
});

test('a country Twilio has no prices for does not cost the others theirs', async () => {
  const rows = [unpriced(1, '+24762889'), unpriced(2, '+24762890'), unpriced(3, '+442079460958')];
  const { own, asked } = await priced(rows, 'AC');
  expect(asked.map((path) => path.slice(-2))).toEqual(['GB', 'GB']);
  expect(own[0]?.slices.map(({ complete, why, rows }) => ({ complete, why, rows }))).toEqual([
    { complete: true, why: undefined, rows: 2 },
  ]);
});
