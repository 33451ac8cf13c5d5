import { type JsonObject, objectOf, textOf } from '../../model/json.ts';
import { type Column, column, derived, type End } from './column.ts';

/** The sources that are exported as tables: the log sources, whose rows have a time. */
export const tableSources = ['messages', 'calls', 'attempts', 'events', 'alerts', 'usage'] as const;
export type TableSource = (typeof tableSources)[number];

/** One table: its columns in order, named as Twilio's fields. Those of `provenance` and `rest` follow in every table. */
export interface Table {
  readonly source: TableSource;
  readonly columns: readonly Column[];
  /** Which columns say when a row happened, the first that has a value counts; and what happened then. */
  readonly times: readonly (readonly [column: string, what: string])[];
  /** Whose number is ours; the other is a third party's. Unknown: both are treated as third parties'. */
  ours?(row: JsonObject): End | undefined;
  /** The address whose country and block are told. */
  party?(row: JsonObject): string | undefined;
}

const sid = column('sid', 'text', 'SID of the record');
const account = column('account_sid', 'text', 'Account it belongs to');
const created = column('date_created', 'instant', 'When it was created');
const updated = column('date_updated', 'instant', 'When it last changed');
const place = [
  derived(
    'country',
    'text',
    'Country of the other end’s number, ISO 3166-1 alpha-2, or 001, short-code, alphanumeric, unknown',
  ),
  derived('number_block', 'address', 'The 10,000 numbers the other end’s lies in: +7958111xxxx'),
];
const price = [
  column('price', 'double', 'As Twilio gives it: what was charged is negative; empty until rated', {
    unit: 'price_unit',
  }),
  column('price_unit', 'text', 'Currency, ISO 4217'),
];
const address = (name: string, end: End, about: string) => column(name, 'address', about, { end });
const outbound = (row: JsonObject) => textOf(row, 'direction')?.startsWith('outbound') === true;
const inbound = (row: JsonObject) => textOf(row, 'direction') === 'inbound';

/** Fields: https://www.twilio.com/docs/messaging/api/message-resource */
const messages: Table = {
  source: 'messages',
  columns: [
    sid,
    account,
    column('date_sent', 'instant', 'When it was sent; empty if it never was'),
    created,
    updated,
    column('direction', 'text', 'inbound, outbound-api, outbound-call, outbound-reply'),
    address('from', 'from', 'Sender'),
    address('to', 'to', 'Recipient'),
    ...place,
    column('status', 'text', 'Last known status'),
    column('error_code', 'int32', 'Twilio’s error code'),
    column('error_message', 'text', 'Its text'),
    column('num_segments', 'int32', 'Segments that are charged'),
    column('num_media', 'int32', 'Attached media'),
    ...price,
    column('messaging_service_sid', 'text', 'Messaging Service it was sent with'),
    column('body', 'text', 'Text, as far as it was kept'),
  ],
  times: [
    ['date_sent', 'Message sent'],
    ['date_created', 'Message created'],
  ],
  ours: (row) => (outbound(row) ? 'from' : inbound(row) ? 'to' : undefined),
  party: (row) => textOf(row, inbound(row) ? 'from' : 'to'),
};

/** Fields: https://www.twilio.com/docs/voice/api/call-resource. A dialled leg can carry a third party's caller id, so both ends are one's own only where the API or a caller made the call. */
const calls: Table = {
  source: 'calls',
  columns: [
    sid,
    account,
    column('parent_call_sid', 'text', 'Call that this one is a leg of'),
    column('start_time', 'instant', 'When it was answered or began'),
    column('end_time', 'instant', 'When it ended'),
    created,
    updated,
    column('direction', 'text', 'inbound, outbound-api, outbound-dial, trunking-…'),
    address('from', 'from', 'Caller'),
    address('to', 'to', 'Callee'),
    ...place,
    column('status', 'text', 'Last known status'),
    column('duration', 'int32', 'Length', { unit: 's' }),
    column('queue_time', 'int32', 'Waited before it was placed', { unit: 'ms' }),
    ...price,
    column('answered_by', 'text', 'human, machine_start, … where it was asked for'),
    column('forwarded_from', 'address', 'Number that forwarded it'),
    column('phone_number_sid', 'text', 'Own number'),
    column('trunk_sid', 'text', 'SIP trunk'),
  ],
  times: [
    ['start_time', 'Call started'],
    ['date_created', 'Call created'],
  ],
  ours: (row) => (textOf(row, 'direction') === 'outbound-api' ? 'from' : inbound(row) ? 'to' : undefined),
  party: (row) => textOf(row, inbound(row) ? 'from' : 'to'),
};

