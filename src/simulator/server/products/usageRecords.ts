import type { JsonObject } from '../../../core/model/json.ts';
import { invalid } from '../answer.ts';
import { owns } from '../authenticate.ts';
import { dayOf, iso, isoDay, span, type Window } from '../dates.ts';
import { listV2010 } from '../paging.ts';
import type { Answer, Call, Route } from '../route.ts';
import { nothing, plus, type Tally } from '../tally.ts';
import { type Category, categories } from '../usageCategories.ts';

const common = {
  spec: 'api_v2010',
  host: 'api.twilio.com',
  method: 'GET',
  permission: '/twilio/billing/usage/read',
} as const;
const folder = '/2010-04-01/Accounts/{AccountSid}/Usage/Records';
const day = 86_400_000;
/** Twilio keeps more; the simulation's history is this long at most. */
const longestHistory = 400 * day;

/** Usage, added up from the traffic. https://www.twilio.com/docs/usage/api/usage-record */
export const usageRecordRoutes: readonly Route[] = [
  {
    ...common,
    operationId: 'ListUsageRecord',
    path: `${folder}.json`,
    handle: (call) => list(call, [windowOf(call)]),
  },
  {
    ...common,
    operationId: 'ListUsageRecordDaily',
    path: `${folder}/Daily.json`,
    handle: (call) => list(call, daysOf(windowOf(call))),
  },
  {
    ...common,
    operationId: 'ListUsageRecordToday',
    path: `${folder}/Today.json`,
    handle: (call) => list(call, [{ from: dayOf(call.now), to: dayOf(call.now) + day - 1 }]),
  },
];

/** One row for each period and category; its numbers are added up only when the row is on the page asked for. */
interface UsageRow {
  readonly at: number;
  readonly sid: string;
  readonly period: Window;
  readonly category: Category;
}

function list(call: Call, periods: readonly Window[]): Answer {
  const name = call.query.get('Category');
  const wanted = categories.filter((category) => name === null || category.name === name);
  const rows = periods.flatMap((period) =>
    wanted.map((category): UsageRow => ({ at: period.from, sid: category.name, period, category })),
  );
  return listV2010(
    call,
    'usage_records',
    (to) => rows.filter(({ at }) => at <= to),
    (row) => shape(call, row),
  );
}

/** Usage of a category in a window, subaccounts included unless the request says otherwise. */
export function usage(call: Call, category: Category, window: Window): Tally {
  const { account, query, state } = call;
  const alone = query.get('IncludeSubaccounts') === 'false';
  const counted = [...state.world.accounts.values()].filter(
    (one) => one.sid === account.sid || (!alone && owns(account, one)),
  );
  return counted.map((one) => category.sum(call, one, window)).reduce(plus, nothing);
}

function windowOf({ query, now }: Call): Window {
  const bound = (name: string, otherwise: Window): Window => {
    const text = query.get(name);
    if (text === null) return otherwise;
    const ago = /^-(\d{1,4})days?$/.exec(text)?.[1];
    if (ago !== undefined) return span(isoDay(now - Number(ago) * day), name);
    if (text.length !== 10) throw invalid(name);
    return span(text, name);
  };
  const today = { from: dayOf(now), to: dayOf(now) + day - 1 };
  const { from } = bound('StartDate', { from: dayOf(now - longestHistory), to: now });
  const { to } = bound('EndDate', today);
  return { from: Math.max(from, dayOf(now - longestHistory)), to: Math.min(to, today.to) };
}

/** The UTC days of a window, newest first. */
function daysOf({ from, to }: Window): readonly Window[] {
  const days: Window[] = [];
  for (let start = dayOf(to); start >= from; start -= day) days.push({ from: start, to: start + day - 1 });
  return days;
}

function shape(call: Call, { period, category }: UsageRow): JsonObject {
  const { account, now, pathname } = call;
  const { count, amount, price } = usage(call, category, period);
  const [start, end] = [isoDay(period.from), isoDay(period.to)];
  const records = `/2010-04-01/Accounts/${account.sid}/Usage/Records`;
  return {
    account_sid: account.sid,
    category: category.name,
    description: category.description,
    count: category.countUnit === '' ? '' : String(count),
    count_unit: category.countUnit,
    usage: String(category.usageUnit === 'usd' ? amount.toFixed(5) : amount),
    usage_unit: category.usageUnit,
    price: price.toFixed(5),
    price_unit: 'usd',
    start_date: start,
    end_date: end,
    as_of: iso(now).replace('Z', '+00:00'),
    api_version: '2010-04-01',
    uri: `${pathname}?Category=${category.name}&StartDate=${start}&EndDate=${end}`,
    subresource_uris: { daily: `${records}/Daily.json?Category=${category.name}` },
  };
}
