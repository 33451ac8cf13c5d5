import { describe, expect, it } from 'vitest';
import { breakageOf } from '../../../src/adapters/twilio/breakage.ts';
import { explainBreakage, outcomeUnknown } from '../../../src/adapters/twilio/explainBreakage.ts';
import { type Asked, explainError } from '../../../src/adapters/twilio/explainError.ts';
import { demo, events, keySid, main, messages, sub, suspend, withKey } from './loopback.ts';

const asked: Asked = { request: messages, connection: demo, proven: true };
const byKey: Asked = { ...asked, connection: withKey };

describe('what Twilio’s refusals mean', () => {
  it.each<[string, Asked, number, number | undefined, string, string]>([
    ['a wrong token', { ...asked, proven: false }, 401, 20003, 'bad-credential', 'does not accept the Auth Token'],
    ['a token changed meanwhile', asked, 401, 20003, 'bad-credential', 'no longer accepts the Auth Token'],
    ['a deleted key', byKey, 401, 20003, 'bad-credential', 'the key was deleted'],
    [
      'a standard key on keys',
      { ...byKey, request: { operation: 'listKeys', account: main } },
      401,
      20003,
      'not-permitted',
      'Standard API key: it cannot read accounts or keys; sign in with the Auth Token or a Main key',
    ],
    [
      'a standard key on accounts',
      { ...byKey, request: { operation: 'listAccounts', account: main } },
      401,
      20003,
      'not-permitted',
      'Standard API key',
    ],
    [
      'a standard key on the account',
      { ...byKey, proven: false, request: { operation: 'fetchAccount', account: main } },
      401,
      undefined,
      'not-permitted',
      'its secret is wrong',
    ],
    [
      'a changed subaccount token',
      { ...asked, request: { ...events, account: sub }, borrowed: { status: 'active' } },
      401,
      20003,
      'bad-credential',
      'changed meanwhile',
    ],
    [
      'a suspended subaccount',
      { ...asked, request: { ...events, account: sub }, borrowed: { status: 'suspended' } },
      401,
      20003,
      'account-suspended',
      'suspended',
    ],
    [
      'a suspended subaccount by its own code',
      { ...asked, request: { ...events, account: sub }, borrowed: { status: 'suspended' } },
      401,
      20005,
      'account-suspended',
      'Subaccount AC…2222 is suspended',
    ],
    ['a suspended account', asked, 403, 20403, 'account-suspended', 'suspended or closed'],
    ['an inactive account', asked, 401, 20005, 'account-suspended', 'suspended or closed'],
    ['an account that is not active', asked, 401, 10001, 'account-suspended', 'suspended or closed'],
    ['an account that is blocked', asked, 401, 90010, 'account-suspended', 'suspended or closed'],
    ['test credentials', asked, 403, 20008, 'not-permitted', 'test credentials'],
    ['something gone', asked, 404, 20404, 'not-found', 'another account'],
    ['a wrong parameter', asked, 400, 20422, 'bad-input', '20422'],
    ['a wrong SID', asked, 400, 20423, 'bad-input', '20423'],
    ['too many requests', asked, 429, 20429, 'throttled', 'did not process'],
    ['trouble at Twilio', asked, 500, 20500, 'server', 'status page'],
    ['trouble without a body', asked, 503, undefined, 'server', 'HTTP 503'],
    ['a wrong status', { ...asked, request: suspend }, 400, 21475, 'bad-input', 'status'],
    ['a suspended parent', { ...asked, request: suspend }, 400, 21476, 'account-suspended', 'parent'],
    ['suspending oneself', { ...asked, request: suspend }, 400, 21477, 'not-permitted', 'Support'],
    ['what Twilio suspended', { ...asked, request: suspend }, 400, 21478, 'not-permitted', 'Twilio itself suspended'],
    ['what is closed', { ...asked, request: suspend }, 400, 21479, 'not-permitted', 'closed for good'],
    ['something else', asked, 400, 99_999, 'bad-input', 'error dictionary says more about 99999'],
    ['something forbidden', asked, 403, 20003, 'not-permitted', '20003'],
    ['a proxy', asked, 407, undefined, 'network', 'Http: Proxy'],
  ])('explains %s', (_what, context, status, twilioCode, code, words) => {
    const error = explainError(context, status, twilioCode === undefined ? {} : { code: twilioCode, message: 'x' });
    expect(error).toMatchObject({ code, status, twilioCode });
    expect(error.message).toContain(words);
  });

  it('names the permission that a restricted key lacks, when it looks like one', () => {
    const say = (message: string) => explainError(byKey, 401, { code: 70051, message }).message;
    expect(say('Missing permission: /twilio/messaging/messages/list')).toContain('/twilio/messaging/messages/list');
    expect(say('Missing /twilio/[x](command:evil)')).not.toContain('command');
    expect(say('Missing /twilio/x<img>')).toContain('for listMessages');
    expect(say('none')).toContain(`SK…${keySid.slice(-4)} lacks the permission for listMessages`);
  });

  it('keeps Twilio’s own text out of the sentence', () => {
    const hostile = '[Undo](command:evil) <img src=x> \u202e';
    for (const status of [400, 401, 403, 404, 429, 500])
      for (const code of [20003, 70051, 20404, 1, hostile]) {
        const { message } = explainError(byKey, status, { code, message: hostile, more_info: hostile });
        expect(message).not.toContain('command:');
        expect(message).not.toContain('<img');
      }
  });
});

describe('connections that fail', () => {
  const failed = (code: string, message = '') => breakageOf(Object.assign(new Error(message), { code }));
  it.each([
    ['ENOTFOUND', 'dns'],
    ['EAI_AGAIN', 'dns'],
    ['ECONNREFUSED', 'refused'],
    ['ETIMEDOUT', 'timeout'],
    ['ENETUNREACH', 'unreachable'],
    ['ECONNRESET', 'reset'],
    ['EPIPE', 'reset'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate'],
    ['CERT_HAS_EXPIRED', 'certificate'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate'],
    ['HPE_INVALID_CONSTANT', 'malformed'],
    ['ERR_PROXY_TUNNEL', 'proxy'],
  ] as const)('%s is told as %s', (code, breakage) => {
    expect(failed(code)).toBe(breakage);
    const { message } = explainBreakage(breakage, 'api.twilio.com');
    expect(message).not.toMatch(/\w\.\w/);
    expect(message).not.toContain('{');
  });

  it('knows a proxy by what its agent says', () => {
    expect(failed('', 'Failed to establish a socket connection to proxies: PROXY x:1')).toBe('proxy');
    expect(breakageOf('not even an error')).toBe('reset');
  });

  it('names the change whose outcome is unknown', () => {
    const { message, code } = outcomeUnknown(suspend, { status: 502 });
    expect(code).toBe('outcome-unknown');
    expect(message).toContain('updateAccountStatus Status=suspended for AC…2222');
    expect(message).toContain('HTTP 502');
    expect(message).toContain('Read the current state');
  });
});
