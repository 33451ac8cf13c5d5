import type { Action, Reading } from '../contain/action.ts';
import type { VerifyLimitTarget } from '../contain/target.ts';
import { bucketField, bucketsText } from '../contain/verifyLimit.ts';
import { textOf } from '../model/json.ts';

const field = 'Rate limit';

/** https://www.twilio.com/docs/verify/api/service-rate-limits */
const removeVerifyLimit: Action<VerifyLimitTarget> = {
  id: 'removeVerifyLimit',
  title: 'Remove Verify Rate Limit…',
  icon: 'dashboard',
  on: 'verifyLimit',
  reversibility: 'irreversible',
  several: 'remove # limits',
  applicable: () => true,
  refuse: () => undefined,
  reads: ({ account, service }) => ({
    limits: { operation: 'listRateLimits', account, path: { ServiceSid: service } },
  }),
  readsNext: ({ account, service, sid }, { limits }) =>
    isAmong(sid, limits)
      ? { buckets: { operation: 'listBuckets', account, path: { ServiceSid: service, RateLimitSid: sid } } }
      : {},
  state: ({ limits, buckets }, { sid }) =>
    isAmong(sid, limits) ? { [field]: 'there', [bucketField]: bucketsText(buckets?.items) } : { [field]: 'gone' },
  gone: { [field]: 'gone' },
  requests: ({ account, service, sid }) => [
    { operation: 'deleteRateLimit', account, path: { ServiceSid: service, Sid: sid } },
  ],
  wanted: () => ({ [field]: 'gone' }),
  evidence: ({ account, service, sid }) => ({
    buckets: { operation: 'listBuckets', account, path: { ServiceSid: service, RateLimitSid: sid } },
  }),
  blastRadius: ({ buckets }, { name }) => [
    { name: 'No longer limited', value: `verifications that name ${name}` },
    { name: 'Removed with it', value: buckets ? `${buckets.length} buckets` : 'its buckets, which could not be read' },
  ],
};
export default removeVerifyLimit;

function isAmong(sid: string, limits: Reading | undefined): boolean {
  return limits?.items.some((limit) => textOf(limit, 'sid') === sid) === true;
}
