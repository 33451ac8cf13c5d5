import { describe, expect, it } from 'vitest';
import { operationOf, operations } from '../../src/core/twilio/operations.ts';
import { describe as inWords, toHttp } from '../../src/core/twilio/request.ts';
import { builtRequests, extensionRequests } from './extensionRequests.ts';
import { contractOf } from './twilioDocument.ts';

describe("requests of the extension, held against Twilio's OpenAPI documents", () => {
  it.each([...extensionRequests, ...builtRequests].map((request) => [inWords(request), request] as const))(
    '%s',
    async (_, request) => {
      const { spec, operationId } = operationOf(request.operation);
      const contract = await contractOf(spec);
      expect(contract.requestProblems(operationId, toHttp(request))).toEqual([]);
    },
  );

  it('covers every operation', () => {
    const covered = new Set<string>(extensionRequests.map(({ operation }) => operation));
    expect(Object.keys(operations).filter((operation) => !covered.has(operation))).toEqual([]);
  });
});

describe('the contract itself', () => {
  const account = `/2010-04-01/Accounts/AC${'1'.repeat(32)}`;
  const good = { method: 'POST', host: 'api.twilio.com', path: `${account}.json`, body: 'Status=suspended' };

  it.each([
    ['an absent body', { ...good, body: undefined }, 'no body'],
    ['an empty body', { ...good, body: '' }, 'no body'],
    ['an unknown value', { ...good, body: 'Status=frozen' }, 'allowed values'],
    ['an unknown field', { ...good, body: 'Statsu=suspended' }, 'additional properties'],
    ['another host', { ...good, host: 'iam.twilio.com' }, 'its host is api.twilio.com'],
    ['another method', { ...good, method: 'GET' }, 'is FetchAccount'],
    ['another path', { ...good, path: '/2010-04-01/Account.json' }, 'no operation'],
    ['an unknown parameter', { ...good, path: `${account}.json?Staus=x` }, 'additional properties'],
  ])('finds fault with %s', async (_, sent, problem) => {
    const contract = await contractOf('api_v2010');
    const { body, ...rest } = sent;
    const problems = contract.requestProblems('UpdateAccount', { ...rest, ...(body !== undefined && { body }) });
    expect(problems.join('\n')).toContain(problem);
  });

  it('finds fault with replies that lack, add or mistype something, and with replies Twilio does not document', async () => {
    const contract = await contractOf('iam_v1');
    const key = {
      sid: `SK${'0'.repeat(32)}`,
      friendly_name: 'a',
      date_created: null,
      date_updated: null,
      policy: null,
    };
    const problems = (body: unknown, status = 200) => contract.replyProblems('FetchKey', status, body).join('\n');
    expect(problems(key)).toBe('');
    expect(problems({ ...key, sid: 'SK1' })).toContain('/sid');
    expect(problems({ ...key, secret: 'x' })).toContain('additional properties');
    expect(problems({ ...key, date_created: '2026-11-21T12:00:00Z' })).toContain('date-time-rfc-2822');
    expect(problems({ sid: key.sid })).toContain('required property');
    expect(problems({})).toContain('required property');
    expect(problems(undefined)).not.toBe('');
    expect(problems(key, 202)).toContain('no documented reply');
  });
});
