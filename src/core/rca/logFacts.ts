import type { Severity } from '../accounts/nodeKind.ts';
import { throwIfCancelled } from '../cancellation.ts';
import type { CapturedRow } from '../evidence/evidenceStore.ts';
import type { SourceId } from '../evidence/source.ts';
import { readAuditEvent } from '../model/auditEvent.ts';
import { fraudCodes } from '../model/fraudCodes.ts';
import { instantOf, numberOf, textOf } from '../model/json.ts';
import { securityMeaning } from '../model/securityEvents.ts';
import type { Cancellation } from '../ports.ts';
import { type AddressStanding, createAddressHistory } from './addressHistory.ts';
import { type CallFacts, createCallCounts } from './callFacts.ts';

/** The sources these facts are read from; messages are counted elsewhere, from an index. */
export const logSources: readonly SourceId[] = ['events', 'alerts', 'attempts', 'calls'];

/** A security event. All texts but `title` are hostile. */
export interface EventFact {
  readonly sid?: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly type: string;
  /** Our own words for it. */
  readonly title: string;
  readonly level: Severity;
  readonly account: string;
  readonly description: string;
  /** `web` is the Console, `api` a credential. */
  readonly source: string;
  readonly ip: string;
  /** Whether the log knew the address before; absent when it cannot say. */
  readonly address?: AddressStanding;
  /** SID of who did it. */
  readonly actor?: string;
  readonly resource: string;
  readonly citations: readonly string[];
}

/** How often an error code was reported. */
export interface CodeFact {
  readonly code: number;
  readonly count: number;
  /** Epoch milliseconds. */
  readonly first: number;
  readonly last: number;
  readonly citations: readonly string[];
}

/** Verify attempts, and those whose code was entered. */
export interface Conversions {
  readonly attempts: number;
  readonly converted: number;
}

export interface LogFacts {
  /** Oldest first. */
  readonly events: readonly EventFact[];
  /** Starred events before or after the window, oldest first. */
  readonly starredOutside?: readonly EventFact[];
  /** Most often first; only codes that speak of fraud. */
  readonly codes: readonly CodeFact[];
  /** Before the onset and from it on; absent when there were no attempts. */
  readonly conversions?: {
    readonly before: Conversions;
    readonly since: Conversions;
    readonly citations: readonly string[];
  };
  readonly calls?: CallFacts;
}

/** Epoch milliseconds; `onset`: when the attack began, where that is known. */
export interface LogScope {
  readonly window: { readonly from: number; readonly to: number };
  readonly onset?: number;
  /** Whether the event of this SID was starred. */
  readonly isStarred?: (sid: string) => boolean;
  /** `E3` of a capture's file. */
  readonly idOf: (file: string) => string | undefined;
  readonly cancel?: Cancellation;
}

/** Reads rows of `logSources`, each thing once. What lies outside the window is not counted. Throws `Cancelled`. */
export async function readLogFacts(
  rows: AsyncIterable<CapturedRow> | Iterable<CapturedRow>,
  scope: LogScope,
): Promise<LogFacts> {
  const { window, onset, idOf, isStarred, cancel } = scope;
  const events: EventFact[] = [];
  const outside: EventFact[] = [];
  const codes = new Map<number, { count: number; first: number; last: number; citations: string[] }>();
  const before = { attempts: 0, converted: 0 };
  const since = { attempts: 0, converted: 0 };
  const attemptFiles = new Set<string>();
  const calls = createCallCounts();
  const addresses = createAddressHistory();
  const within = (at: number | undefined): at is number => at !== undefined && at >= window.from && at <= window.to;
  for await (const captured of rows) {
    throwIfCancelled(cancel);
    const { source, row, account, file, line } = captured;
    const id = idOf(file);
    const cite = id === undefined ? [] : [`${id}:${line}`];
    if (source === 'events') {
      const event = readAuditEvent(row);
      // Everyday events tell where people usually work, those before the window as well.
      if (event && event.at <= window.to) addresses.see(event.ip, event.at);
      const meaning = event && securityMeaning(event.type);
      if (!meaning) continue;
      const { sid, at, type, description, ip, resourceSid: resource } = event;
      const list = within(at) ? events : isStarred?.(sid) ? outside : undefined;
      if (!list) continue;
      const { title, level } = meaning;
      list.push({
        sid,
        at,
        type,
        title,
        level,
        account,
        description,
        source: event.source,
        ip,
        ...(event.actorSid && { actor: event.actorSid }),
        resource,
        citations: cite,
      });
    } else if (source === 'alerts') {
      const code = numberOf(row, 'error_code');
      const at = instantOf(row, 'date_generated') ?? instantOf(row, 'date_created');
      if (code === undefined || !fraudCodes.has(code) || !within(at)) continue;
      const known = codes.get(code) ?? { count: 0, first: at, last: at, citations: cite };
      known.count += 1;
      known.first = Math.min(known.first, at);
      known.last = Math.max(known.last, at);
      codes.set(code, known);
    } else if (source === 'attempts') {
      const at = instantOf(row, 'date_created');
      if (!within(at)) continue;
      const part = onset !== undefined && at >= onset ? since : before;
      part.attempts += 1;
      if (textOf(row, 'conversion_status')?.toLowerCase() === 'converted') part.converted += 1;
      if (id !== undefined) attemptFiles.add(id);
    } else if (source === 'calls') {
      const at = instantOf(row, 'start_time') ?? instantOf(row, 'date_created');
      if (within(at)) calls.add(row, at, id);
    }
  }
  const attempts = before.attempts + since.attempts;
  const counted = calls.done();
  const known = (event: EventFact): EventFact => {
    const address = addresses.standing(event.ip, onset);
    return address ? { ...event, address } : event;
  };
  return {
    events: events.map(known).toSorted((one, other) => one.at - other.at),
    ...(outside.length > 0 && { starredOutside: outside.toSorted((one, other) => one.at - other.at) }),
    codes: [...codes].map(([code, fact]) => ({ code, ...fact })).toSorted((one, other) => other.count - one.count),
    ...(attempts > 0 && { conversions: { before, since, citations: [...attemptFiles] } }),
    ...(counted && { calls: counted }),
  };
}
