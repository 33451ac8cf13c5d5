import { type JsonObject, textOf } from '../model/json.ts';
import type { TwilioRequest } from '../twilio/request.ts';
import type { Action } from './action.ts';
import type { Candidate, CandidateScope } from './candidates.ts';
import { holds } from './readLive.ts';
import type { ServiceSenderTarget } from './target.ts';

/** Numbers and Messaging Services of an account, in pairs for which the action would change something. */
export async function serviceSenders(from: CandidateScope, action: Action): Promise<readonly Candidate[]> {
  const { account } = from.scope;
  const [services, numbers] = await Promise.all([
    everyItem({ operation: 'listMessagingServices', account }, from),
    everyItem({ operation: 'listPhoneNumbers', account }, from),
  ]);
  const found: Candidate[] = [];
  for (const service of services) {
    const sid = textOf(service, 'sid') ?? '';
    const items = await everyItem({ operation: 'listServiceSenders', account, path: { ServiceSid: sid } }, from);
    const readings = { pool: { body: {}, items, complete: true } };
    for (const number of numbers) {
      const name = textOf(number, 'phone_number') ?? '';
      const target: ServiceSenderTarget = {
        kind: 'serviceSender',
        account,
        name,
        service: sid,
        number: textOf(number, 'sid') ?? '',
      };
      const state = action.state(readings, target);
      if (holds(state, action.wanted(state, target))) continue;
      found.push({ target, label: name, description: textOf(service, 'friendly_name') ?? sid });
    }
  }
  return found;
}

/** Every item of a list, over all its pages. */
export async function everyItem(
  request: TwilioRequest,
  { twilio, cancel }: CandidateScope,
): Promise<readonly JsonObject[]> {
  const items: JsonObject[] = [];
  for (let next: TwilioRequest | undefined = request; next; ) {
    const page = await twilio.page(next, cancel);
    items.push(...page.items);
    next = page.next;
  }
  return items;
}
