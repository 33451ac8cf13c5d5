import { UserError } from '../errors.ts';
import type { AccountSid } from '../model/sid.ts';
import type { Cancellation, Twilio } from '../ports.ts';
import { isSafeNumber } from '../twilio/patterns.ts';
import { readPages } from './readLive.ts';

/** Numbers asked about at once: Twilio answers for one at a time, 500 a minute. https://www.twilio.com/docs/usage/global-safe-list */
export const mostNumbers = 20;

/** Numbers between spaces, commas or semicolons, each once; what is none is in `wrong`. */
export function safeNumbersIn(text: string): {
  readonly numbers: readonly string[];
  readonly wrong: readonly string[];
} {
  const parts = [...new Set(text.split(/[\s,;]+/).filter((part) => part !== ''))];
  return { numbers: parts.filter(isSafeNumber), wrong: parts.filter((part) => !isSafeNumber(part)) };
}

/** What the Global Safe List of an account says of numbers. A number is on it by itself or as one of a thousand, as it was put there. */
export interface SafeListAnswer {
  readonly on: readonly string[];
  readonly off: readonly string[];
  /** For these Twilio gave no answer. */
  readonly unknown: readonly { readonly number: string; readonly why: string }[];
}

/** Asks about one number after the other. Reads only. Throws `Cancelled`. */
export async function checkSafeList(
  numbers: readonly string[],
  account: AccountSid,
  twilio: Twilio,
  cancel?: Cancellation,
): Promise<SafeListAnswer> {
  const on: string[] = [];
  const off: string[] = [];
  const unknown: { number: string; why: string }[] = [];
  for (const number of numbers)
    try {
      const request = { operation: 'fetchSafeNumber', account, query: { PhoneNumber: number } } as const;
      const { body } = await readPages(request, 1, twilio, cancel);
      if (body['phone_number'] === undefined) unknown.push({ number, why: 'Twilio does not say.' });
      else on.push(number);
    } catch (reason) {
      if (!(reason instanceof UserError)) throw reason;
      if (reason.code === 'not-found') off.push(number);
      else unknown.push({ number, why: reason.message });
    }
  return { on, off, unknown };
}

/** `On the Global Safe List: +14155550100. Not on it: +14155550199.` Twilio's reasons are hostile text. */
export function safeListText({ on, off, unknown }: SafeListAnswer): string {
  return [
    on.length > 0 && `On the Global Safe List: ${on.join(', ')}.`,
    off.length > 0 && `Not on it: ${off.join(', ')}.`,
    ...unknown.map(({ number, why }) => `Not known of ${number}: ${why}`),
  ]
    .filter((part) => part !== false)
    .join(' ');
}
