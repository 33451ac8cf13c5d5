import type { Action } from '../contain/action.ts';
import type { SipCredentialTarget } from '../contain/target.ts';
import { textOf } from '../model/json.ts';

const field = 'SIP credential';

/** https://www.twilio.com/docs/voice/sip/api/sip-credential-resource */
const removeSipCredential: Action<SipCredentialTarget> = {
  id: 'removeSipCredential',
  title: 'Remove SIP Credential…',
  icon: 'trash',
  on: 'sipCredential',
  reversibility: 'irreversible',
  several: 'remove # credentials',
  applicable: () => true,
  refuse: () => undefined,
  reads: ({ account, list, sid }) => ({
    credential: { operation: 'fetchSipCredential', account, path: { CredentialListSid: list, Sid: sid } },
  }),
  state: ({ credential }) => ({
    [field]: 'there',
    'User name': (credential && textOf(credential.body, 'username')) ?? '',
  }),
  gone: { [field]: 'gone' },
  requests: ({ account, list, sid }) => [
    { operation: 'deleteSipCredential', account, path: { CredentialListSid: list, Sid: sid } },
  ],
  wanted: () => ({ [field]: 'gone' }),
  evidence: ({ account, list }) => ({
    others: { operation: 'listSipCredentials', account, path: { CredentialListSid: list } },
  }),
  blastRadius: ({ others }, { name }) => [
    { name: 'Stops', value: `every SIP device that signs in as ${name}, in all domains and trunks that use its list` },
    { name: 'Goes on', value: 'calls under way: end them with “End Live Calls…”' },
    {
      name: 'Credentials left in its list',
      value: others ? String(Math.max(0, others.length - 1)) : 'unknown: they could not be read',
    },
    { name: 'Not known', value: 'which devices use it, and its password, which Twilio does not show' },
  ],
};
export default removeSipCredential;
