import type { UserError } from '../../errors.ts';

const refused = 'Twilio does not let this be read: ';

/** Failures that every further request for the same thing would meet as well. */
const lasting: ReadonlySet<UserError['code']> = new Set([
  'bad-credential',
  'not-permitted',
  'account-suspended',
  'not-allowed',
  'not-found',
]);

export function isLasting(error: UserError): boolean {
  return lasting.has(error.code);
}

/** The failure as the reason of an incomplete slice, by which a refusal can be told from a mishap later. */
export function whyOf(error: UserError): string {
  return isLasting(error) ? `${refused}${error.message}` : error.message;
}

/** Whether the reason of an incomplete slice is that credential or account do not allow it. */
export function isRefusal(why: string | undefined): boolean {
  return why?.startsWith(refused) ?? false;
}
