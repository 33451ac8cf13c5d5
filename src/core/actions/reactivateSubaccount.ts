import type { Action } from '../contain/action.ts';
import { subaccountStatus } from '../contain/subaccountStatus.ts';
import type { SubaccountTarget } from '../contain/target.ts';

/** https://www.twilio.com/docs/iam/api/subaccounts#suspending-a-subaccount */
const reactivateSubaccount: Action<SubaccountTarget> = {
  ...subaccountStatus('active'),
  id: 'reactivateSubaccount',
  title: 'Reactivate Subaccount…',
  icon: 'debug-start',
  reversibility: 'reversible',
  undo: { actionId: 'suspendSubaccount' },
  applicable: ({ status }) => status === 'suspended',
  evidence: () => ({}),
  blastRadius: (_replies, target) => [
    { name: 'Starts again', value: `everything ${target.name || 'it'} sends, receives and hosts` },
    { name: 'Before you do', value: 'an attacker who still has its token or a key can go on at once' },
  ],
};
export default reactivateSubaccount;
