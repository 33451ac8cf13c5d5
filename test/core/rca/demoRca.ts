import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createEvidenceStore } from '../../../src/adapters/evidence/evidenceStore.ts';
import { incidentTraffic } from '../../../src/adapters/evidence/incidentIndex.ts';
import { createIncidentStore } from '../../../src/adapters/evidence/incidentStore.ts';
import { validateIncident } from '../../../src/adapters/evidence/validate/validateIncident.ts';
import { createTwilio } from '../../../src/adapters/twilio/createTwilio.ts';
import { collectEvidence } from '../../../src/core/evidence/collect/collectEvidence.ts';
import { collectPrices } from '../../../src/core/evidence/collectPrices.ts';
import { privacyEntry } from '../../../src/core/evidence/privacy.ts';
import { sources } from '../../../src/core/evidence/sources.ts';
import { collectedEntry, collectionEntry } from '../../../src/core/incidentView/collectionRecord.ts';
import { knownEvidence } from '../../../src/core/incidentView/knownEvidence.ts';
import type { Incident } from '../../../src/core/model/incident.ts';
import { gatherFacts } from '../../../src/core/rca/gatherFacts.ts';
import { trafficFacts } from '../../../src/core/traffic/rcaTraffic.ts';
import { validationEntry } from '../../../src/core/validate/validationRecord.ts';
import { createDemoWorld, demoCredential } from '../../../src/simulator/demo.ts';
import { startSimulator } from '../../../src/simulator/server/startSimulator.ts';
import { worker } from '../../adapters/evidence/ingest/logFiles.ts';
import { memoryAnchors } from '../../adapters/evidence/journals.ts';
import { workerOf } from '../../threads/workerOf.ts';

const hour = 3_600_000;
const validator = workerOf('validate');
/** When the demo of the example is opened. */
export const demoNow = Date.UTC(2026, 10, 21, 12);

/**
 * The demo incident as it is right after its evidence was collected and validated, and one subaccount suspended, with a clock that stands still: the
 * same documents every time.
 */
export async function withDemoIncident<T>(
  work: (demo: {
    readonly facts: Awaited<ReturnType<typeof gatherFacts>>;
    readonly report: Awaited<ReturnType<typeof incidentTraffic>>['report'];
    readonly store: ReturnType<typeof createEvidenceStore>;
    readonly opened: Awaited<ReturnType<ReturnType<typeof createIncidentStore>['open']>>;
  }) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'demo-rca-'));
  let time = demoNow;
  const clock = { now: () => time };
  const world = createDemoWorld({ now: () => demoNow });
  const simulator = await startSimulator({ world });
  const { accountSid: main, authToken: secret, name } = demoCredential;
  const twilio = createTwilio({
    connection: { id: 'demo', name, account: main, credential: { kind: 'authToken' }, demo: true },
    secret,
    mode: () => 'read-only',
    route: { kind: 'simulator', port: simulator.port },
    clock,
    random: () => 0.5,
    delay: async () => {},
    log: { info() {}, error() {} },
  });
  let close = async (): Promise<void> => {};
  try {
    const incidents = createIncidentStore({ anchors: memoryAnchors(), clock });
    const accounts = [...world.accounts.values()].map((one) => ({ sid: one.sid, name: one.friendlyName }));
    const incident: Incident = {
      id: 'demo',
      title: 'SMS pumping',
      type: 'sms-pumping',
      accounts: [{ sid: main, name }],
      window: { from: demoNow - 24 * hour, to: demoNow },
      status: 'open',
      created: demoNow,
    };
    const opened = await incidents.open(await incidents.create(folder, incident), { patience: 0 });
    const { journal } = opened;
    close = () => journal.close();
    await journal.append(privacyEntry('masked'));
    await journal.append(collectionEntry({ main, accounts, sources: sources.map(({ id }) => id), demo: true }));
    const store = createEvidenceStore({ clock, indexes: path.join(folder, 'indexes') });
    // One source after the other, so that files have the same numbers every time.
    for (const source of sources) {
      const writer = await store.writer(opened);
      const options = {
        accounts: accounts.map(({ sid, name: title }) => ({ account: sid, name: title })),
        main,
        // A week, because what is usual is judged by the days before.
        window: { from: demoNow - 7 * 24 * hour, to: demoNow },
        now: demoNow,
        held: [],
        writer,
        clock,
        delay: async () => {},
      };
      if (source.id === 'prices') await collectPrices(twilio, options, store.rows(opened, ['messages', 'calls']));
      else await collectEvidence(twilio, { ...options, sources: [source] });
      await writer.close();
    }
    time += 4 * 60_000;
    await journal.append(collectedEntry('finished'));
    const { coverage } = knownEvidence(incident, journal.records, demoNow);
    const { head } = journal;
    const { from } = incident.window;
    const checked = await validateIncident(opened, validator, { coverage, now: demoNow, from, lost: new Set() });
    time += 60_000;
    await journal.append(validationEntry(checked, head));
    time += 2 * 60_000;
    const step = {
      plan: 'demo',
      action: 'suspendSubaccount',
      target: accounts[1]?.sid ?? '',
      name: accounts[1]?.name ?? '',
    };
    await journal.append({ type: 'intent', ...step });
    time += 20_000;
    await journal.append({ type: 'outcome', ...step, result: 'done', sentence: 'Done.' });
    time += 9 * 60_000;
    await journal.append({ type: 'support-contact', ticket: 'ticket 4711, asked for a review of the charges' });
    const { report, recipients } = await incidentTraffic(opened, {
      folder: path.join(folder, 'indexes'),
      worker,
      clock,
    });
    const known = knownEvidence(incident, journal.records, demoNow);
    const facts = await gatherFacts(opened, incident, {
      known,
      traffic: {
        ...trafficFacts(report),
        trafficFrom: 'Figures from the evidence collected for this incident.',
        asOf: report.window.to,
        collected: true,
        ...(recipients && { recipients }),
      },
      store: async () => store,
      demo: true,
    });
    return await work({ facts, report, store, opened });
  } finally {
    await close();
    twilio.dispose();
    await simulator.stop();
    await rm(folder, { recursive: true });
  }
}
