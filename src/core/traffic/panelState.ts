import type { AccountSid } from '../model/sid.ts';
import { untrusted } from '../untrusted.ts';
import type { BeforeOffer } from './before.ts';
import { type Channel, channels } from './channel.ts';
import type { CountryOrBucket } from './country.ts';
import { comparisonOf } from './detected.ts';
import { logBegins } from './logBegins.ts';
import { type CountryDetail, countryDetail } from './panelDetail.ts';
import { type Headline, headlineOf } from './panelHeadline.ts';
import { type HeatRow, heatRows } from './panelHeat.ts';
import { accountName, panelRows, type TrafficRow } from './panelRows.ts';
import { hoursOf, type ShownSpan, type SpanChoice, spanOf } from './panelSpan.ts';
import { rankCountries } from './ranking.ts';
import { gapsOf, type TrafficProgress, type TrafficReport } from './report.ts';
import type { Window } from './window.ts';

/** Everything the traffic panel shows. Plain data, sent whole; times are epoch milliseconds, UTC. */
export interface TrafficState {
  readonly accounts: readonly { readonly sid: string; readonly name: string }[];
  /** The account counted; `null`: all of them. */
  readonly account: string | null;
  readonly window: { readonly from: number; readonly to: number } | null;
  /** The hours the rows are of. */
  readonly span: ShownSpan | null;
  readonly channel: Channel;
  /** What can be chosen; one that was not read yet is read when it is. */
  readonly channels: readonly Channel[];
  /** Reading again brings newer rows: they are of an account that is open, and age. */
  readonly live: boolean;
  /** The first row there is, where usual days before it are missing: epoch milliseconds. */
  readonly begins: number | null;
  /** Of the last 24 hours. */
  readonly headline: Headline | null;
  /** Which ready-made spans there are to choose from. */
  readonly spans: readonly ('day' | 'week' | 'incident')[];
  /** Set while an incident is open that can be written: figures can be added to it. */
  readonly incident: { readonly title: string; readonly window: Window | null } | null;
  /** Set while messages are being read. */
  readonly reading: TrafficProgress | null;
  /** The detector is at work, or days are read for it: what is flagged so far goes by medians. */
  readonly judging: boolean;
  /** What would let the detector judge what medians judge now: days to be read, and about how many requests and seconds that takes. */
  readonly offer: BeforeOffer | null;
  /** Why nothing (new) could be read, as a sentence. */
  readonly failure: string | null;
  /** What is missing in the rows, a sentence each. */
  readonly gaps: readonly string[];
  /** What `expected` is held against, as a sentence: days of history, or medians for want of them; empty without a report. */
  readonly comparison: string;
  readonly rows: readonly TrafficRow[];
  readonly heat: readonly HeatRow[];
  readonly selected: CountryDetail | null;
}

/** What a person chose in the panel, and the incident it is open beside. */
export interface Choice {
  readonly account: AccountSid | undefined;
  readonly country: CountryOrBucket | undefined;
  readonly channel?: Channel | undefined;
  /** See `TrafficState`. */
  readonly live?: boolean;
  readonly judging?: boolean;
  readonly offer?: BeforeOffer | undefined;
  readonly span?: SpanChoice | undefined;
  readonly incident?:
    | { readonly title: string; readonly window: Window | undefined; readonly writable: boolean }
    | undefined;
}

/**
 * Makes the function that makes the state. It keeps what it counted last, because a report does not change while progress is shown.
 * What was chosen and is not in the report falls back: to all accounts, to the first country, to the last 24 hours.
 */
