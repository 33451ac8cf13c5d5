import { isSafeNumber } from '../twilio/patterns.ts';
import type { Action } from './action.ts';
import type { SafeNumberTarget } from './target.ts';

/** Twilio says this of a number that is on the list already. https://www.twilio.com/docs/api/errors/60411 */
export const alreadyListed = 60411;

/** What putting a number on the Global Safe List and taking it off share. https://www.twilio.com/docs/usage/global-safe-list */
export const safeNumber: Pick<
  Action<SafeNumberTarget>,
  'on' | 'applicable' | 'refuse' | 'reads' | 'absent' | 'state' | 'evidence'
> = {
  on: 'safeNumber',
  applicable: () => true,
  refuse: ({ name }, live) => {
    if (!isSafeNumber(name))
      return 'It is no number: write it as +14155550100, or as +1415555xxx for a thousand of them.';
    return live['On the safe list'] === 'unknown' ? 'Twilio does not say whether it is on the list.' : undefined;
  },
  // Twilio answers for one number at a time; the list cannot be read.
  reads: ({ account, name }) => ({
    number: { operation: 'fetchSafeNumber', account, query: { PhoneNumber: name } },
  }),
  absent: { 'On the safe list': 'no' },
  state: ({ number }) => ({ 'On the safe list': number?.body['phone_number'] === undefined ? 'unknown' : 'yes' }),
  evidence: () => ({}),
};
