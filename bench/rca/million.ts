import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createEvidenceStore } from '../../src/adapters/evidence/evidenceStore.ts';
import { incidentTraffic } from '../../src/adapters/evidence/incidentIndex.ts';
import { createIncidentStore } from '../../src/adapters/evidence/incidentStore.ts';
import { sha256 } from '../../src/adapters/evidence/sha256.ts';
import { validateIncident } from '../../src/adapters/evidence/validate/validateIncident.ts';
import { toMarkdown } from '../../src/adapters/markdown.ts';
import { knownEvidence } from '../../src/core/incidentView/knownEvidence.ts';
import type { Incident } from '../../src/core/model/incident.ts';
import type { JsonObject } from '../../src/core/model/json.ts';
import { type AccountSid, accountSid } from '../../src/core/model/sid.ts';
import { findBlocks, sealBlocks } from '../../src/core/rca/blocks.ts';
import { createRca } from '../../src/core/rca/createRca.ts';
import { gatherFacts } from '../../src/core/rca/gatherFacts.ts';
import { refreshDocument } from '../../src/core/rca/refresh.ts';
import { trafficFacts } from '../../src/core/traffic/rcaTraffic.ts';
import { validationEntry } from '../../src/core/validate/validationRecord.ts';
import { drawTraffic } from '../../src/webview/drawTraffic.ts';
import { memoryAnchors } from '../../test/adapters/evidence/memoryAnchors.ts';
import { turnsDuring } from '../../test/adapters/loopTurns.ts';

const worker = new URL('../../src/adapters/evidence/ingest/worker.ts', import.meta.url);
const validator = new URL('../../src/adapters/evidence/validate/worker.ts', import.meta.url);

/** Seconds. */
export interface Timed {
  /** What collecting does last, before it says that it is done: the index of the messages. */
  readonly index: number;
  /** The first RCA after that, and one more. */
  readonly first: number;
  readonly again: number;
  /** An RCA that is asked for the moment the last row was written, which waits for the index. */
  readonly impatient: number;
  /** Milliseconds of CPU that one turn of the event loop took at most while the first one was written, drawing and formatting aside. */
  readonly turn: number;
  /** Mebibytes of this process at the end, threads aside that ended. */
  readonly memory: number;
  readonly text: string;
}

/** The way of `count` messages from the last collected row to the text of an RCA, as the extension goes it. */
export async function timed(count: number): Promise<Timed> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bench-rca-'));
  const now = Date.UTC(2026, 10, 21, 12);
  const clock = { now: () => now };
  const indexes = path.join(folder, 'indexes');
  const main = sidOf('a');
  try {
    const incidents = createIncidentStore({ anchors: memoryAnchors(), clock });
    const incident: Incident = {
      id: 'bench',
      title: 'SMS pumping',
      type: 'sms-pumping',
      accounts: [{ sid: main, name: 'Acme' }],
      window: { from: now - 7 * 86_400_000, to: now },
      status: 'open',
      created: now,
    };
    const opened = await incidents.open(await incidents.create(folder, incident), { patience: 0 });
    const store = createEvidenceStore({ clock, indexes });
    const writer = await store.writer(opened);
    const slice = writer.begin({ source: 'messages', account: main, window: incident.window });
    for (let from = 0; from < count; from += 1000) {
      const page = Array.from({ length: Math.min(1000, count - from) }, (_, i) => message(from + i, count, now, main));
      await slice.page(page, {
        request: 'GET https://api.twilio.com/',
        receivedAt: now,
        sha256: '0'.repeat(64),
        bytes: 1,
        rows: page.length,
        removed: {},
      });
    }
    await slice.end({ complete: true, first: incident.window.from, last: now });
    await writer.close();
    const seconds = async (work: () => Promise<unknown>) => {
      const begun = performance.now();
      await work();
      return (performance.now() - begun) / 1000;
    };
    const traffic = () => incidentTraffic(opened, { folder: indexes, worker, clock });
    const known = knownEvidence(incident, opened.journal.records, now);
    const checked = await validateIncident(opened, validator, { ...known, now, lost: new Set() });
    await opened.journal.append(validationEntry(checked, opened.journal.head));
    const gather = async () => {
      const { report, recipients } = await traffic();
      const facts = await gatherFacts(opened, incident, {
        known,
        traffic: {
          ...trafficFacts(report),
          asOf: report.window.to,
          collected: true,
          ...(recipients && { recipients }),
        },
        store: async () => store,
        demo: false,
      });
      return { facts, report };
    };
    let text = '';
    const write = async () => {
      const { facts, report } = await gather();
      const drawn = drawTraffic(report);
      text = sealBlocks(toMarkdown(createRca({ ...facts, figures: drawn ? [drawn] : [] })), sha256);
      refreshDocument(text, findBlocks(text).blocks, sha256);
    };
    const index = await seconds(traffic);
    const { max: turn } = await turnsDuring(gather);
    const first = await seconds(write);
    const again = await seconds(write);
    await rm(indexes, { recursive: true });
    const impatient = await seconds(() => Promise.all([traffic(), write()]));
    await opened.journal.close();
    const memory = process.memoryUsage().rss / 2 ** 20;
    return { index, first, again, impatient, turn, memory, text };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Nine of ten at home over the week, the last to Russia within the last hours. */
function message(n: number, count: number, now: number, account: AccountSid): JsonObject {
  const attack = n % 10 === 0;
  const back = attack ? (n / count) * 5 * 3_600_000 : (n / count) * 7 * 86_400_000;
  const date = new Date(now - 1000 - back).toUTCString().replace('GMT', '+0000');
  return {
    sid: `SM${n.toString(16).padStart(32, '0')}`,
    account_sid: account,
    direction: 'outbound-api',
    from: '+14155550100',
    to: attack
      ? `+79581${String((n / 10) % 900_000).padStart(6, '0')}`
      : `+1415555${String(n % 10_000).padStart(4, '0')}`,
    body: attack
      ? `Your account was locked. Confirm within 24 hours: https://twillio-support.com/v/${n}`
      : 'Your order is on its way.',
    num_segments: '1',
    status: attack ? 'undelivered' : 'delivered',
    error_code: attack && n % 30 === 0 ? 30450 : null,
    price: '-0.00790',
    price_unit: 'USD',
    date_created: date,
    date_sent: date,
    date_updated: date,
  };
}

function sidOf(digit: string): AccountSid {
  const sid = accountSid(`AC${digit.repeat(32)}`);
  if (sid === undefined) throw new RangeError('32 hexadecimal digits make a SID.');
  return sid;
}
