import { UserError } from '../errors.ts';
import { span, utc } from '../model/age.ts';
import { type AccountSid, shortSid } from '../model/sid.ts';
import { readMore, unread } from '../pages.ts';
import type { Cancellation, Journal, Twilio } from '../ports.ts';
import { exportJobName } from '../twilio/changes.ts';
import type { TwilioRequest } from '../twilio/request.ts';
import { daysIn, runsOf } from './days.ts';
import { type ExportJob, readJob, stateOf } from './job.ts';
import {
  type ExportOrder,
  intentEntry,
  type OrderOutcome,
  orderRequest,
  outcomeEntry,
  type UnsettledOrder,
} from './orderRecord.ts';
import type { Surveyed } from './survey.ts';

/** One order for every unbroken run of missing days, because each makes Twilio write an e-mail. */
export function planOrders(surveyed: readonly Surveyed[], newId: () => string): readonly ExportOrder[] {
  return surveyed.flatMap(({ account: { account, name }, type, missing }) =>
    runsOf(missing).map((run) => ({ id: newId(), account, name, type, ...run })),
  );
}

/**
 * Places confirmed orders one after the other. For each: a job like it that is there already is taken instead → the intent is durable → the request is sent
 * once → the job is read back. Stops at the first that does not end well, when the record cannot be written, and when cancelled.
 */
export async function placeOrders(
  orders: readonly ExportOrder[],
  { twilio, journal }: { readonly twilio: Twilio; readonly journal: Journal },
  cancel?: Cancellation,
): Promise<readonly OrderOutcome[]> {
  const outcomes: OrderOutcome[] = [];
  for (const order of orders) {
    const badly = outcomes.some(({ result }) => result !== 'done' && result !== 'already');
    if (badly || cancel?.aborted) {
      const why = badly ? 'an earlier one did not end well' : 'you stopped';
      outcomes.push({ order, result: 'not-tried', sentence: `Not tried, because ${why}.` });
      continue;
    }
    const outcome = await place(order, twilio, journal);
    await journal.append(outcomeEntry(outcome));
    outcomes.push(outcome);
  }
  return outcomes;
}

/** Twilio does not say how soon it lists a job; jobs take hours at most. A day is on the safe side. */
const listedWithin = span.day;

/**
 * What became of an order that was sent, perhaps, but whose outcome was never known. Reads only, and records what it finds. A job that is not
 * listed yet may be still: for a day (`now` in epoch milliseconds) that is unknown, and only then means that none was created.
 */
export async function settleOrder(
  order: UnsettledOrder,
  { twilio, journal, now }: { readonly twilio: Twilio; readonly journal: Journal; readonly now: number },
): Promise<OrderOutcome> {
  const waits = !(now - order.at >= listedWithin);
  const outcome = waits
    ? await lookFor(order, order.earlier, twilio, notListedYet(order), 'unknown')
    : await lookFor(order, order.earlier, twilio, 'Twilio lists no such job: none was created.', 'refused');
  if (outcome.result !== 'unknown') await journal.append(outcomeEntry(outcome));
  return outcome;
}

function notListedYet({ name, account, start, end, at }: UnsettledOrder): string {
  const until = Number.isFinite(at) ? ` before ${utc(at + listedWithin)}` : '';
  return `An export of ${start} to ${end} was ordered for ${name || shortSid(account)}, Twilio’s answer was lost, and Twilio lists no such job yet. It may still make it, so these days are not ordered again${until}.`;
}

async function place(order: ExportOrder, twilio: Twilio, journal: Journal): Promise<OrderOutcome> {
  let earlier: readonly ExportJob[];
  try {
    earlier = await jobsLike(order, twilio);
  } catch (reason) {
    return { order, result: 'refused', sentence: `${sentenceOf(reason)} Nothing was sent.` };
  }
  // One that is over does not help: its files were deleted, else its days would not be missing.
  const running = earlier.find((job) => daysIn(job).some((day) => stateOf(job, day) === 'waiting'));
  if (running)
    return { order, result: 'already', job: running.sid, sentence: 'Such a job is under way already; it is used.' };
  const known = earlier.map(({ sid }) => sid);
  await journal.append(intentEntry(order, known));
  try {
    const { body } = await twilio.send(orderRequest(order));
    return await confirmed(order, readJob(body)?.sid, known, twilio);
  } catch (reason) {
    const unclear = !(reason instanceof UserError) || reason.code === 'outcome-unknown';
    const why = `${sentenceOf(reason)} Read back: Twilio lists no such job.`;
    return lookFor(order, known, twilio, why, unclear ? 'unknown' : 'refused');
  }
}

async function confirmed(
  order: ExportOrder,
  job: string | undefined,
  earlier: readonly string[],
  twilio: Twilio,
): Promise<OrderOutcome> {
  if (job === undefined)
    return lookFor(order, earlier, twilio, 'Twilio accepted the request but names no job.', 'unknown');
  try {
    await twilio.page(fetchJob(order.account, job));
    return { order, result: 'done', job, sentence: 'The job was created, and read back from Twilio.' };
  } catch (reason) {
    return {
      order,
      result: 'unknown',
      job,
      sentence: `Twilio says that the job was created, but it could not be read back: ${sentenceOf(reason)}`,
    };
  }
}

/** What Twilio lists decides, not what it answered: a lost reply may have made the job. */
async function lookFor(
  order: ExportOrder,
  earlier: readonly string[],
  twilio: Twilio,
  why: string,
  otherwise: 'refused' | 'unknown',
): Promise<OrderOutcome> {
  try {
    const job = (await jobsLike(order, twilio)).find(({ sid }) => !earlier.includes(sid));
    if (job)
      return { order, result: 'done', job: job.sid, sentence: 'The job was created, and read back from Twilio.' };
    return { order, result: otherwise, sentence: why };
  } catch (reason) {
    return {
      order,
      result: 'unknown',
      sentence: `The request was sent, but whether the job was created could not be read: ${sentenceOf(reason)} It is not sent again before that is known.`,
    };
  }
}

/** https://www.twilio.com/docs/usage/bulkexport/job */
export function fetchJob(account: AccountSid, sid: string): TwilioRequest {
  return { operation: 'fetchExportJob', account, path: { JobSid: sid } };
}

/** Jobs for the same days by the name this extension gives them. */
async function jobsLike({ account, type, start, end }: ExportOrder, twilio: Twilio): Promise<readonly ExportJob[]> {
  let pages = unread<ExportJob>({ operation: 'listExportJobs', account, path: { ResourceType: type } });
  while (pages.next) pages = await readMore(pages, twilio, readJob);
  return pages.rows.filter((job) => job.name === exportJobName && job.start === start && job.end === end);
}

function sentenceOf(reason: unknown): string {
  return reason instanceof UserError ? reason.message : 'Something unexpected went wrong.';
}
