import { UserError } from '../errors.ts';
import { untrusted } from '../untrusted.ts';
import { instantOf, isObject, type Json, type JsonObject, numberOf, objectOf, objectsOf, textOf } from './json.ts';
import { type AccountSid, accountSid } from './sid.ts';

/** The format of `incident.json` this version writes. */
export const incidentFormat = 1;

const statuses = ['open', 'contained', 'closed'] as const;
export type IncidentStatus = (typeof statuses)[number];

/** What it is, in the words of Twilio's fraud guide. */
export const incidentTypes = {
  'sms-pumping': 'SMS pumping',
  'toll-fraud': 'Toll fraud',
  'account-takeover': 'Account takeover',
  smishing: 'Smishing or vishing',
} as const;
export type IncidentType = keyof typeof incidentTypes;

/** What `incident.json` says. Times are epoch milliseconds, UTC; the file holds them as ISO 8601. */
export interface Incident {
  readonly id: string;
  readonly title: string;
  /** Absent while it is not known. */
  readonly type?: IncidentType;
  readonly accounts: readonly { readonly sid: AccountSid; readonly name: string }[];
  readonly window: { readonly from: number; readonly to: number };
  readonly status: IncidentStatus;
  readonly created: number;
}

/** An incident of a later format is shown as far as it can be read and never written. */
export type OpenedIncident =
  | { readonly readOnly: false; readonly incident: Incident }
  | { readonly readOnly: true; readonly format: number; readonly title: string | undefined };

/**
 * The incident's folder below `incidents/`: `2026-11-21-sms-pumping`. The date is UTC. Different titles can give the same name:
 * the caller adds `-2` when the folder exists. Throws `UserError` when `created` is no instant.
 */
export function incidentFolderName(created: number, title: string): string {
  const date = new Date(created);
  if (Number.isNaN(date.getTime())) throw damaged('its time of creation is missing');
  return `${date.toISOString().slice(0, 10)}-${untrusted(title).for('fileName')}`;
}

/** What to write to `incident.json`. */
export function incidentToJson({ window, created, ...rest }: Incident): JsonObject {
  const iso = (instant: number) => new Date(instant).toISOString();
  return {
    format: incidentFormat,
    id: rest.id,
    title: rest.title,
    ...(rest.type && { type: rest.type }),
    accounts: rest.accounts.map(({ sid, name }) => ({ sid, name })),
    window: { from: iso(window.from), to: iso(window.to) },
    status: rest.status,
    created: iso(created),
  };
}

/**
 * Reads the parsed content of `incident.json`. Members it does not know are ignored; a member it needs that is missing or
 * wrong gives a `UserError` that names it.
 */
export function parseIncident(json: Json): OpenedIncident | UserError {
  if (!isObject(json)) return damaged('it is not a JSON object');
  const format = numberOf(json, 'format');
  const title = textOf(json, 'title');
  if (format === undefined || !Number.isInteger(format) || format < 1)
    return damaged('its "format" is missing or no version number');
  if (format > incidentFormat) return { readOnly: true, format, title };
  const id = textOf(json, 'id');
  const status = statuses.find((known) => known === textOf(json, 'status'));
  const created = instantOf(json, 'created');
  const window = windowOf(json);
  const accounts = accountsOf(json);
  if (!id) return damaged('its "id" is missing');
  if (title === undefined) return damaged('its "title" is missing');
  if (status === undefined) return damaged(`its "status" is none of ${statuses.join(', ')}`);
  if (created === undefined) return damaged('its "created" is no time');
  if (window === undefined) return damaged('its "window" has no "from" and "to", or ends before it starts');
  if (accounts === undefined) return damaged('its "accounts" do not all have an account SID and a name');
  const type = typeOf(json);
  return { readOnly: false, incident: { id, title, ...(type && { type }), accounts, window, status, created } };
}

/** A type this version does not know is no reason not to open the incident. */
function typeOf(json: JsonObject): IncidentType | undefined {
  const text = textOf(json, 'type');
  return text !== undefined && Object.hasOwn(incidentTypes, text) ? (text as IncidentType) : undefined;
}

function windowOf(json: JsonObject): Incident['window'] | undefined {
  const window = objectOf(json, 'window') ?? {};
  const from = instantOf(window, 'from');
  const to = instantOf(window, 'to');
  return from !== undefined && to !== undefined && from <= to ? { from, to } : undefined;
}

function accountsOf(json: JsonObject): Incident['accounts'] | undefined {
  const listed = Object.hasOwn(json, 'accounts') ? json['accounts'] : undefined;
  if (!Array.isArray(listed)) return undefined;
  const accounts = objectsOf(json, 'accounts').flatMap((account) => {
    const sid = accountSid(textOf(account, 'sid'));
    const name = textOf(account, 'name');
    return sid === undefined || name === undefined ? [] : [{ sid, name }];
  });
  return accounts.length === listed.length ? accounts : undefined;
}

function damaged(what: string): UserError {
  return new UserError(
    'bad-input',
    `incident.json cannot be used: ${what}. The incident's other files are untouched; restore incident.json from version control or create a new incident.`,
  );
}
