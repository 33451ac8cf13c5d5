import type { Fact } from '../accounts/nodeKind.ts';
import type { Action } from '../contain/action.ts';
import { counted } from '../contain/facts.ts';
import { callsField, endCalls, liveCallCount, liveCallReadNames, liveCallReads } from '../contain/liveCalls.ts';
import { subaccountStatus } from '../contain/subaccountStatus.ts';
import type { SubaccountTarget } from '../contain/target.ts';
import { type JsonObject, numberOf, textOf } from '../model/json.ts';
import { moneyText } from '../traffic/money.ts';

const status = subaccountStatus('suspended');

/**
 * Suspends, and ends the calls under way before and after: suspension does not.
 * https://www.twilio.com/docs/iam/api/subaccounts#suspending-a-subaccount
 */
const suspendSubaccount: Action<SubaccountTarget> = {
  ...status,
  id: 'suspendSubaccount',
  title: 'Suspend Subaccount…',
  icon: 'circle-slash',
  reversibility: 'reversible',
  undo: { actionId: 'reactivateSubaccount' },
  applicable: (target) => target.status === 'active',
  reads: (target) => ({ ...status.reads(target), ...liveCallReads(target.account) }),
  // A Main API key may suspend a subaccount, but sees nothing in it.
  optional: liveCallReadNames,
  state: (readings, target) => ({ ...status.state(readings, target), [callsField]: liveCallCount(readings) }),
  volatile: [callsField],
  sweep: endCalls,
  wanted: (before, target) => ({
    ...status.wanted(before, target),
    ...(before[callsField] !== 'unknown' && { [callsField]: '0' }),
  }),
  evidence: ({ account }) => ({
    numbers: { operation: 'listPhoneNumbers', account },
    usage: { operation: 'listUsageToday', account, query: { Category: 'sms-outbound' } },
  }),
  blastRadius: (replies, target, before) => [
    {
      name: 'Stops',
      value: `everything ${target.name || 'it'} sends, receives and hosts; queued messages fail with 30002`,
    },
    usage(replies['usage']),
    counted('Numbers that go silent', replies['numbers']),
    {
      name: 'Can no longer be read',
      value:
        'its audit log, alerts, list of keys, Verify attempts, geo-permissions and Messaging Services: these need its own credentials, which Twilio refuses while it is suspended. Collect its evidence first. Its messages, calls and numbers stay readable',
    },
    {
      name: 'Calls under way now',
      value:
        before[callsField] === 'unknown'
          ? 'unknown: they could not be read, and suspension does not end them'
          : `${before[callsField]}; suspension does not end them, so they are ended one by one, before and after`,
    },
  ],
};
export default suspendSubaccount;

function usage(records: readonly JsonObject[] | undefined): Fact {
  const name = 'Outbound SMS so far today (UTC)';
  const record = records?.[0];
  if (!record) return { name, value: records ? 'none' : 'unknown: usage could not be read' };
  const price = numberOf(record, 'price');
  const cost =
    price === undefined
      ? ''
      : `, ${moneyText({ amount: Math.abs(price), currency: (textOf(record, 'price_unit') ?? '').toUpperCase() })}`;
  return { name, value: `${textOf(record, 'count') ?? 'unknown'}${cost}` };
}
