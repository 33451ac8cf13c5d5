import { runSteps } from '../runSteps.ts';
import { billedMinutes } from '../traffic/callLog.ts';
import { outcomes } from '../traffic/detect/rows.ts';
import { createDistinct } from '../traffic/distinct.ts';
import { isTollDestination } from './callParts.ts';
import type { Facts } from './facts.ts';
import { suspicion } from './suspects.ts';
import type { Judged } from './verdict.ts';

/** What one account sent, and how much of it is part of what was found. */
export interface AccountScope {
  readonly account: string;
  readonly messages: Extent;
  readonly attempts: Extent;
  readonly calls: Extent;
}

/** Outbound traffic of one kind in the evidence; `found` is the part that the indicators point at. */
export interface Extent {
  readonly count: number;
  readonly found: number;
  /** Begun minutes of calls that are part of it; 0 for what has none. */
  readonly minutes: number;
  /** What the found part cost, in units of the currency; what has no price yet is estimated by the mean of its country. */
  readonly cost: number;
  /** True when prices were filled in. */
  readonly estimated: boolean;
  /** Of the found part: without a price, and nothing to estimate it by. */
  readonly unpriced: number;
}

/** Outbound messages of the texts that are called smishing. */
export interface Phishing {
  readonly messages: number;
  readonly delivered: number;
  /** Different numbers they went to, and how many of these got one; masked ones cannot be told apart and are not in it. */
  readonly recipients: number;
  readonly reached: number;
}

export interface Scope {
  readonly accounts: readonly AccountScope[];
  /** Absent when there is no such text, and in records of versions that did not count it. */
  readonly phishing?: Phishing;
  /** ISO 4217, of messages and attempts; and of calls. */
  readonly currency: string;
  readonly callCurrency: string;
  /** Epoch milliseconds of the first and last thing that is part of it; absent when nothing is. */
  readonly first?: number;
  readonly last?: number;
}

interface Rows {
  readonly rows: number;
  readonly account: ArrayLike<number>;
  readonly country: ArrayLike<number>;
  readonly time: ArrayLike<number>;
  readonly price: ArrayLike<number>;
}
interface Counted {
  readonly of: ReadonlyMap<string, Extent>;
  readonly first: number;
  readonly last: number;
}

/** How far what was found goes: messages and attempts in surges that are fraud or of suspicious texts, and calls to where toll fraud goes since it began. */
export function scopeOf(facts: Facts, judged: readonly Judged[]): Scope {
  const { messages, attempts, calls } = facts;
  const surging = (channel: string, accounts: readonly string[], countries: readonly string[]) => {
    const frauds = facts.surges.filter((surge) => surge.fraud && surge.channel === channel);
    return ({ account, country, time }: Rows, row: number): boolean =>
      frauds.some(
        (surge) =>
          surge.account === accounts[account[row] ?? 0] &&
          surge.country === countries[country[row] ?? 0] &&
          (time[row] ?? 0) * 1000 >= surge.first &&
          (time[row] ?? 0) * 1000 <= surge.last,
      );
  };
  const phishing = new Set(
    facts.suspects.filter((each) => severe.has(suspicion(each) ?? '')).map(({ number }) => number),
  );
  const sent = surging('messages', messages.accounts, messages.countries);
  const tried = surging('attempts', attempts.accounts, attempts.countries);
  const since = tollStart(judged);
  const none = (): number => 0;
  const parts = {
    messages: counted(
      facts.from,
      messages.out,
      messages.accounts,
      none,
      billed(messages.out.outcome),
      (row) => phishing.has(messages.out.template[row] ?? 0) || sent(messages.out, row),
    ),
    attempts: counted(facts.from, attempts.rows, attempts.accounts, none, billed(attempts.rows.outcome), (row) =>
      tried(attempts.rows, row),
    ),
    calls: counted(
      facts.from,
      calls.rows,
      calls.accounts,
      (row) => billedMinutes(calls.rows.seconds[row] ?? 0),
      (row) => calls.rows.answered[row] === 1,
      (row) => (calls.rows.time[row] ?? 0) * 1000 >= since && isTollDestination(facts, row),
    ),
  };
  const smishing = phishingIn(facts, phishing);
  const all = Object.values(parts);
  const [first, last] = [Math.min(...all.map((one) => one.first)), Math.max(...all.map((one) => one.last))];
  const named = [...new Set(all.flatMap(({ of }) => [...of.keys()]))];
  return {
    accounts: named.map((account) => ({
      account,
      messages: parts.messages.of.get(account) ?? nothing,
      attempts: parts.attempts.of.get(account) ?? nothing,
      calls: parts.calls.of.get(account) ?? nothing,
    })),
    currency: messages.currency,
    callCurrency: calls.currency,
    ...(smishing.messages > 0 && { phishing: smishing }),
    ...(Number.isFinite(first) && { first, last }),
  };
}

