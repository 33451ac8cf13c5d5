import { type AccountSid, shortSid } from '../model/sid.ts';
import { untrusted } from '../untrusted.ts';
import type { CountryOrBucket } from './country.ts';
import type { Flag } from './flags.ts';
import { type HourlyTraffic, hourly, type RankedCountry, rankCountries } from './ranking.ts';
import { gapsOf, type TrafficProgress, type TrafficReport } from './report.ts';
import type { Money } from './table.ts';

/** Everything the traffic panel shows. Plain data, sent whole; times are epoch milliseconds, UTC. */
export interface TrafficState {
  readonly accounts: readonly { readonly sid: string; readonly name: string }[];
  /** The account counted; `null`: all of them. */
  readonly account: string | null;
  readonly window: { readonly from: number; readonly to: number } | null;
  /** Set while messages are being read. */
  readonly reading: TrafficProgress | null;
  /** Why nothing (new) could be read, as a sentence. */
  readonly failure: string | null;
  /** What is missing in the rows, a sentence each. */
  readonly gaps: readonly string[];
  readonly rows: readonly TrafficRow[];
  readonly selected: (HourlyTraffic & { readonly country: CountryOrBucket }) | null;
}

/** A country's last 24 hours, beside its usual day and its week. */
interface TrafficRow {
  readonly country: CountryOrBucket;
  readonly name: string;
  readonly flag: Flag | null;
  readonly sentence: string;
  readonly observed: number;
  readonly expected: number;
  readonly excess: number;
  readonly blocked: number;
  readonly delivered: number;
  readonly cost: readonly Money[];
  /** Messages that are not in `cost` yet. */
  readonly unpriced: number;
  /** Messages in the whole window. */
  readonly week: number;
}

/** What a person chose in the panel. */
export interface Choice {
  readonly account: AccountSid | undefined;
  readonly country: CountryOrBucket | undefined;
}

/**
 * Makes the function that makes the state. It keeps the ranking it made last, because a report does not change while progress is shown.
 * What was chosen and is not in the report falls back: to all accounts, to the first country.
 */
export function createPanelState(): (
  report: TrafficReport | undefined,
  chosen: Choice,
  reading: TrafficProgress | undefined,
  failure: string | undefined,
) => TrafficState {
  let last: { report: TrafficReport; account: AccountSid | undefined; view: RankedView } | undefined;

  function viewOf(report: TrafficReport, account: AccountSid | undefined): RankedView {
    if (last?.report !== report || last.account !== account) last = { report, account, view: rank(report, account) };
    return last.view;
  }

  return (report, chosen, reading, failure) => {
    const shared = { reading: reading ?? null, failure: failure === undefined ? null : inertSentence(failure) };
    if (!report) return { ...shared, accounts: [], account: null, window: null, gaps: [], rows: [], selected: null };
    const account = report.accounts.find((one) => one.account === chosen.account)?.account;
    const { rows, ...view } = viewOf(report, account);
    const selected = (rows.find(({ country }) => country === chosen.country) ?? rows[0])?.country;
    return {
      ...shared,
      ...view,
      account: account ?? null,
      window: report.window,
      rows,
      selected: selected === undefined ? null : { country: selected, ...hourly(report, selected, account) },
    };
  };
}

type RankedView = Pick<TrafficState, 'accounts' | 'gaps' | 'rows'>;

function rank(report: TrafficReport, account: AccountSid | undefined): RankedView {
  return {
    accounts: report.accounts.map((one) => ({ sid: one.account, name: inertName(one.name) || shortSid(one.account) })),
    gaps: gapsOf(report).map(inertSentence),
    rows: rankCountries(report, account).map(rowOf),
  };
}

function rowOf({
  country,
  name,
  flag,
  sentence,
  observed,
  expected,
  excess,
  lastDay,
  window,
}: RankedCountry): TrafficRow {
  const { pumpingBlocked, guardBlocked, delivered, cost, unpriced } = lastDay;
  const blocked = pumpingBlocked + guardBlocked;
  const counts = { observed, expected, excess, blocked, delivered, unpriced, week: window.messages };
  return { country, name, flag: flag ?? null, sentence, cost, ...counts };
}

/** The page writes text only as text; this also shows what is invisible in it and cuts what is endless. */
function inertName(text: string): string {
  return untrusted(text).for('label');
}

function inertSentence(text: string): string {
  return untrusted(text).for('toast');
}
