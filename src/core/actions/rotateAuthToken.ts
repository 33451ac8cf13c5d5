import type { Action } from '../contain/action.ts';
import { counted } from '../contain/facts.ts';
import { otherThan } from '../contain/readLive.ts';
import type { AuthTokenTarget } from '../contain/target.ts';
import { textOf } from '../model/json.ts';

const field = 'Auth Token';
const statusField = 'Account';

/**
 * Makes a secondary token, keeps it, then promotes it. Twilio shows no token to whoever asks, so that a mark of it is compared.
 * https://www.twilio.com/docs/iam/api/authtoken
 */
const rotateAuthToken: Action<AuthTokenTarget> = {
  id: 'rotateAuthToken',
  title: 'Rotate Auth Token…',
  icon: 'sync',
  on: 'authToken',
  reversibility: 'irreversible',
  several: 'rotate # tokens',
  applicable: () => true,
  refuse(_target, live, { keyInUse }) {
    if (keyInUse !== undefined)
      return 'An API key may not rotate the Auth Token. Sign in with the Account SID and Auth Token first.';
    if (live[field] === 'unknown') return 'Twilio does not show this account’s token to the credential in use.';
    return live[statusField] === 'active'
      ? undefined
      : `The account is ${live[statusField]}, and Twilio takes no request that is signed with its token then. Rotate it when the account is active again.`;
  },
  reads: ({ account }) => ({ account: { operation: 'fetchAccount', account } }),
  state: ({ account }) => ({
    [field]: account?.tokenMark ?? 'unknown',
    [statusField]: (account && textOf(account.body, 'status')) ?? 'unknown',
  }),
  requests: ({ account }) => [
    { operation: 'createSecondaryToken', account },
    { operation: 'promoteSecondaryToken', account },
  ],
  wanted: (before) => ({ [field]: otherThan(before[field] ?? 'unknown') }),
  handsOut: 'token',
  evidence: ({ account }) => ({
    numbers: { operation: 'listPhoneNumbers', account },
    keys: { operation: 'listKeys', account, query: { AccountSid: account } },
  }),
  blastRadius: ({ numbers, keys }) => [
    { name: 'Stops', value: 'every program that signs with the old token, at once, until it is given the new one' },
    {
      name: 'Webhooks',
      value:
        'signatures no longer match for programs that check them with the old token, until they are given the new one',
    },
    counted('Numbers whose webhooks are signed with it', numbers),
    counted('API keys, which go on working: delete them separately', keys),
    {
      name: 'The new token',
      value: 'is kept in VS Code’s secret storage before the old one is given up; copy it from there when it is done',
    },
    { name: 'Not known', value: 'which programs use the token: Twilio keeps no record of it' },
  ],
};
export default rotateAuthToken;