const severe: ReadonlySet<string> = new Set(['critical', 'warning']);
const nothing: Extent = { count: 0, found: 0, minutes: 0, cost: 0, estimated: false, unpriced: 0 };

/** Counts what was sent of templates since the incident's window began. */
function phishingIn({ messages: { out }, from }: Facts, templates: ReadonlySet<number>): Phishing {
  const [sent, got] = [createDistinct(), createDistinct()];
  let [messages, delivered] = [0, 0];
  for (let row = 0; row < out.rows; row++) {
    if (!templates.has(out.template[row] ?? 0) || (out.time[row] ?? 0) * 1000 < from) continue;
    const to = out.recipient[row] ?? 0;
    const arrived = out.outcome[row] === outcomes.delivered;
    messages += 1;
    if (arrived) delivered += 1;
    if (to > 0) sent.add(to);
    if (to > 0 && arrived) got.add(to);
  }
  return { messages, delivered, recipients: runSteps(sent.size()), reached: runSteps(got.size()) };
}

/** Since when calls point at toll fraud; never, when nothing beyond a notice does. */
function tollStart(judged: readonly Judged[]): number {
  const starts = judged.flatMap(({ signal, result }) =>
    signal.type === 'toll-fraud' && result.state === 'hit' && severe.has(result.severity ?? '')
      ? [result.first ?? Number.POSITIVE_INFINITY]
      : [],
  );
  return Math.min(Number.POSITIVE_INFINITY, ...starts);
}

/** What Twilio refused or blocked costs nothing. */
function billed(outcome: ArrayLike<number>): (row: number) => boolean {
  return (row) => outcome[row] === outcomes.delivered || outcome[row] === outcomes.sent;
}

function counted(
  from: number,
  { rows, account, country, time, price }: Rows,
  accounts: readonly string[],
  minutes: (row: number) => number,
  isBilled: (row: number) => boolean,
  isFound: (row: number) => boolean,
): Counted {
  const found: number[] = [];
  const counts = new Map<number, number>();
  for (let row = 0; row < rows; row++) {
    const who = account[row] ?? 0;
    if ((time[row] ?? 0) * 1000 < from) continue;
    counts.set(who, (counts.get(who) ?? 0) + 1);
    if (isFound(row)) found.push(row);
  }
  const means = meanPrices(rows, country, price, minutes);
  const of = new Map([...counts].map(([who, count]) => [who, { ...nothing, count }]));
  for (const row of found) {
    const own = of.get(account[row] ?? 0);
    if (!own) continue;
    const [rated, mean, long] = [price[row] ?? Number.NaN, means.get(country[row] ?? 0), minutes(row)];
    own.found += 1;
    own.minutes += long;
    if (!Number.isNaN(rated)) own.cost += rated / 1e6;
    else if (!isBilled(row)) continue;
    else if (mean === undefined) own.unpriced += 1;
    else {
      own.cost += (mean * Math.max(1, long)) / 1e6;
      own.estimated = true;
    }
  }
  const times = { first: time[found[0] ?? -1], last: time[found.at(-1) ?? -1] };
  return {
    of: new Map([...of].map(([who, extent]) => [accounts[who] ?? '', extent])),
    first: (times.first ?? Number.POSITIVE_INFINITY) * 1000,
    last: (times.last ?? Number.NEGATIVE_INFINITY) * 1000,
  };
}

/** What one message, or one begun minute, to each country cost on the mean of those that have a price. */
function meanPrices(
  rows: number,
  country: ArrayLike<number>,
  price: ArrayLike<number>,
  minutes: (row: number) => number,
): ReadonlyMap<number, number> {
  const sums = new Map<number, { cost: number; units: number }>();
  for (let row = 0; row < rows; row++) {
    const rated = price[row] ?? Number.NaN;
    if (Number.isNaN(rated) || rated === 0) continue;
    const sum = sums.get(country[row] ?? 0) ?? { cost: 0, units: 0 };
    sum.cost += rated;
    sum.units += Math.max(1, minutes(row));
    sums.set(country[row] ?? 0, sum);
  }
  return new Map([...sums].map(([where, { cost, units }]) => [where, cost / units]));
}
