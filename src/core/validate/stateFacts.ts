import type { CapturedRow } from '../evidence/evidenceStore.ts';
import { type AuditEvent, readAuditEvent } from '../model/auditEvent.ts';
import { instantOf, numberOf, textOf } from '../model/json.ts';
import { hostOf } from '../model/webhook.ts';
import { webhookFields } from '../model/webhookChanges.ts';
import type { Refs } from './refs.ts';

/** A thing of an account as it was read: when it was made, its name (hostile text), where it was captured. */
export interface Made {
  readonly sid: string;
  readonly name: string;
  readonly account: string;
  /** Epoch milliseconds. */
  readonly created: number | undefined;
  readonly ref: number;
}

export interface CapturedEvent {
  readonly event: AuditEvent;
  readonly account: string;
  readonly ref: number;
}

/** How often an error code was in the alerts. Epoch milliseconds. */
export interface AlertCount {
  count: number;
  first: number;
  last: number;
  readonly refs: number[];
}

/** What is no traffic: the audit log by time, alerts by code, and the account's things. */
export interface StateFacts {
  readonly events: readonly CapturedEvent[];
  readonly alerts: ReadonlyMap<number, AlertCount>;
  readonly accounts: readonly Made[];
  readonly keys: readonly Made[];
  /** Hosts of webhooks that numbers and TwiML apps have now. */
  readonly webhookHosts: ReadonlySet<string>;
}

const refsPerCode = 10;
/** Where a Messaging Service sends what comes in. https://www.twilio.com/docs/messaging/api/service-resource */
const serviceFields = ['inbound_request_url', 'fallback_url', 'status_callback'];

/** Alerts from before `from` (epoch milliseconds) are not counted. */
export function createStateFacts(refs: Refs, from: number) {
  const events: CapturedEvent[] = [];
  const alerts = new Map<number, AlertCount>();
  const accounts: Made[] = [];
  const keys: Made[] = [];
  const webhookHosts = new Set<string>();

  return {
    add(captured: CapturedRow): void {
      const { source, row } = captured;
      if (source === 'events') {
        const event = readAuditEvent(row);
        if (event) events.push({ event, account: captured.account, ref: refs.of(captured) });
      } else if (source === 'alerts') alert(captured);
      else if (source === 'accounts') accounts.push(madeFrom(captured));
      else if (source === 'keys') keys.push(madeFrom(captured));
      else if (source === 'numbers' || source === 'applications' || source === 'messaging-services')
        for (const field of [...webhookFields, ...serviceFields]) {
          const host = hostOf(textOf(row, field));
          if (host) webhookHosts.add(host);
        }
    },
    done: (): StateFacts => ({
      events: events.toSorted((a, b) => a.event.at - b.event.at),
      alerts,
      accounts,
      keys,
      webhookHosts,
    }),
  };

  function alert(captured: CapturedRow): void {
    const { row } = captured;
    const code = numberOf(row, 'error_code');
    const at = instantOf(row, 'date_generated') ?? instantOf(row, 'date_created');
    if (code === undefined || at === undefined || at < from) return;
    const known = alerts.get(code) ?? { count: 0, first: at, last: at, refs: [] };
    known.count += 1;
    known.first = Math.min(known.first, at);
    known.last = Math.max(known.last, at);
    if (known.refs.length < refsPerCode) known.refs.push(refs.of(captured));
    alerts.set(code, known);
  }

  function madeFrom(captured: CapturedRow): Made {
    const { row, account } = captured;
    return {
      sid: textOf(row, 'sid') ?? '',
      name: textOf(row, 'friendly_name') ?? '',
      account: captured.source === 'accounts' ? (textOf(row, 'sid') ?? account) : account,
      created: instantOf(row, 'date_created'),
      ref: refs.of(captured),
    };
  }
}
