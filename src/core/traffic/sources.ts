import { Cancelled, UserError } from '../errors.ts';
import { textOf } from '../model/json.ts';
import { accountSid } from '../model/sid.ts';
import { readMore, unread } from '../pages.ts';
import type { Cancellation, Page, Twilio } from '../ports.ts';
import type { TrafficSource } from './report.ts';

export interface TrafficSources {
  readonly sources: readonly TrafficSource[];
  /** Why there may be more accounts than these, as a sentence. */
  readonly gap?: string;
}

/**
 * The main account and its subaccounts, closed ones left out: Twilio keeps nothing of theirs that can be read. When the list cannot be
 * read, what is known of it, at least the main account, and why.
 */
export async function listSources(twilio: Twilio, main: TrafficSource, cancel?: Cancellation): Promise<TrafficSources> {
  let pages = unread<TrafficSource | 'closed'>({ operation: 'listAccounts', account: main.account });
  let gap: string | undefined;
  try {
    while (pages.next) pages = await readMore(pages, twilio, readSource, cancel);
  } catch (error) {
    if (error instanceof Cancelled || !(error instanceof UserError)) throw error;
    gap = `Not all subaccounts could be listed, so their traffic may be missing. ${error.message}`;
  }
  const listed = pages.rows.filter((row) => row !== 'closed');
  const others = new Map(listed.map((source) => [source.account, source]));
  others.delete(main.account);
  return { sources: [main, ...others.values()], ...(gap !== undefined && { gap }) };
}

function readSource(item: Page['items'][number]): TrafficSource | 'closed' | undefined {
  const account = accountSid(textOf(item, 'sid'));
  if (textOf(item, 'status') === 'closed') return 'closed';
  return account && { account, name: textOf(item, 'friendly_name') ?? '' };
}
