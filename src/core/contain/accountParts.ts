import type { AccountSid } from '../model/sid.ts';
import type { Target } from './target.ts';

/** What containment can act on in an account as a whole, besides the account itself. */
export function accountParts(account: AccountSid, name: string): readonly Target[] {
  return [
    { kind: 'liveCalls', account, name },
    { kind: 'authToken', account, name },
    { kind: 'scheduledMessages', account, name },
  ];
}
