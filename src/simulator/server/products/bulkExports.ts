import type { JsonObject } from '../../../core/model/json.ts';
import { invalid, notFound, ok } from '../answer.ts';
import { audit } from '../audit.ts';
import { dayOf, iso, isoDay, span } from '../dates.ts';
import { linkTo, zipped } from '../exportedFiles.ts';
import { exportedCall, exportedMessage } from '../exportRow.ts';
import { liveTraffic } from '../liveTraffic.ts';
import { listWithMeta } from '../paging.ts';
import type { Answer, Call, Route } from '../route.ts';
import type { ExportJob } from '../serverState.ts';

const common = { spec: 'bulkexports_v1', host: 'bulkexports.twilio.com' } as const;
const folder = '/v1/Exports/{ResourceType}';
const day = 86_400_000;
/** Days that are exported without being asked for, as with an Edition of Twilio's, and how long the files of a job are kept. */
const exportedDays = 7;
const keptDays = 7;
/** The two latest days cannot be exported. */
const blindDays = 2;
/** How long a job waits, and how long each of its days takes then, in milliseconds. */
const queueTime = 10_000;
const timePerDay = 500;

/** BulkExport. https://www.twilio.com/docs/usage/bulkexport */
export const bulkExportRoutes: readonly Route[] = [
  { ...common, operationId: 'ListDay', method: 'GET', path: `${folder}/Days`, handle: listDays },
  {
    ...common,
    operationId: 'FetchDay',
    method: 'GET',
    path: `${folder}/Days/{Day}`,
    leavesEvent: true,
    handle: fetchDay,
  },
  { ...common, operationId: 'CreateExportCustomJob', method: 'POST', path: `${folder}/Jobs`, handle: create },
  { ...common, operationId: 'ListExportCustomJob', method: 'GET', path: `${folder}/Jobs`, handle: listJobs },
  { ...common, operationId: 'FetchJob', method: 'GET', path: '/v1/Exports/Jobs/{JobSid}', handle: fetchJob },
];

function listDays(call: Call): Answer {
  const type = resourceType(call);
  return listWithMeta(
    call,
    'days',
    (to) => daysOf(call).filter(({ at }) => at <= to),
    ({ at, name }) => ({
      day: isoDay(at),
      size: sizeOf(call, at),
      resource_type: type,
      create_date: isoDay(Math.max(at + day, call.now - keptDays * day)),
      friendly_name: name,
    }),
    { max: 400 },
  );
}

/** Redirects to the file, which lies in a storage that knows neither account nor credential. */
function fetchDay(call: Call): Answer {
  const type = resourceType(call);
  const found = daysOf(call).find(({ sid }) => sid === call.path['Day']);
  if (!found) throw notFound(`/Exports/${type}/Days/${call.path['Day']}`);
  const link = { account: call.account.sid, lines: linesOf(call, found.at), made: call.now };
  const location = `${call.origin}${linkTo(call.state, link)}`;
  audit(call, 'bulkexports.downloaded', found.sid);
  return { status: 307, body: { redirect_to: location }, headers: { Location: location } };
}

/** Newest first: exported by themselves, or by a job. */
function daysOf(call: Call) {
  const type = resourceType(call);
  const { account, now } = call;
  const days = new Map<number, string>();
  for (const job of call.state.jobs.values())
    if (job.account === account.sid && job.resourceType === type && now - job.created < keptDays * day)
      for (const at of readyDays(job, now)) days.set(at, job.friendlyName);
  for (let index = 0; index < exportedDays; index += 1) {
    const at = dayOf(now) - (blindDays + index) * day;
    days.set(at, `${type} ${isoDay(at)}`);
  }
  return [...days].sort(([one], [other]) => other - one).map(([at, name]) => ({ at, name, sid: isoDay(at) }));
}

