import { textOf } from '../model/json.ts';
import type { Action } from './action.ts';
import type { SubaccountTarget } from './target.ts';

/** What suspending and reactivating a subaccount share: they set its `Status`, with the parent's credential. */
export function subaccountStatus(
  status: 'suspended' | 'active',
): Pick<Action<SubaccountTarget>, 'on' | 'reads' | 'state' | 'requests' | 'wanted' | 'refuse'> {
  return {
    on: 'subaccount',
    reads: ({ account }) => ({ account: { operation: 'fetchAccount', account } }),
    state: ({ account }) => ({ status: (account && textOf(account.body, 'status')) ?? 'unknown' }),
    requests: ({ account }) => [{ operation: 'updateAccountStatus', account, form: { Status: status } }],
    wanted: () => ({ status }),
    refuse(target, live, { main }) {
      // Twilio error 21477: the main account cannot change its own status.
      if (target.account === main)
        return 'This is the main account: Twilio does not let it suspend or reactivate itself. Ask Twilio Support.';
      if (live['status'] === 'closed') return 'This subaccount is closed, for good.';
      return undefined;
    },
  };
}
