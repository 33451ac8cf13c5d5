import type { Action } from '../contain/action.ts';
import { counted } from '../contain/facts.ts';
import type { NewVerifyLimitTarget } from '../contain/target.ts';
import { bucketField, bucketsText, bucketText, limitInstructions, limitNamed } from '../contain/verifyLimit.ts';

const field = 'Rate limit';
const sidField = 'Its SID';

/**
 * Makes a rate limit and, when Twilio has given it a SID, the bucket that says how many in what time.
 * https://www.twilio.com/docs/verify/api/programmable-rate-limits
 */
const createVerifyLimit: Action<NewVerifyLimitTarget> = {
  id: 'createVerifyLimit',
  title: 'Create Verify Rate Limit…',
  icon: 'dashboard',
  on: 'newVerifyLimit',
  reversibility: 'reversible',
  undo: {
    actionId: 'removeVerifyLimit',
    // Removing a limit that was there before, without a bucket, would not bring that back.
    target: ({ account, name, service }, before, after) =>
      before[field] === 'there'
        ? undefined
        : { kind: 'verifyLimit', account, name, service, sid: after[sidField] ?? '' },
  },
  applicable: () => true,
  refuse: ({ max, interval }, live) =>
    [bucketText(max, interval), 'none'].includes(live[bucketField] ?? 'none')
      ? undefined
      : `There is a rate limit of this name, which allows ${live[bucketField]}. Choose another name.`,
  reads: ({ account, service }) => ({
    limits: { operation: 'listRateLimits', account, path: { ServiceSid: service } },
  }),
  readsNext({ account, service, name }, { limits }) {
    const sid = limitNamed(name, limits?.items);
    if (sid === undefined) return {};
    return { buckets: { operation: 'listBuckets', account, path: { ServiceSid: service, RateLimitSid: sid } } };
  },
  state({ limits, buckets }, { name }) {
    const sid = limitNamed(name, limits?.items);
    return {
      [field]: sid === undefined ? 'none' : 'there',
      [bucketField]: bucketsText(buckets?.items),
      [sidField]: sid ?? '',
    };
  },
  requests: ({ account, service, name }, before) =>
    before[field] === 'there'
      ? []
      : [{ operation: 'createRateLimit', account, path: { ServiceSid: service }, form: { UniqueName: name } }],
  sweep: {
    of: 'rate limit of this name without a bucket',
    prefix: 'RK',
    found: ({ limits, buckets }, { name }) =>
      buckets?.items.length === 0 ? [limitNamed(name, limits?.items)].filter((sid) => sid !== undefined) : [],
    one: ({ account, service, max, interval }, sid) => ({
      operation: 'createBucket',
      account,
      path: { ServiceSid: service, RateLimitSid: sid },
      form: { Max: max, Interval: interval },
    }),
  },
  wanted: (_before, { max, interval }) => ({ [field]: 'there', [bucketField]: bucketText(max, interval) }),
  instructions: limitInstructions,
  evidence: ({ account, service }) => ({
    attempts: { operation: 'listVerifyAttempts', account, query: { VerifyServiceSid: service } },
  }),
  blastRadius: ({ attempts }, { name }) => [
    {
      name: 'Does nothing by itself',
      value: `Verify counts only requests that carry RateLimits with ${name}: the application must be changed. The code for it is shown when it is done`,
    },
    counted('Attempts lately in this service', attempts),
    { name: 'Then stops', value: 'verifications above the limit, of real users who share the counted value too' },
  ],
};
export default createVerifyLimit;
