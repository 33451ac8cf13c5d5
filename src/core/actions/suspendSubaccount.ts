import type { Fact } from '../accounts/nodeKind.ts';
import type { Action } from '../contain/action.ts';
import { subaccountStatus } from '../contain/subaccountStatus.ts';
import { type JsonObject, numberOf, textOf } from '../model/json.ts';

/** https://www.twilio.com/docs/iam/api/subaccounts#suspending-a-subaccount */
const suspendSubaccount: Action = {
  ...subaccountStatus('suspended'),
  id: 'suspendSubaccount',
  title: 'Suspend Subaccount…',
  icon: 'circle-slash',
  reversibility: 'reversible',
  undo: { actionId: 'reactivateSubaccount' },
  applicable: ({ status }) => status === 'active',
  evidence: ({ account }) => ({
    calls: { operation: 'listCalls', account, query: { Status: 'in-progress' } },
    numbers: { operation: 'listPhoneNumbers', account },
    usage: { operation: 'listUsageToday', account, query: { Category: 'sms-outbound' } },
  }),
  blastRadius: (replies, target) => [
    {
      name: 'Stops',
      value: `everything ${target.name || 'it'} sends, receives and hosts; queued messages fail with 30002`,
    },
    usage(replies['usage']),
    counted('Numbers that go silent', replies['numbers']),
    liveCalls(replies['calls']),
  ],
};
export default suspendSubaccount;

function usage(records: readonly JsonObject[] | undefined): Fact {
  const name = 'Outbound SMS so far today (UTC)';
  const record = records?.[0];
  if (!record) return { name, value: records ? 'none' : 'unknown: usage could not be read' };
  const price = numberOf(record, 'price');
  const cost =
    price === undefined ? '' : `, ${Math.abs(price).toFixed(2)} ${(textOf(record, 'price_unit') ?? '').toUpperCase()}`;
  return { name, value: `${textOf(record, 'count') ?? 'unknown'}${cost}` };
}

function counted(name: string, rows: readonly JsonObject[] | undefined): Fact {
  if (!rows) return { name, value: 'unknown: they could not be read' };
  return { name, value: rows.length >= 1000 ? '1000 or more' : String(rows.length) };
}

/** Suspension does not end calls that are under way (twilio.com/docs/iam/api/subaccounts). */
function liveCalls(rows: readonly JsonObject[] | undefined): Fact {
  const fact = counted('Calls under way now', rows);
  return rows?.length === 0 ? fact : { ...fact, value: `${fact.value}; suspension does not end them` };
}
