import { UserError } from '../errors.ts';
import { isoSeconds } from '../model/age.ts';
import { type AuditEvent, byWhom, readAuditEvent } from '../model/auditEvent.ts';
import type { AccountSid } from '../model/sid.ts';
import type { Cancellation, Twilio } from '../ports.ts';
import type { ConsoleStep } from './consoleStep.ts';
import type { Confirmation } from './consoleStepRecord.ts';

/** `by`: from where, hostile text. */
type Found = Confirmation & { readonly by: string };

/** What the audit log says of a step. */
export interface Looked {
  /** The newest event that says it was done. */
  readonly confirmation?: Found;
  /** Accounts whose audit log could not be read, and why, a sentence each. */
  readonly unread: readonly { readonly account: AccountSid; readonly why: string }[];
}

/**
 * Looks in the audit logs of these accounts for what Twilio writes when the step is done in the Console, not before `since` (epoch
 * milliseconds). Twilio takes one type in each request. An event that came by API is no step in the Console, and does not count.
 */
export async function confirmConsoleStep(
  { confirmedBy, confirms }: ConsoleStep,
  accounts: readonly AccountSid[],
  since: number,
  twilio: Twilio,
  cancel?: Cancellation,
): Promise<Looked> {
  const unread: Looked['unread'][number][] = [];
  const asked = accounts.flatMap((account) => confirmedBy.map((type) => ({ account, type })));
  const found = await Promise.all(
    asked.map(async ({ account, type }): Promise<readonly Found[]> => {
      try {
        const query = { EventType: type, StartDate: isoSeconds(since) };
        const { items } = await twilio.page({ operation: 'listEvents', account, query }, cancel);
        return items.flatMap((item) => doneIn(readAuditEvent(item), account, since, confirms));
      } catch (reason) {
        if (!(reason instanceof UserError)) throw reason;
        if (!unread.some((one) => one.account === account)) unread.push({ account, why: reason.message });
        return [];
      }
    }),
  );
  const newest = found.flat().toSorted((a, b) => b.at - a.at)[0];
  return { unread, ...(newest && { confirmation: newest }) };
}

function doneIn(
  event: AuditEvent | undefined,
  account: AccountSid,
  since: number,
  confirms: ConsoleStep['confirms'],
): readonly Found[] {
  if (!event || event.source === 'api' || event.at < since || confirms?.(event) === false) return [];
  return [{ sid: event.sid, type: event.type, account, at: event.at, by: byWhom(event) }];
}
