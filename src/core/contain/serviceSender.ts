import type { Action } from './action.ts';
import type { ServiceSenderTarget } from './target.ts';

/** What taking a number out of a Messaging Service and putting it back share. */
export const serviceSender: Pick<
  Action<ServiceSenderTarget>,
  'on' | 'applicable' | 'refuse' | 'reads' | 'state' | 'evidence'
> = {
  on: 'serviceSender',
  applicable: () => true,
  refuse: () => undefined,
  // The pool as a list: a number that is not in it is no failure.
  reads: ({ account, service }) => ({
    pool: { operation: 'listServiceSenders', account, path: { ServiceSid: service } },
  }),
  state({ pool }, { number }) {
    const isIn = pool?.items.some(({ sid }) => sid === number) === true;
    return { 'In the sender pool': isIn ? 'yes' : pool?.complete === false ? 'unknown' : 'no' };
  },
  evidence: ({ account, service }) => ({
    pool: { operation: 'listServiceSenders', account, path: { ServiceSid: service } },
  }),
};
