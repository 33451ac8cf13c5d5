import { createCancellation } from '../../cancellation.ts';
import { UserError } from '../../errors.ts';
import type { Page, PageWish, Twilio } from '../../ports.ts';
import type { TwilioRequest } from '../../twilio/request.ts';
import { createVolumes } from './askVolume.ts';
import { knowHeld } from './heldAgain.ts';
import type { Job } from './job.ts';
import { type CollectOptions, type CollectResult, stopped } from './options.ts';
import { createPace } from './pace.ts';
import { planJobs } from './planJobs.ts';
import { createTally } from './progress.ts';
import { readSlice } from './readSlice.ts';
import { runAll } from './runAll.ts';
import { createSeenRows } from './seenRows.ts';
import { tellingFailures, WriteFailed } from './writeFailure.ts';

/** Slices under way at once over all accounts: enough to keep the connections busy, few enough to hold their pages in memory. */
const widest = 64;
/** So many accounts are asked at once how many rows their days have, before one of them is known to have more than a page. */
const fewAccounts = 8;
/** Jobs that are done, before they are taken off the list of those to look through. */
const manyDone = 64;

/**
 * Reads what the sources have in the window that the journal does not hold yet, and hands it to the writer slice by slice; what is written is
 * durable when this resolves. Logs are read in disjoint windows side by side, those that Twilio forgets soonest first; states are read anew.
 * Whatever can be expected to go wrong ends up in the outcomes and, for every slice it concerns, in the record; it never throws for that.
 */
export async function collectEvidence(twilio: Twilio, options: CollectOptions): Promise<CollectResult> {
  const jobs = planJobs(options);
  const tally = createTally(jobs, options);
  const ending = createCancellation();
  options.cancel?.addEventListener('abort', ending.abort, { once: true });
  if (options.cancel?.aborted) ending.abort();
  const writer = tellingFailures(options.writer, ending.abort);
  const seen = createSeenRows();
  const paceOf = paces(options);
  let active: readonly Job[] = jobs.filter((job) => !job.done);

  async function pageOf(job: Job, request: TwilioRequest, wish?: PageWish): Promise<Page> {
    await paceOf(job)?.(ending.signal);
    const page = await twilio.page(request, ending.signal, wish);
    tally.onRequest();
    return page;
  }

  const volumeOf = createVolumes((job, request) => pageOf(job, request), options);

  const deps = (job: Job) => ({
    writer,
    seen,
    window: options.window,
    now: options.now,
    onRows: tally.onRows,
    page: (request: TwilioRequest, left: number) =>
      pageOf(job, request, { rowsOf: job.source.id, rank: rankOf(options.sources.indexOf(job.source), left) }),
    volume: () => volumeOf(job),
  });

  function take(): (() => Promise<void>) | undefined {
    if (ending.signal.aborted) return undefined;
    let passed = 0;
    for (const job of active) {
      if (job.done) {
        passed += 1;
        continue;
      }
      const why = job.hopeless;
      const unread = why === undefined ? [] : job.rest();
      if (why !== undefined && unread.length > 0) return () => giveUp(job, unread, why);
      const task = job.take();
      if (!task) continue;
      if (passed > manyDone) active = active.filter((one) => !one.done);
      return async () => {
        // Beside the first page rather than after it: for a few accounts a request more is worth a wait less.
        if (options.accounts.length <= fewAccounts) void volumeOf(job).catch(() => undefined);
        const end = await readSlice(deps(job), job, task).catch((error: unknown) => {
          ending.abort();
          throw error;
        });
        job.ended(task, end);
        tally.onJob(job);
      };
    }
    return undefined;
  }

  /** Records that these windows were not read. */
  async function giveUp({ source, account }: Job, windows: ReturnType<Job['rest']>, why: string): Promise<void> {
    for (const window of windows)
      await writer.begin({ source: source.id, account, window }).end({ complete: false, why });
  }

  tally.tell();
  const writeFailure = await written(async () => {
    try {
      await knowHeld(seen, jobs, options);
      await runAll(take, widest);
    } finally {
      options.cancel?.removeEventListener('abort', ending.abort);
      // Counts that nobody waits for any more.
      ending.abort();
    }
    await writer.flush();
  });
  tally.tell();
  const outcomes = jobs.map((job) => {
    const outcome = job.outcome();
    const unread = writeFailure ?? (job.done ? undefined : stopped);
    return unread === undefined ? outcome : { ...outcome, complete: false, why: [...outcome.why, unread] };
  });
  const { rows, requests } = tally;
  return { rows, requests, outcomes, ...(writeFailure !== undefined && { writeFailure }) };
}

/**
 * Who asks before whom: behind whatever else the account is asked for, the sources in their order, and of one source where most pages are left, because
 * what takes longest should not be begun last.
 */
function rankOf(source: number, left: number): number {
  return Math.min(left, mostLeft) - (source + 1) * 2 * mostLeft;
}

/** Pages of a list, where more makes no difference. */
const mostLeft = 1000;

/** Why writing failed, as a sentence; `undefined` when it did not. What nobody expects is thrown on. */
async function written(work: () => Promise<void>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof WriteFailed && error.cause instanceof UserError) return error.cause.message;
    throw error instanceof WriteFailed ? error.cause : error;
  }
}

/** The pace of a job's requests; none where Twilio sets none. */
function paces(options: CollectOptions): (job: Job) => ReturnType<typeof createPace> | undefined {
  const known = new Map<Job, ReturnType<typeof createPace>>();
  return (job) => {
    const most = job.source.mostPerMinute;
    if (most === undefined) return undefined;
    const pace = known.get(job) ?? createPace(most, options);
    known.set(job, pace);
    return pace;
  };
}
