import type { Action } from '../contain/action.ts';
import { safeNumber } from '../contain/safeNumber.ts';
import type { SafeNumberTarget } from '../contain/target.ts';

/** https://www.twilio.com/docs/usage/global-safe-list */
const removeSafeNumber: Action<SafeNumberTarget> = {
  ...safeNumber,
  id: 'removeSafeNumber',
  title: 'Take Number Off the Safe List…',
  icon: 'circle-slash',
  reversibility: 'reversible',
  undo: { actionId: 'addSafeNumber' },
  requests: ({ account, name }) => [{ operation: 'removeSafeNumber', account, query: { PhoneNumber: name } }],
  wanted: () => ({ 'On the safe list': 'no' }),
  blastRadius: (_replies, { name }) => [
    {
      name: 'Protects again',
      value: `SMS Pumping Protection, Fraud Guard and Verify geo-permissions decide about ${name}, and may block it`,
    },
  ],
};
export default removeSafeNumber;
