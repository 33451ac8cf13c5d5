import type { Action } from '../contain/action.ts';
import { alreadyListed, safeNumber } from '../contain/safeNumber.ts';
import type { SafeNumberTarget } from '../contain/target.ts';

/** https://www.twilio.com/docs/usage/global-safe-list */
const addSafeNumber: Action<SafeNumberTarget> = {
  ...safeNumber,
  id: 'addSafeNumber',
  title: 'Put Number on the Safe List…',
  icon: 'pass',
  reversibility: 'reversible',
  undo: { actionId: 'removeSafeNumber' },
  requests: ({ account, name }) => [{ operation: 'addSafeNumber', account, form: { PhoneNumber: name } }],
  harmless: ({ twilioCode }) => twilioCode === alreadyListed,
  wanted: () => ({ 'On the safe list': 'yes' }),
  blastRadius: (_replies, { name }) => [
    {
      name: 'Weakens',
      value: `SMS Pumping Protection, Fraud Guard and Verify geo-permissions no longer stop anything to ${name}`,
    },
    { name: 'Needs', value: 'one of these protections to be on, else Twilio refuses' },
  ],
};
export default addSafeNumber;