export function createPanelState(): (
  report: TrafficReport | undefined,
  chosen: Choice,
  reading: TrafficProgress | undefined,
  failure: string | undefined,
) => TrafficState {
  const ranking = keepLast(rankCountries);
  const overview = keepLast((report: TrafficReport, account: AccountSid | undefined) => {
    const day = spanOf(report.window);
    const ranked = panelRows(report, account, day, ranking(report, account));
    return {
      gaps: gapsOf(tooLow(report)).map(inertSentence),
      heat: heatRows(report, ranked, account),
      headline: headlineOf(ranked, day.from),
      begins: logBegins(report) ?? beganLate(report),
      comparison: comparisonOf(report, account),
      ranked,
    };
  });
  const rowsOf = keepLast(
    (report: TrafficReport, account: AccountSid | undefined, first: number, end: number): readonly TrafficRow[] =>
      panelRows(report, account, { first, end }, ranking(report, account)),
  );
  const detailOf = keepLast(
    (
      report: TrafficReport,
      country: CountryOrBucket,
      account: AccountSid | undefined,
      first: number,
      end: number,
    ): CountryDetail => countryDetail(report, country, account, { first, end }),
  );

  return (messages, chosen, reading, failure) => {
    const offered = channelsOf(messages, chosen.live === true);
    const channel = offered.find((one) => one === chosen.channel) ?? 'sms';
    const report = channel === 'sms' ? messages : messages?.others?.[channel];
    const own = chosen.incident?.writable ? chosen.incident : undefined;
    const incident = own ? { title: inertName(own.title), window: own.window ?? null } : null;
    const shared = {
      reading: reading ?? null,
      failure: failure === undefined ? null : inertSentence(failure),
      incident,
      channel,
      channels: offered,
      live: chosen.live === true,
      judging: chosen.judging === true,
      offer: (chosen.judging !== true && chosen.offer) || null,
    };
    if (!report) return { ...nothing, ...shared };
    const account = report.accounts.find((one) => one.account === chosen.account)?.account;
    const { ranked, ...seen } = overview(report, account);
    const incidentWindow = chosen.incident?.window;
    const { first, end, ...span } = spanOf(report.window, chosen.span, incidentWindow);
    const rows = span.kind === 'day' ? ranked : rowsOf(report, account, first, end);
    const selected = (rows.find(({ country }) => country === chosen.country) ?? rows[0])?.country;
    return {
      ...shared,
      accounts: report.accounts.map((one) => ({ sid: one.account, name: accountName(one) })),
      account: account ?? null,
      window: report.window,
      span,
      spans: incidentWindow && hoursOf(report.window, incidentWindow) ? ['day', 'week', 'incident'] : ['day', 'week'],
      ...seen,
      ...(shared.judging && {
        comparison: 'Compared with the median of the 6 days before, until the detector has judged.',
      }),
      rows,
      selected: selected === undefined ? null : detailOf(report, selected, account, first, end),
    };
  };
}

const nothing: TrafficState = {
  accounts: [],
  account: null,
  window: null,
  span: null,
  channel: 'sms',
  channels: [],
  live: false,
  begins: null,
  headline: null,
  spans: [],
  incident: null,
  reading: null,
  judging: false,
  offer: null,
  failure: null,
  gaps: [],
  comparison: '',
  rows: [],
  heat: [],
  selected: null,
};

function channelsOf(messages: TrafficReport | undefined, live: boolean): readonly Channel[] {
  if (!messages) return [];
  return channels.filter((channel) => channel === 'sms' || live || messages.others?.[channel] !== undefined);
}

/** Calls it again only when an argument is another one. */
function keepLast<Arguments extends readonly unknown[], Result>(
  make: (...given: Arguments) => Result,
): (...given: Arguments) => Result {
  let last: { given: Arguments; result: Result } | undefined;
  return (...given) => {
    const known = last;
    if (known && given.every((one, i) => one === known.given[i])) return known.result;
    const result = make(...given);
    last = { given, result };
    return result;
  };
}

/** Without the accounts whose log only begins late: their counts are what was sent since, and when that began has its own place. */
function tooLow({ accounts, gaps }: TrafficReport): Pick<TrafficReport, 'accounts' | 'gaps'> {
  return { gaps, accounts: accounts.filter(({ missingBefore }) => missingBefore === undefined) };
}

function beganLate({ accounts }: TrafficReport): number | null {
  const begun = accounts.flatMap(({ missingBefore }) => missingBefore ?? []);
  return begun.length > 0 ? Math.min(...begun) : null;
}

function inertName(text: string): string {
  return untrusted(text).for('label');
}

/** A panel draws plain text, in which no link forms: ASCII brackets will do there, and every font has them. */
function inertSentence(text: string): string {
  return untrusted(text).for('toast').replaceAll('［', '[').replaceAll('］', ']');
}
