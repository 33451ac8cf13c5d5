import { throwIfCancelled } from '../cancellation.ts';
import { Cancelled, UserError } from '../errors.ts';
import type { CaptureWriter } from '../evidence/evidenceStore.ts';
import type { HeldCapture } from '../evidence/heldCaptures.ts';
import type { Cancellation, Twilio } from '../ports.ts';
import type { BaselineProgress, BaselineResult } from './baselineProgress.ts';
import { type CaptureDayDeps, captureDay, WriteFailed, written } from './captureDay.ts';
import { createDayLog, type DayLog } from './dayLog.ts';
import { daysIn, dayWindow } from './days.ts';
import { type ExportDay, type ExportedDay, exportTypes } from './exportedDay.ts';
import { type ExportJob, readJob, stateOf } from './job.ts';
import { fetchJob } from './order.ts';
import type { PlacedOrder } from './orderRecord.ts';
import { type BaselineScope, type Surveyed, surveyExports } from './survey.ts';

export interface BaselineOptions extends BaselineScope, CaptureDayDeps {
  readonly twilio: Twilio;
  readonly writer: CaptureWriter;
  /** What the journal holds already; days in it are not fetched. */
  readonly held: readonly Pick<HeldCapture, 'capture'>[];
  /** Jobs to wait for. Without any, only what is there already is fetched. */
  readonly jobs: readonly PlacedOrder[];
  readonly cancel?: Cancellation;
  readonly onProgress?: (progress: BaselineProgress) => void;
}

/** How long to wait between two looks, in milliseconds: at first often, for small accounts; jobs of large ones take hours. */
const firstWait = 5_000;
const longestWait = 5 * 60_000;
/** Looks at a job that says it is done with a day that is not listed. */
const mostLooks = 5;
const atOnce = 3;

/**
 * Captures what lies at Twilio of the wanted days, then, while jobs are under way, waits and captures what they bring. Stopping it loses nothing that was captured;
 * running it again goes on. Of what Twilio does, nothing is thrown; what the writer throws is.
 */
export async function collectBaseline(options: BaselineOptions): Promise<BaselineResult> {
  const log = createDayLog(options, options.onProgress);
  let wait = 0;
  let looks = 0;
  try {
    for (;;) {
      throwIfCancelled(options.cancel);
      const before = log.captured;
      const surveyed = await surveyExports(options.twilio, options, options.held, options.cancel);
      log.survey(surveyed);
      await captureAll(
        surveyed.flatMap(({ ready }) => ready).filter((day) => log.isWanted(day)),
        options,
        log,
      );
      const waiting = await waitedFor(surveyed, options, log);
      log.waiting(waiting.days);
      if (waiting.days === 0) break;
      looks = waiting.working > 0 || log.captured > before ? 0 : looks + 1;
      if (looks >= mostLooks) {
        log.fail('Twilio does not list the files of all days it says are done. Run this again later.');
        break;
      }
      wait = wait === 0 || log.captured > before ? firstWait : Math.min(wait * 1.5, longestWait);
      // What was captured must not wait for hours to be durable.
      await written(options.writer.flush());
      log.report({ days: waiting.days, next: wait });
      await options.delay(wait, options.cancel);
    }
  } catch (reason) {
    if (reason instanceof WriteFailed) throw reason.cause;
    if (!(reason instanceof Cancelled)) throw reason;
    return log.result(true);
  }
  return log.result(false);
}

/** A few files at a time: each is one connection to the storage. */
async function captureAll(days: readonly ExportedDay[], options: BaselineOptions, log: DayLog): Promise<void> {
  const queue = [...days];
  const work = async () => {
    for (let day = queue.shift(); day; day = queue.shift()) {
      throwIfCancelled(options.cancel);
      await capture(day, options, log);
    }
  };
  const results = await Promise.allSettled(Array.from({ length: atOnce }, work));
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}

async function capture(day: ExportedDay, options: BaselineOptions, log: DayLog): Promise<void> {
  try {
    await captureDay(day, options, { cancel: options.cancel, onRows: log.addRows });
    log.done(day);
  } catch (reason) {
    if (!(reason instanceof UserError)) throw reason;
    log.failed(day, reason.message);
  }
}

/** Days that jobs will still bring, and of those the ones Twilio works on. Days without anything to export are captured as empty. */
async function waitedFor(surveyed: readonly Surveyed[], options: BaselineOptions, log: DayLog) {
  let days = 0;
  let working = 0;
  for (const order of options.jobs) {
    const own = surveyed.find(({ account, type }) => account.account === order.account && type === order.type);
    const open = daysIn(order)
      .filter((day) => own?.missing.includes(day))
      .map((day) => ({ account: order.account, type: order.type, day }))
      .filter((day) => log.isWanted(day));
    if (open.length === 0) continue;
    const job = await lookAt(order, options, log);
    for (const day of open) {
      const state = job ? stateOf(job, day.day) : 'waiting';
      if (state === 'failed')
        log.failed(day, `Twilio could not export the ${exportTypes[day.type]} of some days. Order them again.`);
      else if (state === 'empty' && job) await captureNothing(day, job.proof, options.writer, log);
      else {
        days += 1;
        if (state === 'waiting' && job) working += 1;
      }
    }
  }
  return { days, working };
}

type LookedAt = ExportJob & { readonly proof: Parameters<ReturnType<CaptureWriter['begin']>['page']>[1] };

/** `undefined` when it cannot be read just now. */
async function lookAt(
  { account, job }: PlacedOrder,
  { twilio, cancel }: BaselineOptions,
  log: DayLog,
): Promise<LookedAt | undefined> {
  try {
    const { body, proof, requestId, serverTime } = await twilio.page(fetchJob(account, job), cancel);
    const read = readJob(body);
    if (!read) throw new UserError('bad-reply', 'Twilio’s reply about an export job cannot be read.');
    const sent = { ...(requestId !== undefined && { requestId }), ...(serverTime !== undefined && { serverTime }) };
    return { ...read, proof: { ...proof, ...sent, rows: 0 } };
  } catch (reason) {
    if (!(reason instanceof UserError)) throw reason;
    log.fail(reason.message);
    return undefined;
  }
}

/** That a day had nothing is evidence as well: its proof is what Twilio says of the job. */
async function captureNothing(
  day: ExportDay,
  proof: LookedAt['proof'],
  writer: CaptureWriter,
  log: DayLog,
): Promise<void> {
  const slice = writer.begin({ source: exportTypes[day.type], account: day.account, window: dayWindow(day.day) });
  await written(slice.page([], proof));
  await written(slice.end({ complete: true }));
  log.done(day);
}
