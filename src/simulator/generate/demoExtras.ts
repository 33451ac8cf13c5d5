import { hash32, makeSid, stream } from '../random.ts';
import type { SimAccount } from '../world.ts';
import { wholeSecond } from './rhythm.ts';

/** What is to be added to a demo's accounts. Times are epoch milliseconds. */
export interface DemoExtras {
  readonly seed: number;
  readonly sipUsers: readonly { readonly username: string; readonly created: number }[];
  readonly sinks: readonly { readonly description: string; readonly url: string; readonly created: number }[];
}

/** Gives one account SIP users and another event sinks, each with a subscription: what few have, and intruders leave behind to stay. */
export function addDemoExtras(voice: SimAccount, main: SimAccount, { seed, sipUsers, sinks }: DemoExtras): void {
  const random = stream(hash32(seed, 'extras'));
  const list = makeSid(random, 'CL');
  const sipCredentials = sipUsers.map(({ username, created }) => ({
    sid: makeSid(random, 'CR'),
    list,
    username,
    created: wholeSecond(created),
  }));
  const added = sinks.map(({ description, url, created }) => {
    const at = wholeSecond(created);
    const subscriptions = [{ sid: makeSid(random, 'DF'), description, created: at }];
    return { sid: makeSid(random, 'DG'), description, url, created: at, subscriptions };
  });
  Object.assign(voice, { sipCredentials });
  Object.assign(main, { sinks: added });
}
