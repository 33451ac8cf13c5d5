import type { JsonObject } from '../../../core/model/json.ts';
import { invalid, notFound, ok } from '../answer.ts';
import { audit } from '../audit.ts';
import { dayOf, iso, isoDay, span } from '../dates.ts';
import { liveTraffic } from '../liveTraffic.ts';
import { listWithMeta } from '../paging.ts';
import type { Answer, Call, Route } from '../route.ts';
import { digest, type ExportJob } from '../serverState.ts';

const common = { spec: 'bulkexports_v1', host: 'bulkexports.twilio.com' } as const;
const folder = '/v1/Exports/{ResourceType}';
const day = 86_400_000;
/** Exported files are kept a week, and the two latest days cannot be exported. */
const keptDays = 7;
const blindDays = 2;
/** Compressed size of one exported record, roughly. */
const bytesPerRecord = 120;

/** BulkExport. https://www.twilio.com/docs/usage/bulkexport */
export const bulkExportRoutes: readonly Route[] = [
  { ...common, operationId: 'ListDay', method: 'GET', path: `${folder}/Days`, handle: listDays },
  { ...common, operationId: 'FetchDay', method: 'GET', path: `${folder}/Days/{Day}`, handle: fetchDay },
  { ...common, operationId: 'CreateExportCustomJob', method: 'POST', path: `${folder}/Jobs`, handle: create },
  { ...common, operationId: 'FetchJob', method: 'GET', path: '/v1/Exports/Jobs/{JobSid}', handle: fetchJob },
];

function listDays(call: Call): Answer {
  const type = resourceType(call);
  return listWithMeta(
    call,
    'days',
    (to) => daysOf(call).filter(({ at }) => at <= to),
    ({ at, size }) => ({
      day: isoDay(at),
      size,
      resource_type: type,
      create_date: isoDay(at + day),
      friendly_name: `${type} ${isoDay(at)}`,
    }),
    { max: 400 },
  );
}

/** Redirects to a file that Twilio keeps elsewhere. The simulation has no such place. */
function fetchDay(call: Call): Answer {
  const type = resourceType(call);
  const found = daysOf(call).some(({ sid }) => sid === call.path['Day']);
  if (!found) throw notFound(`/Exports/${type}/Days/${call.path['Day']}`);
  const file = digest(`${call.account.sid} ${type} ${call.path['Day']}`);
  const location = `https://exports.twilio.invalid/${file}.json.gz`;
  return { status: 307, body: { redirect_to: location }, headers: { Location: location } };
}

function daysOf(call: Call) {
  const { account, now } = call;
  const traffic = resourceType(call) === 'Calls' ? account.calls : account.messages;
  return Array.from({ length: keptDays }, (_, index) => dayOf(now) - (blindDays + index) * day).map((at) => ({
    at,
    sid: isoDay(at),
    size: bytesPerRecord * liveTraffic<{ sid: string; at: number }>(call, traffic).count(at, at + day - 1),
  }));
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
  return ok(shape(job), 201);
}

function fetchJob({ state, path, account }: Call): Answer {
  const job = state.jobs.get(path['JobSid'] ?? '');
  if (job?.account !== account.sid) throw notFound(`/Exports/Jobs/${path['JobSid']}`);
  return ok({ ...shape(job), url: `https://bulkexports.twilio.com/v1/Exports/Jobs/${job.sid}` });
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

function shape(job: ExportJob): JsonObject {
  return {
    job_sid: job.sid,
    resource_type: job.resourceType,
    friendly_name: job.friendlyName,
    start_day: job.startDay,
    end_day: job.endDay,
    email: job.email,
    webhook_url: job.webhookUrl,
    webhook_method: job.webhookMethod,
    details: [{ status: 'Submitted', count: null, days: null }],
    job_queue_position: '1',
    estimated_completion_time: iso(job.created + day).slice(0, -1),
  };
}
