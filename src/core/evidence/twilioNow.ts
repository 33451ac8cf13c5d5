import { UserError } from '../errors.ts';
import type { AccountSid } from '../model/sid.ts';
import type { Cancellation, Clock, Twilio } from '../ports.ts';

/**
 * Milliseconds by which Twilio's `Date` may be behind what is so: it has whole seconds, and its servers' clocks are not one. Nothing is claimed
 * beyond that.
 */
export const dateLags = 2000;

/**
 * Now as this computer's clock and Twilio's agree, epoch milliseconds: Twilio's where it is behind, because nothing later can be asked of it.
 * Asks for one message. Where Twilio does not say, this computer's. Throws `Cancelled`.
 */
export async function twilioNow(
  twilio: Pick<Twilio, 'page'>,
  account: AccountSid,
  clock: Clock,
  cancel?: Cancellation,
): Promise<number> {
  try {
    const request = { operation: 'listMessages', account, query: { PageSize: '1' } } as const;
    const { serverTime } = await twilio.page(request, cancel);
    const now = clock.now();
    return serverTime !== undefined && serverTime + dateLags < now ? serverTime : now;
  } catch (error) {
    if (error instanceof UserError) return clock.now();
    throw error;
  }
}
