import type { CapturedRow } from '../evidence/evidenceStore.ts';
import type { HeldCapture } from '../evidence/heldCaptures.ts';
import type { SourceId } from '../evidence/source.ts';
import { holds, merged, secondsIn } from '../evidence/windows.ts';
import { span } from '../model/age.ts';
import { windowText } from '../model/incidentWindow.ts';
import { instantOf, type JsonObject, objectOf, textOf } from '../model/json.ts';
import type { Window } from '../traffic/window.ts';
import type { TwilioRequest } from '../twilio/request.ts';

/** What captures say where Twilio would be asked, and what that rests on, as the end of a sentence. */
export interface CapturedAnswer {
  readonly rows: readonly JsonObject[];
  readonly basis: string;
}

/** Answers a read from captures; `undefined` where they do not cover it. */
export type CapturedAnswers = (request: TwilioRequest) => CapturedAnswer | undefined;

export interface CapturesParts {
  readonly held: readonly Pick<HeldCapture, 'capture'>[];
  /** Throws `UserError` when a file cannot be used. */
  readonly rows: (sources: readonly SourceId[]) => AsyncIterable<CapturedRow>;
  /** Epoch milliseconds. */
  readonly now: number;
  /** True when there is no more time: who contains does not wait for evidence to be read through. */
  readonly isOver: () => boolean;
}

interface Question {
  readonly source: SourceId;
  readonly window: Window;
  matches(row: JsonObject): boolean;
  at(row: JsonObject): number | undefined;
}

/** What is held back for one answer at most; a country with more is counted by what Twilio gives. */
const mostRows = 200_000;
/** Evidence that ends earlier tells too little of what goes on. */
const fresh = span.day;

/**
 * Reads through the captures once for all these reads. Only what they cover completely for a day or more (security events: all that
 * Twilio keeps), up to the last 24 hours, is answered: elsewhere Twilio is asked. Nothing is answered when time is over before the end.
 */
export async function answersFrom(
  requests: readonly TwilioRequest[],
  { held, rows, now, isOver }: CapturesParts,
): Promise<CapturedAnswers> {
  const asked = new Map<string, { readonly question: Question; readonly found: Map<string, JsonObject> }>();
  for (const request of requests) {
    const question = questionOf(request, held, now);
    if (question) asked.set(keyOf(request), { question, found: new Map() });
  }
  const byPlace = Map.groupBy([...asked], ([, { question }]) => question.source);
  if (byPlace.size > 0)
    for await (const { source, account, row } of rows([...byPlace.keys()])) {
      if (isOver()) return () => undefined;
      for (const [key, { question, found }] of byPlace.get(source) ?? []) {
        const at = question.at(row);
        if (!key.startsWith(account) || at === undefined || !holds(question.window, at) || !question.matches(row))
          continue;
        // Captured again it is the same thing; the last state counts.
        found.set(textOf(row, 'sid') ?? String(found.size), row);
        if (found.size > mostRows) asked.delete(key);
      }
    }
  return (request) => {
    const answer = asked.get(keyOf(request));
    if (!answer) return undefined;
    const { question, found } = answer;
    return { rows: [...found.values()], basis: `${windowText(question.window)} UTC, in the evidence of this incident` };
  };
}

function keyOf({ account, operation, query }: TwilioRequest): string {
  return `${account} ${operation} ${JSON.stringify(query ?? {})}`;
}

/** What a read asks for, where captures can say it: reads with any other filter are left to Twilio. */
function questionOf(
  { account, operation, query = {} }: TwilioRequest,
  held: CapturesParts['held'],
  now: number,
): Question | undefined {
  const kind = kinds[operation];
  if (!kind || Object.keys(query).some((name) => !Object.hasOwn(kind.filters, name))) return undefined;
  const window = covered(kind, account, held, now);
  if (!window) return undefined;
  const filters = Object.entries(query).map(([name, value]) => [kind.filters[name], String(value)] as const);
  return {
    source: kind.source,
    window,
    at: kind.at,
    matches: (row) => filters.every(([filter, value]) => filter?.(row, value) ?? true),
  };
}

type Filter = (row: JsonObject, value: string) => boolean;
interface Kind {
  readonly source: SourceId;
  /** Milliseconds that must be covered, a day unless told. */
  readonly least?: number;
  readonly at: Question['at'];
  readonly filters: Readonly<Record<string, Filter>>;
}

const since: Filter = () => true; // The window that is covered decides, and is told.
const to: Filter = (row, value) => (textOf(row, 'to') ?? '').startsWith(value.replace(/\*$/, ''));

const kinds: Readonly<Partial<Record<TwilioRequest['operation'], Kind>>> = {
  listMessages: {
    source: 'messages',
    at: (row) => instantOf(row, 'date_sent') ?? instantOf(row, 'date_created'),
    filters: { 'DateSent>': since, To: to },
  },
  listCalls: {
    source: 'calls',
    at: (row) => instantOf(row, 'start_time') ?? instantOf(row, 'date_created'),
    filters: { 'StartTime>': since, To: to },
  },
  listVerifyAttempts: {
    source: 'attempts',
    at: (row) => instantOf(row, 'date_created'),
    filters: {
      DateCreatedAfter: since,
      Country: (row, value) => textOf(objectOf(row, 'channel_data') ?? {}, 'country') === value,
      VerifyServiceSid: (row, value) => textOf(row, 'service_sid') === value,
    },
  },
  listEvents: {
    source: 'events',
    // Twilio tells of 30 days: less would hide who made a key.
    least: 29 * span.day,
    at: (row) => instantOf(row, 'event_date'),
    filters: { ResourceSid: (row, value) => textOf(row, 'resource_sid') === value },
  },
};

/** The newest stretch that is held without gaps. */
function covered(
  { source, least = span.day }: Kind,
  account: string,
  held: CapturesParts['held'],
  now: number,
): Window | undefined {
  const windows = held
    .filter(({ capture }) => capture.source === source)
    .flatMap(({ capture }) => capture.slices)
    .filter((slice) => slice.account === account && slice.complete)
    .flatMap(({ window }) => window ?? []);
  const newest = merged(windows).at(-1);
  if (!newest || newest.to < now - fresh || secondsIn(newest) * 1000 < least) return undefined;
  return newest;
}
