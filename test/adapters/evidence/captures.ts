import path from 'node:path';
import { createEvidenceStore, type EvidenceStoreParts } from '../../../src/adapters/evidence/evidenceStore.ts';
import { createIncidentStore } from '../../../src/adapters/evidence/incidentStore.ts';
import type { PageProof } from '../../../src/core/evidence/capture.ts';
import type { CapturedRow, CaptureWriter } from '../../../src/core/evidence/evidenceStore.ts';
import { heldCaptures } from '../../../src/core/evidence/heldCaptures.ts';
import type { OpenIncident } from '../../../src/core/evidence/incidentStore.ts';
import type { SourceId } from '../../../src/core/evidence/source.ts';
import type { Incident } from '../../../src/core/model/incident.ts';
import type { JsonObject } from '../../../src/core/model/json.ts';
import type { AccountSid } from '../../../src/core/model/sid.ts';
import { clock, memoryAnchors } from './journals.ts';

export const account = `AC${'a'.repeat(32)}` as AccountSid;
export const other = `AC${'b'.repeat(32)}` as AccountSid;
export const day = { from: Date.parse('2026-11-20T00:00:00Z'), to: Date.parse('2026-11-20T23:59:59Z') };

export const incident: Incident = {
  id: 'one',
  title: 'One',
  accounts: [{ sid: account, name: 'Acme' }],
  window: day,
  status: 'open',
  created: clock.now(),
};

/** A new incident below a workspace folder, open for writing. */
export async function newIncident(workspace: string): Promise<OpenIncident> {
  const store = createIncidentStore({ anchors: memoryAnchors(), clock });
  return store.open(await store.create(workspace, incident), { patience: 0 });
}

/** The same folder in a later session. */
export async function reopened({ folder, journal }: OpenIncident): Promise<OpenIncident> {
  await journal.close();
  return createIncidentStore({ anchors: memoryAnchors(), clock }).open(folder, { patience: 0 });
}

export function storeIn(workspace: string, parts: Partial<EvidenceStoreParts> = {}) {
  return createEvidenceStore({ clock, indexes: path.join(workspace, 'indexes'), ...parts });
}

export function proof(number = 1): PageProof {
  return {
    request: `GET https://api.twilio.com/page${number}`,
    requestId: `RQ${number}`,
    receivedAt: clock.now(),
    serverTime: clock.now() - 1000,
    sha256: 'a'.repeat(64),
    bytes: 1000 + number,
    rows: 0,
    removed: { 'accounts.auth_token': 1 },
  };
}

/** A message as the REST API gives it. */
export function message(number: number, fields: JsonObject = {}): JsonObject {
  return {
    body: `Hello ${number}`,
    num_segments: '1',
    direction: 'outbound-api',
    from: '+14155550100',
    date_updated: 'Fri, 20 Nov 2026 10:00:05 +0000',
    price: '-0.00790',
    error_message: null,
    account_sid: account,
    to: `+7958111${String(number % 10_000).padStart(4, '0')}`,
    date_created: 'Fri, 20 Nov 2026 10:00:00 +0000',
    date_sent: 'Fri, 20 Nov 2026 10:00:01 +0000',
    status: 'delivered',
    sid: `SM${number.toString(16).padStart(32, '0')}`,
    price_unit: 'USD',
    ...fields,
  };
}

/** Writes one complete slice of these rows, a page each. */
export async function writeSlice(
  writer: CaptureWriter,
  pages: readonly (readonly JsonObject[])[],
  { source = 'messages' as SourceId, of = account } = {},
): Promise<void> {
  const slice = writer.begin({ source, account: of, window: day });
  for (const [n, rows] of pages.entries()) await slice.page(rows, proof(n));
  await slice.end({ complete: true });
}

export function captures({ journal }: OpenIncident) {
  return heldCaptures(journal.records).map(({ capture }) => capture);
}

export async function all(rows: AsyncIterable<CapturedRow>): Promise<CapturedRow[]> {
  const found: CapturedRow[] = [];
  for await (const row of rows) found.push(row);
  return found;
}
