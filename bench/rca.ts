import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createEvidenceStore } from '../src/adapters/evidence/evidenceStore.ts';
import { incidentTraffic } from '../src/adapters/evidence/incidentIndex.ts';
import { createIncidentStore } from '../src/adapters/evidence/incidentStore.ts';
import { sha256 } from '../src/adapters/evidence/sha256.ts';
import { toMarkdown } from '../src/adapters/markdown.ts';
import { knownEvidence } from '../src/core/incidentView/knownEvidence.ts';
import type { Incident } from '../src/core/model/incident.ts';
import type { JsonObject } from '../src/core/model/json.ts';
import { type AccountSid, accountSid } from '../src/core/model/sid.ts';
import { findBlocks, sealBlocks } from '../src/core/rca/blocks.ts';
import { evidenceIds } from '../src/core/rca/citations.ts';
import { createRca } from '../src/core/rca/createRca.ts';
import { gatherFacts } from '../src/core/rca/gatherFacts.ts';
import { citationsIn } from '../src/core/rca/lintEvidence.ts';
import { refreshDocument } from '../src/core/rca/refresh.ts';
import { trafficFacts } from '../src/core/traffic/rcaTraffic.ts';
import { drawTraffic } from '../src/webview/drawTraffic.ts';
import { withDemoIncident } from '../test/core/rca/demoRca.ts';

// How much of an RCA the evidence fills in, how much of it can be looked up, and how long it takes with a million messages.
//   node bench/rca.ts [--rows 1000000]
const rows = Number(process.argv[process.argv.indexOf('--rows') + 1]) || 1_000_000;

/** What the guide asks of a diagnosis, and how it is found in the document when it was filled in. */
const required: Readonly<Record<string, RegExp>> = {
  'accounts affected': /\*\*Account:\*\* `/,
  'exact window in UTC': /\*\*Window:\*\* \d{4}-\d\d-\d\d \d\d:\d\d UTC to/,
  'first activity': /Messages above the usual level begin/,
  'first unexpected administrative action': /API key created/,
  detection: /Investigation opened/,
  'containment with time': /\| \d{4}.*UTC \| `Suspend Subaccount`/,
  'Support contact': /Twilio Support contacted/,
  'volume and expected volume': /\*\*[\d,]+ messages\*\* went to .* to be expected/,
  excess: /in excess\*\*/,
  cost: /Cost: [\d,.]+ [A-Z]{3}/,
  'conversion normal and now': /Verify conversion:\*\* .* before the onset, .* from it on/,
  'blocks by Twilio': /Twilio blocked [\d,]+/,
  'delivered messages': /[\d,]+ were delivered/,
  countries: /\*\*Destination:\*\*/,
  'number ranges': /\*\*Number ranges:\*\*/,
  'subaccounts that sent': /\*\*Sent by:\*\*/,
  'voice impact': /\*\*Outbound calls:\*\*/,
  'data read': /\*\*Data read:\*\*/,
  'root-cause classes': /\| Credential exposure \|/,
  'corrective actions': /\| Rotate the Auth Token/,
  'evidence with SHA-256': /\*\*E1\*\* .*SHA-256 [0-9a-f]{64}/,
  'completeness and gaps': /\*\*(?:Complete|Incomplete):\*\*/,
  'chain head': /\*\*Journal:\*\* record \d+, SHA-256 [0-9a-f]{64}/,
  figure: /!\[.*\]\(figures\//,
  'unique recipients': /\*\*Unique recipients:\*\* [\d,]+/,
  verdict: /\*\*Verdict:\*\* `/,
};

const demo = await withDemoIncident(async ({ facts, report, opened }) => {
  const drawn = drawTraffic(report);
  const text = toMarkdown(createRca({ ...facts, figures: drawn ? [drawn] : [] }));
  const filled = Object.values(required).filter((pattern) => pattern.test(text)).length;
  const missing = Object.keys(required).filter((item) => !required[item]?.test(text));
  return { ...linkedIn(text, opened.journal.records), filled: filled / Object.keys(required).length, missing };
});
const { first, seconds } = await timed(rows);
console.log(
  `Not filled in: ${demo.missing.join(', ') || 'nothing'}. Without a working link: ${demo.unlinked.join(' / ') || 'nothing'}.`,
);
console.log(
  `RESULT ${JSON.stringify({ filled: round(demo.filled), linked: round(demo.linked), seconds: round(seconds), first_seconds: round(first), rows })}`,
);

/** Statements of generated blocks (rows of tables, list items, the summing-up) whose citations all lead somewhere. */
function linkedIn(text: string, records: Parameters<typeof evidenceIds>[0]) {
  const known = new Set([...evidenceIds(records).values(), ...records.map(({ seq }) => `J${seq}`)]);
  const statements = findBlocks(text)
    .blocks.filter(({ name }) => ['attack', 'timeline', 'impact', 'containment', 'geo-review'].includes(name))
    .flatMap(({ body }) => body.split('\n'))
    .filter((line) => /^(?:- |In the |\| (?!:?-))/.test(line) && !/^\| (?:Time|Country)/.test(line));
  const unlinked = statements.filter((line) => {
    const cited = citationsIn(line);
    return cited.length === 0 || cited.some(({ id }) => !known.has(id));
  });
  return { linked: 1 - unlinked.length / statements.length, unlinked };
}

/** From an open incident to the text, the first time (the index is made) and again. */
async function timed(count: number): Promise<{ first: number; seconds: number }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bench-rca-'));
  const now = Date.UTC(2026, 10, 21, 12);
  const clock = { now: () => now };
  const indexes = path.join(folder, 'indexes');
  const main = sidOf('a');
  try {
    const incidents = createIncidentStore({ anchors: { read: async () => undefined, write: async () => {} }, clock });
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
    const write = async () => {
      const begun = performance.now();
      const worker = new URL('../src/adapters/evidence/ingest/worker.ts', import.meta.url);
      const { report } = await incidentTraffic(opened, { folder: indexes, worker, clock });
      const facts = await gatherFacts(opened, incident, {
        known: knownEvidence(incident, opened.journal.records, now),
        traffic: { ...trafficFacts(report), asOf: report.window.to, collected: true },
        store: async () => store,
        demo: false,
      });
      const drawn = drawTraffic(report);
      const text = sealBlocks(toMarkdown(createRca({ ...facts, figures: drawn ? [drawn] : [] })), sha256);
      refreshDocument(text, findBlocks(text).blocks, sha256);
      return (performance.now() - begun) / 1000;
    };
    const first = await write();
    const seconds = await write();
    await opened.journal.close();
    return { first, seconds };
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
    to: attack ? `+7958111${String(n % 10_000).padStart(4, '0')}` : `+1415555${String(n % 10_000).padStart(4, '0')}`,
    body: 'Your order is on its way.',
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

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
