import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createEvidenceStore } from '../../src/adapters/evidence/evidenceStore.ts';
import { incidentTraffic } from '../../src/adapters/evidence/incidentIndex.ts';
import { createIncidentStore } from '../../src/adapters/evidence/incidentStore.ts';
import { validateIncident } from '../../src/adapters/evidence/validate/validateIncident.ts';
import { toMarkdown } from '../../src/adapters/markdown.ts';
import type { ChainRecord } from '../../src/core/evidence/record.ts';
import { sources } from '../../src/core/evidence/sources.ts';
import { knownEvidence } from '../../src/core/incidentView/knownEvidence.ts';
import type { Incident } from '../../src/core/model/incident.ts';
import { createRca } from '../../src/core/rca/createRca.ts';
import { gatherFacts } from '../../src/core/rca/gatherFacts.ts';
import { trafficFacts } from '../../src/core/traffic/rcaTraffic.ts';
import { validatedSources } from '../../src/core/validate/validate.ts';
import { validationEntry } from '../../src/core/validate/validationRecord.ts';
import type { World } from '../../src/simulator/world.ts';
import { drawTraffic } from '../../src/webview/drawTraffic.ts';
import { memoryAnchors } from '../../test/adapters/evidence/memoryAnchors.ts';
import { worldRows } from '../validate/worldRows.ts';

const day = 86_400_000;
const days = 30;
const script = (file: string) => new URL(`../../src/adapters/evidence/${file}`, import.meta.url);

/** The RCA of a world's incident: collected, validated, a step taken, Support contacted. */
export async function rcaOf(
  world: World,
  type: NonNullable<Incident['type']>,
): Promise<{ readonly text: string; readonly records: readonly ChainRecord[] }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bench-rca-'));
  const now = world.now();
  const clock = { now: () => now };
  const indexes = path.join(folder, 'indexes');
  try {
    const incidents = createIncidentStore({ anchors: memoryAnchors(), clock });
    const accounts = [...world.accounts.values()].map(({ sid, friendlyName: name }) => ({ sid, name }));
    const incident: Incident = {
      id: 'bench',
      title: 'Seeded incident',
      type,
      accounts,
      window: { from: now - 2 * day, to: now },
      status: 'open',
      created: now,
    };
    const opened = await incidents.open(await incidents.create(folder, incident), { patience: 0 });
    const { journal } = opened;
    const store = createEvidenceStore({ clock, indexes });
    const groups = Map.groupBy(worldRows(world, days, new Set(validatedSources)), ({ source, account }) =>
      JSON.stringify([source, account]),
    );
    for (const source of sources.filter(({ id }) => validatedSources.includes(id))) {
      const writer = await store.writer(opened);
      for (const { sid: account } of accounts) {
        const rows = groups.get(JSON.stringify([source.id, account])) ?? [];
        const window = { from: now - days * day, to: now };
        const slice = writer.begin({ source: source.id, account, ...(source.kind === 'log' && { window }) });
        const page = rows.map(({ row }) => row);
        const proof = { request: 'GET https://api.twilio.com/', receivedAt: now, sha256: '0'.repeat(64), bytes: 1 };
        await slice.page(page, { ...proof, rows: page.length, removed: {} });
        await slice.end({ complete: true });
      }
      await writer.close();
    }
    const known = knownEvidence(incident, journal.records, now);
    const lost = new Set<string>();
    const checked = await validateIncident(opened, script('validate/worker.ts'), { ...known, now, lost });
    await journal.append(validationEntry(checked, journal.head));
    const step = {
      plan: 'p',
      action: 'rotateAuthToken',
      target: accounts[0]?.sid ?? '',
      name: accounts[0]?.name ?? '',
    };
    await journal.append({ type: 'intent', ...step });
    await journal.append({ type: 'outcome', ...step, result: 'done', sentence: 'Done.' });
    await journal.append({ type: 'support-contact', ticket: 'ticket 1' });
    const { report, recipients } = await incidentTraffic(opened, {
      folder: indexes,
      worker: script('ingest/worker.ts'),
      clock,
    });
    const facts = await gatherFacts(opened, incident, {
      known,
      traffic: { ...trafficFacts(report), asOf: report.window.to, collected: true, ...(recipients && { recipients }) },
      store: async () => store,
      demo: false,
    });
    const drawn = drawTraffic(report);
    const text = toMarkdown(createRca({ ...facts, figures: drawn ? [drawn] : [] }));
    const { records } = journal;
    await journal.close();
    return { text, records };
  } finally {
    await rm(folder, { recursive: true });
  }
}
