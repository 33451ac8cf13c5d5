import { type JsonObject, objectsOf, textOf } from '../model/json.ts';
import { isSid } from '../model/sid.ts';
import { type Days, daysIn } from './days.ts';

/** What becomes of a day of a job. `empty`: there was nothing to export, so there is no file. */
export type DayState = 'waiting' | 'exported' | 'empty' | 'failed';

/** An export job as Twilio tells it. */
export interface ExportJob extends Days {
  readonly sid: string;
  readonly name: string;
  readonly states: ReadonlyMap<string, DayState>;
  /** Its place in Twilio's queue, where told. */
  readonly position?: string;
}

/** Twilio's statuses, in lower case. Any other is work under way. */
const states: Readonly<Record<string, DayState>> = {
  completed: 'exported',
  completedemptyrecords: 'empty',
  errorduringrun: 'failed',
  failed: 'failed',
  runningtobedeleted: 'failed',
  deletedbyuserrequest: 'failed',
};

/**
 * Reads a job; `undefined` without SID or days. Its `details` group days by status.
 * https://www.twilio.com/docs/usage/bulkexport/job
 */
export function readJob(body: JsonObject): ExportJob | undefined {
  const sid = textOf(body, 'job_sid');
  const [start, end] = [textOf(body, 'start_day'), textOf(body, 'end_day')];
  if (sid === undefined || !isSid('JS', sid) || start === undefined || end === undefined) return undefined;
  const position = textOf(body, 'job_queue_position');
  const told = new Map<string, DayState>();
  for (const group of objectsOf(body, 'details')) {
    const state = states[(textOf(group, 'status') ?? '').toLowerCase()] ?? 'waiting';
    const days = group['days'];
    // A job without a list of days says the same of all of them.
    for (const day of Array.isArray(days) ? days : daysIn({ start, end }))
      if (typeof day === 'string') told.set(day, state);
  }
  return {
    sid,
    start,
    end,
    name: textOf(body, 'friendly_name') ?? '',
    states: told,
    ...(position !== undefined && { position }),
  };
}

/** What becomes of a day. */
export function stateOf({ states: told }: ExportJob, day: string): DayState {
  return told.get(day) ?? 'waiting';
}
