import type { CapturedRow } from '../../../src/core/evidence/evidenceStore.ts';
import type { SourceId } from '../../../src/core/evidence/source.ts';
import type { JsonObject } from '../../../src/core/model/json.ts';
import { accountSid } from '../../../src/core/model/sid.ts';
import { signals } from '../../../src/core/signalRegistry.ts';
import type { SignalId, SignalResult } from '../../../src/core/validate/signal.ts';
import { type ValidateInput, validate, validatedSources } from '../../../src/core/validate/validate.ts';

export const now = Date.parse('2026-11-21T12:00:00Z');
export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
export const account = sid('AC', 1);

/** `SM` and a number in 32 digits. */
export function sid(prefix: string, number: number): string {
  return `${prefix}${number.toString(16).padStart(32, '0')}`;
}

let made = 0;

/** A row as it lies in a capture; each has a line of its own. */
export function captured(source: SourceId, row: JsonObject, of = account): CapturedRow {
  const owner = accountSid(of);
  if (!owner) throw new Error(`${of} is no account`);
  made += 1;
  return { source, account: owner, row, file: `evidence/${source}-0001.jsonl.gz`, line: made };
}

export function message(at: number, to: string, row: JsonObject = {}): CapturedRow {
  made += 1;
  const common = {
    sid: sid('SM', made),
    direction: 'outbound-api',
    status: 'delivered',
    from: '+15005550006',
    body: 'Your order has left.',
  };
  return captured('messages', {
    ...common,
    to,
    price: '-0.0079',
    price_unit: 'USD',
    date_created: iso(at),
    date_sent: iso(at),
    ...row,
  });
}

export function call(at: number, to: string, seconds: number, row: JsonObject = {}): CapturedRow {
  made += 1;
  const common = { sid: sid('CA', made), direction: 'outbound-api', status: 'completed', from: '+15005550006' };
  return captured('calls', {
    ...common,
    to,
    duration: String(seconds),
    start_time: iso(at),
    price: '-0.0140',
    price_unit: 'USD',
    ...row,
  });
}

export function attempt(at: number, to: string, converted: boolean, row: JsonObject = {}): CapturedRow {
  made += 1;
  const status = converted ? 'converted' : 'unconverted';
  return captured('attempts', {
    sid: sid('VL', made),
    date_created: iso(at),
    conversion_status: status,
    channel: 'sms',
    channel_data: { to, message_status: 'delivered' },
    ...row,
  });
}

/** An event of the audit log; a Console login of a colleague unless told otherwise. */
export function event(at: number, row: JsonObject = {}): CapturedRow {
  made += 1;
  const common = { event_type: 'user-session.created', actor_sid: sid('US', 1), actor_type: 'user', source: 'web' };
  return captured('events', {
    sid: sid('AE', made),
    event_date: iso(at),
    source_ip_address: '198.51.100.24',
    resource_sid: sid('US', 1),
    description: 'Dana signed in',
    ...common,
    ...row,
  });
}

/** A login of a colleague on each of the days before. */
export function colleagues(days = 20): readonly CapturedRow[] {
  return Array.from({ length: days }, (_, i) => event(now - (days - i) * day));
}

/** What every indicator says of these rows, as if all sources had been read. */
export async function judge(
  rows: readonly CapturedRow[],
  read: readonly SourceId[] = validatedSources,
  partial: readonly SourceId[] = [],
  from?: number,
  own?: ValidateInput['own'],
) {
  const [{ account: of }] = [captured('events', {})];
  const coverage = validatedSources.map((source) => {
    const held = partial.includes(source) ? 'partial' : read.includes(source) ? 'complete' : 'not collected';
    return {
      source,
      account: of,
      state: held,
      why: held === 'complete' ? [] : ['It has not been collected.'],
    } as const;
  });
  const validation = await validate({
    signals,
    rows: () => list(rows),
    coverage,
    now,
    ...(from !== undefined && { from }),
    ...(own && { own }),
  });
  const results = Object.fromEntries(validation.judged.map(({ signal, result }) => [signal.id, result]));
  const resultOf = (id: SignalId): SignalResult => {
    const result = results[id];
    if (!result) throw new Error(`${id} was not judged`);
    return result;
  };
  return { ...validation, of: resultOf };
}

/** `hit critical`, `clean`. */
export function told({ state, severity }: SignalResult): string {
  return severity ? `${state} ${severity}` : state;
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

async function* list<Row>(rows: readonly Row[]): AsyncGenerator<Row> {
  yield* rows;
}
