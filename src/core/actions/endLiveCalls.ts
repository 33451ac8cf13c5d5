import type { Action } from '../contain/action.ts';
import { alreadyEnded, callsField, endCalls, liveCallCount, liveCallReads } from '../contain/liveCalls.ts';
import type { LiveCallsTarget } from '../contain/target.ts';

/** https://www.twilio.com/docs/voice/api/call-resource#update-a-call-resource */
const endLiveCalls: Action<LiveCallsTarget> = {
  id: 'endLiveCalls',
  title: 'End Live Calls…',
  icon: 'call-outgoing',
  on: 'liveCalls',
  reversibility: 'irreversible',
  several: 'end calls of # accounts',
  applicable: () => true,
  refuse: () => undefined,
  reads: ({ account }) => liveCallReads(account),
  state: (readings) => ({ [callsField]: liveCallCount(readings) }),
  volatile: [callsField],
  sweep: endCalls,
  harmless: ({ twilioCode }) => twilioCode === alreadyEnded,
  requests: () => [],
  wanted: () => ({ [callsField]: '0' }),
  evidence: () => ({}),
  blastRadius: (_replies, _target, before) => [
    { name: 'Calls that are cut off', value: `${before[callsField]}, wanted ones too; callers hear the line go dead` },
    { name: 'Not stopped', value: 'new calls: close the country, take away the credential or suspend the account too' },
  ],
};
export default endLiveCalls;