/** Fields: https://www.twilio.com/docs/verify/api/list-verification-attempts */
const attempts: Table = {
  source: 'attempts',
  columns: [
    sid,
    account,
    column('service_sid', 'text', 'Verify Service'),
    column('verification_sid', 'text', 'Verification it belongs to'),
    created,
    updated,
    column('channel', 'text', 'sms, call, email, whatsapp, rbm'),
    column('conversion_status', 'text', 'converted, unconverted'),
    column('to', 'address', 'Recipient', { path: ['channel_data', 'to'], end: 'to' }),
    ...place,
    column('message_status', 'text', 'Last known status of the message', { path: ['channel_data', 'message_status'] }),
    column('error_code', 'int32', 'Twilio’s error code', { path: ['channel_data', 'error_code'] }),
    column('mcc', 'text', 'Mobile country code', { path: ['channel_data', 'mcc'] }),
    column('mnc', 'text', 'Mobile network code', { path: ['channel_data', 'mnc'] }),
    column('carrier', 'text', 'Carrier', { path: ['channel_data', 'carrier'] }),
    column('price', 'double', 'As Twilio gives it', { path: ['price', 'value'], unit: 'price_unit' }),
    column('price_unit', 'text', 'Currency, ISO 4217', { path: ['price', 'currency'] }),
  ],
  times: [['date_created', 'Verification attempted']],
  party: (row) => textOf(objectOf(row, 'channel_data') ?? {}, 'to'),
};

/** Fields: https://www.twilio.com/docs/usage/monitor-events */
const events: Table = {
  source: 'events',
  columns: [
    sid,
    account,
    column('event_date', 'instant', 'When it happened'),
    column('event_type', 'text', 'What happened'),
    column('description', 'text', 'In Twilio’s words'),
    column('actor_sid', 'text', 'Who did it'),
    column('actor_type', 'text', 'account, user, twilio-admin'),
    column('source', 'text', 'web: the Console, api: a credential, twilio: Twilio'),
    column('source_ip_address', 'text', 'From where'),
    column('resource_sid', 'text', 'What it was done to'),
    column('resource_type', 'text', 'What that is'),
    column('event_data', 'json', 'What was changed'),
  ],
  times: [['event_date', 'Audit event']],
};

/** Fields: https://www.twilio.com/docs/usage/monitor-alert */
const alerts: Table = {
  source: 'alerts',
  columns: [
    sid,
    account,
    column('date_generated', 'instant', 'When it happened'),
    created,
    updated,
    column('error_code', 'int32', 'Twilio’s error code'),
    column('log_level', 'text', 'error, warning, notice, debug'),
    column('resource_sid', 'text', 'What it is about'),
    column('service_sid', 'text', 'Service it is about'),
    column('request_method', 'text', 'HTTP method of the request that failed'),
    column('request_url', 'text', 'Its URL'),
    column('alert_text', 'text', 'In Twilio’s words'),
  ],
  times: [
    ['date_generated', 'Alert raised'],
    ['date_created', 'Alert created'],
  ],
};

/** Fields: https://www.twilio.com/docs/usage/api/usage-record. Records of a main account can include those of its subaccounts. */
const usage: Table = {
  source: 'usage',
  columns: [
    account,
    column('category', 'text', 'What was used'),
    column('start_date', 'instant', 'First day'),
    column('end_date', 'instant', 'Last day'),
    column('as_of', 'instant', 'When it was counted'),
    column('count', 'double', 'How often', { unit: 'count_unit' }),
    column('count_unit', 'text', 'What `count` counts'),
    column('usage', 'double', 'How much', { unit: 'usage_unit' }),
    column('usage_unit', 'text', 'What `usage` measures'),
    ...price,
    column('description', 'text', 'In Twilio’s words'),
  ],
  times: [['start_date', 'Usage began to be counted']],
};

export const tables: { readonly [S in TableSource]: Table } = { messages, calls, attempts, events, alerts, usage };

/** At the end of every table: the id of the piece of evidence, and what has no column or does not fit into it. */
export const provenance: readonly Column[] = [
  derived('capture_file', 'text', 'File of evidence the row is in'),
  derived('capture_line', 'int32', 'Line in it, from 1'),
];
export const rest = derived('rest', 'json', 'Fields without a column, and values that do not fit into theirs');

/** All columns of a table, in order. */
export function columnsOf({ columns }: Table): readonly Column[] {
  return [...columns, ...provenance, rest];
}
