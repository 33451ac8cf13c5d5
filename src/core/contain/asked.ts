import type { Window } from '../model/incidentWindow.ts';
import type { AccountSid } from '../model/sid.ts';
import type { CheckedType } from '../validate/checked.ts';
import type { FraudType } from '../validate/signal.ts';
import type { OwnChange } from './ownChanges.ts';
import type { Target } from './target.ts';

/** What is known of the incident when steps are proposed. */
export interface Asking {
  /** Types of fraud that are confirmed or likely. */
  readonly types: ReadonlySet<FraudType>;
  /** Accounts in which the fraud runs. */
  readonly attacked: ReadonlySet<AccountSid>;
  readonly main: AccountSid;
  /** An account takeover is confirmed, and not only likely. */
  readonly takeoverConfirmed?: boolean;
  /** The API key that the window is signed in with. */
  readonly keyInUse?: string;
}

/** Types that the verdicts are sure enough of to choose steps by: a person can still leave each of them out. */
export function sureTypes(verdicts: readonly Pick<CheckedType, 'type' | 'grade'>[]): ReadonlySet<FraudType> {
  return new Set(verdicts.filter(({ grade }) => grade === 'confirmed' || grade === 'likely').map(({ type }) => type));
}

/** What an account takeover is judged by, for what it may have left behind. */
export interface Takeover {
  /** When the incident happened. */
  readonly window: Window;
  /** The verdict is confirmed, and not only likely. */
  readonly confirmed: boolean;
  /** What was changed with this extension: nothing to take back. */
  readonly ownChanges?: readonly OwnChange[];
}

/** How sure an account takeover is, of an incident in this window; `undefined` when it is neither confirmed nor likely. */
export function takeoverOf(
  verdicts: readonly Pick<CheckedType, 'type' | 'grade'>[],
  window: Window,
  ownChanges: readonly OwnChange[] = [],
): Takeover | undefined {
  if (!sureTypes(verdicts).has('account-takeover')) return undefined;
  return {
    window,
    ...(ownChanges.length > 0 && { ownChanges }),
    confirmed: verdicts.some(({ type, grade }) => type === 'account-takeover' && grade === 'confirmed'),
  };
}

/**
 * Whether what is known asks for this lever on this target, by Twilio's fraud guide: an account takeover for a new token and the
 * end of every key of the main account, once there is another for the customer's programs, and for the suspension of a subaccount that is
 * used; pumping and toll fraud for closing where it goes. Countries are asked for by whoever proposes them.
 */
export function asksFor(actionId: string, { account }: Target, { types, attacked, main }: Asking): boolean {
  const taken = types.has('account-takeover');
  switch (actionId) {
    case 'rotateAuthToken':
    case 'createReplacementKey':
    case 'deleteApiKey':
      return taken && account === main;
    case 'closeSmsCountry':
      return types.has('sms-pumping');
    case 'closeVoiceCountry':
      return types.has('toll-fraud');
    // Whoever only sends forms to the customer's site is stopped by a closed country; who has credentials goes elsewhere.
    case 'suspendSubaccount':
      return (taken || types.has('smishing')) && attacked.has(account);
    case 'endLiveCalls':
      return types.has('toll-fraud') && attacked.has(account);
    default:
      return false;
  }
}
