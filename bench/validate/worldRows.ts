import { withoutCodes } from '../../src/core/evidence/captureRow.ts';
import type { CapturedRow } from '../../src/core/evidence/evidenceStore.ts';
import type { SourceId } from '../../src/core/evidence/source.ts';
import type { JsonObject } from '../../src/core/model/json.ts';
import { exportedCall, exportedMessage } from '../../src/simulator/server/exportRow.ts';
import type { SimAccount, SimAttempt, SimEvent, World } from '../../src/simulator/world.ts';

const dayMs = 86_400_000;
const iso = (at: number): string => new Date(at).toISOString();

/** What collecting everything of a world for so many days would capture, newest first, without the way over HTTP. */
export function* worldRows(world: World, days: number, sources: ReadonlySet<SourceId>): Generator<CapturedRow> {
  const now = world.now();
  const from = now - days * dayMs;
  for (const account of world.accounts.values()) {
    for (const [source, rows] of Object.entries(rowsOf(account, from, now)) as [SourceId, Iterable<JsonObject>][]) {
      if (!sources.has(source)) continue;
      let line = 0;
      for (const row of rows) {
        line += 1;
        yield {
          source,
          account: account.sid,
          row: withoutCodes(source, row).row,
          file: `evidence/${source}-${account.sid.slice(-4)}.jsonl.gz`,
          line,
        };
      }
    }
  }
}

function rowsOf(account: SimAccount, from: number, now: number) {
  const events = account.events.filter(({ at }) => at >= from && at <= now);
  return {
    accounts: [
      {
        sid: account.sid,
        friendly_name: account.friendlyName,
        status: account.status,
        date_created: iso(account.created),
      },
    ],
    keys: account.keys.map(({ sid, friendlyName, created }) => ({
      sid,
      friendly_name: friendlyName,
      date_created: iso(created),
    })),
    numbers: account.numbers.map(({ sid, voiceUrl, smsUrl }) => ({ sid, voice_url: voiceUrl, sms_url: smsUrl })),
    events: events.map(eventRow),
    alerts: mapped(account.alerts.newestFirst(from, now), (alert) => ({
      sid: alert.sid,
      error_code: String(alert.errorCode),
      date_created: iso(alert.at),
    })),
    attempts: mapped(account.attempts.newestFirst(from, now), attemptRow),
    messages: mapped(account.messages.newestFirst(from, now), (message) => exportedMessage(account, message)),
    calls: mapped(account.calls.newestFirst(from, now), (call) => exportedCall(account, call)),
  };
}

function* mapped<From>(rows: Iterable<From>, to: (row: From) => JsonObject): Generator<JsonObject> {
  for (const row of rows) yield to(row);
}

function eventRow(event: SimEvent): JsonObject {
  return {
    sid: event.sid,
    event_type: event.type,
    event_date: iso(event.at),
    description: event.description,
    actor_sid: event.actorSid ?? null,
    actor_type: event.actorType,
    source: event.source,
    source_ip_address: event.ip,
    resource_type: event.resourceType,
    resource_sid: event.resourceSid,
    event_data: { resource_properties: event.changes },
  };
}

function attemptRow(attempt: SimAttempt): JsonObject {
  return {
    sid: attempt.sid,
    date_created: iso(attempt.at),
    conversion_status: attempt.converted ? 'converted' : 'unconverted',
    channel: attempt.channel,
    price: { value: String(Math.abs(attempt.price)), currency: 'usd' },
    channel_data: {
      to: attempt.to,
      country: attempt.country,
      error_code: attempt.errorCode ?? null,
      message_status: attempt.messageStatus,
    },
  };
}
