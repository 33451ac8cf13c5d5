import type { JsonObject } from '../../../core/model/json.ts';
import type { SimRateLimit, SimVerifyService } from '../../world.ts';
import { invalid, noContent, notFound, ok, Refusal } from '../answer.ts';
import { iso } from '../dates.ts';
import { listWithMeta, made } from '../paging.ts';
import type { Answer, Call, Route } from '../route.ts';

const common = { spec: 'verify_v2', host: 'verify.twilio.com' } as const;
const limits = '/v2/Services/{ServiceSid}/RateLimits';
const buckets = `${limits}/{RateLimitSid}/Buckets`;

/** Rate limits of Verify services. https://www.twilio.com/docs/verify/api/service-rate-limits */
export const rateLimitRoutes: readonly Route[] = [
  { ...common, operationId: 'ListRateLimit', method: 'GET', path: limits, handle: listLimits },
  { ...common, operationId: 'CreateRateLimit', method: 'POST', path: limits, handle: createLimit },
  { ...common, operationId: 'DeleteRateLimit', method: 'DELETE', path: `${limits}/{Sid}`, handle: removeLimit },
  { ...common, operationId: 'ListBucket', method: 'GET', path: buckets, handle: listBuckets },
  { ...common, operationId: 'CreateBucket', method: 'POST', path: buckets, handle: createBucket },
];

function listLimits(call: Call): Answer {
  const { rateLimits = [] } = serviceOf(call);
  return listWithMeta(call, 'rate_limits', made(rateLimits, call.now), (one) => limitShape(call, one));
}

function createLimit(call: Call): Answer {
  const service = serviceOf(call);
  const uniqueName = call.form.get('UniqueName') ?? '';
  if (uniqueName === '') throw invalid('UniqueName');
  service.rateLimits ??= [];
  if (service.rateLimits.some((one) => one.uniqueName === uniqueName))
    throw new Refusal(400, 60206, 'Rate limit with this unique name exists');
  const limit: SimRateLimit = { sid: call.state.sid('RK'), uniqueName, created: call.now, buckets: [] };
  service.rateLimits.push(limit);
  return ok(limitShape(call, limit), 201);
}

function removeLimit(call: Call): Answer {
  const { rateLimits = [] } = serviceOf(call);
  rateLimits.splice(rateLimits.indexOf(limitOf(call, call.path['Sid'])), 1);
  return noContent;
}

function listBuckets(call: Call): Answer {
  const limit = limitOf(call, call.path['RateLimitSid']);
  return listWithMeta(call, 'buckets', made(limit.buckets, call.now), (one) => bucketShape(call, limit, one));
}

function createBucket(call: Call): Answer {
  const limit = limitOf(call, call.path['RateLimitSid']);
  const [max, interval] = ['Max', 'Interval'].map((name) => Number(call.form.get(name)));
  if (!max || !Number.isInteger(max)) throw invalid('Max');
  if (!interval || !Number.isInteger(interval)) throw invalid('Interval');
  const bucket = { sid: call.state.sid('BL'), max, interval, created: call.now };
  limit.buckets.push(bucket);
  return ok(bucketShape(call, limit, bucket), 201);
}

function serviceOf({ account, path }: Call): SimVerifyService {
  const service = account.verifyServices.find(({ sid }) => sid === path['ServiceSid']);
  if (!service) throw notFound(`/Services/${path['ServiceSid']}`);
  return service;
}

function limitOf(call: Call, sid: string | undefined): SimRateLimit {
  const limit = serviceOf(call).rateLimits?.find((one) => one.sid === sid);
  if (!limit) throw notFound(`/RateLimits/${sid}`);
  return limit;
}

function limitShape(call: Call, { sid, uniqueName, created }: SimRateLimit): JsonObject {
  const service = serviceOf(call).sid;
  const url = `https://verify.twilio.com/v2/Services/${service}/RateLimits/${sid}`;
  return {
    sid,
    service_sid: service,
    account_sid: call.account.sid,
    unique_name: uniqueName,
    description: '',
    date_created: iso(created),
    date_updated: iso(created),
    url,
    links: { buckets: `${url}/Buckets` },
  };
}

function bucketShape(call: Call, limit: SimRateLimit, bucket: SimRateLimit['buckets'][number]): JsonObject {
  const service = serviceOf(call).sid;
  return {
    sid: bucket.sid,
    rate_limit_sid: limit.sid,
    service_sid: service,
    account_sid: call.account.sid,
    max: bucket.max,
    interval: bucket.interval,
    date_created: iso(bucket.created),
    date_updated: iso(bucket.created),
    url: `https://verify.twilio.com/v2/Services/${service}/RateLimits/${limit.sid}/Buckets/${bucket.sid}`,
  };
}
