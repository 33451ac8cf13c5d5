import { UserError } from '../errors.ts';
import { span } from '../model/age.ts';
import type { Cancellation, Twilio } from '../ports.ts';
import { daysIn } from './days.ts';
import { readJob, stateOf } from './job.ts';
import { fetchJob, planOrders } from './order.ts';
import type { ExportOrder, OrderOutcome, PlacedOrder } from './orderRecord.ts';
import type { Surveyed } from './survey.ts';

/** What can be done about a baseline. Counts are of days. */
export interface Outlook {
  readonly captured: number;
  /** Files that lie at Twilio. */
  readonly ready: number;
  /** Days that jobs ordered earlier will bring, and these jobs. */
  readonly underWay: number;
  readonly jobs: readonly PlacedOrder[];
  /** What would have to be ordered for all others. */
  readonly orders: readonly ExportOrder[];
  readonly toOrder: number;
  /** Why something is not known, a sentence each. */
  readonly failures: readonly string[];
}

/** Files are deleted a week after their job. */
const kept = 7 * span.day;

export interface OutlookParts {
  readonly twilio: Twilio;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly newId: () => string;
  /** Orders of which nobody knows whether they became jobs: their days are not ordered a second time, and the reason is told. */
  readonly open?: readonly OrderOutcome[];
}

/** Sorts the missing days into those that jobs of the journal still bring and those to be ordered. Reads only. */
export async function outlookOf(
  surveyed: readonly Surveyed[],
  placed: readonly PlacedOrder[],
  { twilio, now, newId, open: unknown = [] }: OutlookParts,
  cancel?: Cancellation,
): Promise<Outlook> {
  const jobs: PlacedOrder[] = [];
  const coming = new Set<string>();
  for (const order of placed.filter(({ at }) => now - at < kept)) {
    const own = surveyed.find(({ account, type }) => account.account === order.account && type === order.type);
    const missing = daysIn(order).filter((day) => own?.missing.includes(day));
    if (missing.length === 0) continue;
    const failed = await failedDays(order, missing, twilio, cancel);
    const open = missing.filter((day) => !failed.has(day));
    if (open.length > 0) jobs.push(order);
    for (const day of open) coming.add(keyOf(order.account, order.type, day));
  }
  const perhaps = new Set(
    unknown.flatMap(({ order }) => daysIn(order).map((day) => keyOf(order.account, order.type, day))),
  );
  const rest = surveyed.map((part) => ({
    ...part,
    missing: part.missing.filter((day) => {
      const key = keyOf(part.account.account, part.type, day);
      return !coming.has(key) && !perhaps.has(key);
    }),
  }));
  const sum = (count: (part: Surveyed) => number) => rest.reduce((total, part) => total + count(part), 0);
  return {
    captured: sum(({ captured }) => captured),
    ready: sum(({ ready }) => ready.length),
    underWay: coming.size,
    jobs,
    orders: planOrders(rest, newId),
    toOrder: sum(({ missing }) => missing.length),
    failures: [
      ...new Set([...surveyed.flatMap(({ failure }) => failure ?? []), ...unknown.map(({ sentence }) => sentence)]),
    ],
  };
}

/** A job that cannot be read may still bring its days: they are not ordered again. */
async function failedDays(
  { account, job }: PlacedOrder,
  days: readonly string[],
  twilio: Twilio,
  cancel: Cancellation | undefined,
): Promise<ReadonlySet<string>> {
  try {
    const read = readJob((await twilio.page(fetchJob(account, job), cancel)).body);
    return new Set(read ? days.filter((day) => stateOf(read, day) === 'failed') : []);
  } catch (reason) {
    if (!(reason instanceof UserError)) throw reason;
    return new Set(reason.code === 'not-found' ? days : []);
  }
}

function keyOf(account: string, type: string, day: string): string {
  return `${account} ${type} ${day}`;
}
