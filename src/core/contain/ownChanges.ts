import { isProven } from '../evidence/seal.ts';
import { span } from '../model/age.ts';
import type { AuditEvent, Change } from '../model/auditEvent.ts';
import { instantOf, type JsonObject, objectOf, textOf } from '../model/json.ts';
import { type OwnKeys, ownKeysIn } from './ownKeys.ts';
import { webhookNames } from './webhooks.ts';

/** A change that was made with this extension and read back. Times are epoch milliseconds: from its intent to its outcome. Plain data. */
export interface OwnChange {
  readonly action: string;
  readonly account: string;
  /** What it was done to, as the journal names it: `PN…`, `AC… SMS RU`. */
  readonly target: string;
  readonly from: number;
  readonly to: number;
  /** What was read back, by the names the lever has for it. */
  readonly after: Readonly<Record<string, string>>;
}

/** What was done with this extension, by records that were sealed here. Plain data. */
export interface Own {
  readonly keys: OwnKeys;
  readonly changes: readonly OwnChange[];
}

/** What these journal records say was done with this extension. */
export function ownIn(records: readonly JsonObject[]): Own {
  return { keys: ownKeysIn(records), changes: ownChangesIn(records) };
}

/** Clocks differ, and Twilio's log counts in seconds. */
const slack = span.minute;

/**
 * What the outcomes of these journal records say was done and read back. Records that this computer did not seal count for nothing, nor does what was settled later
 * by reading: somebody else may have done it.
 */
export function ownChangesIn(records: readonly JsonObject[]): readonly OwnChange[] {
  const begun = new Map<string, number>();
  return records.filter(isProven).flatMap((record) => {
    const [type, action, account, target] = ['type', 'action', 'account', 'target'].map((name) => textOf(record, name));
    const at = instantOf(record, 'at');
    if (action === undefined || account === undefined || target === undefined || at === undefined) return [];
    const key = JSON.stringify([record['plan'], target]);
    if (type === 'intent' && !begun.has(key)) begun.set(key, at);
    const from = begun.get(key);
    if (type !== 'outcome' || record['result'] !== 'done' || record['observed'] === true || from === undefined)
      return [];
    return [{ action, account, target, from, to: at, after: textsIn(objectOf(record, 'after')) }];
  });
}

/**
 * The SIDs of those audit events that are one's own changes without doubt: by API, of what was changed, to what was read back, within a minute of the change, and the
 * only one of its kind. Where two events fit, somebody else may have made one of them, and both stay what they are.
 */
export function ownEvents(
  events: readonly { readonly event: AuditEvent; readonly account: string }[],
  changes: readonly OwnChange[],
): ReadonlySet<string> {
  const byApi = changes.length === 0 ? [] : events.filter(({ event }) => event.source === 'api');
  return new Set(
    changes.flatMap((change) => {
      const near = byApi.filter(
        ({ event: { at }, account }) =>
          account === change.account && at >= change.from - slack && at <= change.to + slack,
      );
      return kindsOf(change).flatMap((fits) => {
        const fitting = near.filter(({ event }) => fits(event));
        return fitting.length === 1 ? fitting.map(({ event }) => event.sid) : [];
      });
    }),
  );
}

type Fits = (event: AuditEvent) => boolean;

/** The events a change leaves behind, each told by what it must be. None where the audit log does not tell one change from another. */
function kindsOf({ action, target, after }: OwnChange): readonly Fits[] {
  const iso = target.split(' ').at(-1) ?? '';
  switch (action) {
    case 'rotateAuthToken':
      return ['secondary-created', 'promoted'].map(
        (what): Fits =>
          ({ type }) =>
            type === `account-auth-token.${what}`,
      );
    case 'closeSmsCountry':
      return [ofCountry('sms', iso, isClosing)];
    case 'openSmsCountry':
      return [ofCountry('sms', iso, isOpening)];
    case 'closeVoiceCountry':
      return [ofCountry('voice', iso, isClosing)];
    case 'clearWebhooks':
    case 'resetWebhooks':
      return [
        ({ type, resourceSid, changes }) =>
          type === 'phone-number.updated' &&
          resourceSid === target &&
          changes.length > 0 &&
          changes.every(({ property, updated }) => after[webhookNames.get(property) ?? ''] === updated),
      ];
    default:
      return [];
  }
}

function ofCountry(channel: 'sms' | 'voice', iso: string, meant: (updated: string) => boolean): Fits {
  return ({ type, changes }) => {
    const [change, ...others] = changes;
    return (
      type === `${channel}-geographic-permissions.updated` &&
      change !== undefined &&
      others.length === 0 &&
      names(change, iso) &&
      meant(change.updated)
    );
  };
}

/** `country_RU`, `RU.enabled`, `RU`. */
function names({ property }: Change, iso: string): boolean {
  return property.split(/[^A-Za-z]+/).includes(iso);
}

const yes = /\b(?:true|enabled)\b/i;
const no = /\b(?:false|disabled)\b/i;

function isClosing(updated: string): boolean {
  return no.test(updated) && !yes.test(updated);
}

function isOpening(updated: string): boolean {
  return yes.test(updated) && !no.test(updated);
}

function textsIn(state: JsonObject | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(state ?? {}).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
}