function linesOf(call: Call, at: number): readonly string[] {
  const { account } = call;
  const rows =
    resourceType(call) === 'Calls'
      ? [...liveTraffic(call, account.calls).newestFirst(at, at + day - 1)].map((row) => exportedCall(account, row))
      : [...liveTraffic(call, account.messages).newestFirst(at, at + day - 1)].map((row) =>
          exportedMessage(account, row),
        );
  return rows.reverse().map((row) => JSON.stringify(row));
}

/** Made once, because a day that is over does not change. */
function sizeOf(call: Call, at: number): number {
  const { state, account } = call;
  const key = `${account.sid} ${resourceType(call)} ${at}`;
  const size = state.exportSizes.get(key) ?? zipped(linesOf(call, at)).length;
  state.exportSizes.set(key, size);
  return size;
}

function create(call: Call): Answer {
  const { form, account, now, state } = call;
  const [startDay, endDay] = [required(form, 'StartDay'), required(form, 'EndDay')];
  const [start, end] = [span(startDay, 'StartDay').from, span(endDay, 'EndDay').from];
  if (start > end || end > dayOf(now) - blindDays * day) throw invalid('EndDay');
  const job: ExportJob = {
    sid: state.sid('JS'),
    account: account.sid,
    resourceType: resourceType(call),
    friendlyName: required(form, 'FriendlyName'),
    startDay,
    endDay,
    email: form.get('Email'),
    webhookUrl: form.get('WebhookUrl'),
    webhookMethod: form.get('WebhookMethod'),
    created: now,
  };
  state.jobs.set(job.sid, job);
  audit(call, 'bulkexports.created', job.sid);
  return ok(shape(job, now), 201);
}

function listJobs(call: Call): Answer {
  const { state, account, now } = call;
  const type = resourceType(call);
  const jobs = [...state.jobs.values()].filter((job) => job.account === account.sid && job.resourceType === type);
  const rows = jobs.map((job) => ({ ...job, at: job.created })).reverse();
  return listWithMeta(
    call,
    'jobs',
    (to) => rows.filter(({ at }) => at <= to),
    (job) => shape(job, now),
  );
}

function fetchJob({ state, path, account, now }: Call): Answer {
  const job = state.jobs.get(path['JobSid'] ?? '');
  if (job?.account !== account.sid) throw notFound(`/Exports/Jobs/${path['JobSid']}`);
  return ok({ ...shape(job, now), url: `https://bulkexports.twilio.com/v1/Exports/Jobs/${job.sid}` });
}

function jobDays({ startDay, endDay }: ExportJob): readonly number[] {
  const [start, end] = [Date.parse(startDay), Date.parse(endDay)];
  return Array.from({ length: (end - start) / day + 1 }, (_, index) => start + index * day);
}

function readyDays(job: ExportJob, now: number): readonly number[] {
  const ready = Math.max(0, Math.floor((now - job.created - queueTime) / timePerDay));
  return jobDays(job).slice(0, ready);
}

function resourceType({ path }: Call): string {
  const type = path['ResourceType'] ?? '';
  if (type !== 'Messages' && type !== 'Calls') throw notFound(`/Exports/${type}`);
  return type;
}

function required(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (!value) throw invalid(name);
  return value;
}

function shape(job: ExportJob, now: number): JsonObject {
  const all = jobDays(job);
  const ready = readyDays(job, now);
  const waiting = all.slice(ready.length);
  const details = [
    { status: 'Completed', days: ready },
    { status: ready.length > 0 ? 'Running' : 'Submitted', days: waiting },
  ];
  return {
    job_sid: job.sid,
    resource_type: job.resourceType,
    friendly_name: job.friendlyName,
    start_day: job.startDay,
    end_day: job.endDay,
    email: job.email,
    webhook_url: job.webhookUrl,
    webhook_method: job.webhookMethod,
    details: details.flatMap(({ status, days }) =>
      days.length > 0 ? [{ status, count: days.length, days: days.map(isoDay) }] : [],
    ),
    job_queue_position: '1',
    estimated_completion_time: iso(job.created + queueTime + all.length * timePerDay).slice(0, -1),
  };
}
