import type { SimAccount, SimAttempt, SimCall, SimMessage } from '../world.ts';
import type { Window } from './dates.ts';
import type { Call } from './route.ts';
import { type Measure, nothing, plus, type Tally, tally } from './tally.ts';

/** One usage category: what it is called, what it counts, and how it adds up over a window. */
export interface Category {
  readonly name: string;
  readonly description: string;
  readonly countUnit: string;
  readonly usageUnit: string;
  readonly sum: (call: Call, account: SimAccount, window: Window) => Tally;
}

const inbound = { isInbound: true, isOutbound: false };
const outbound = { isInbound: false, isOutbound: true };
const both = { isInbound: true, isOutbound: true };

/** The part of Twilio's categories the simulated traffic feeds. https://www.twilio.com/docs/usage/api/usage-record#usage-all-categories */
export const categories: readonly Category[] = [
  sms('sms', 'SMS', both),
  sms('sms-inbound', 'Inbound SMS', inbound),
  sms('sms-outbound', 'Outbound SMS', outbound),
  calls('calls', 'Voice Minutes', both),
  calls('calls-inbound', 'Inbound Voice Minutes', inbound),
  calls('calls-outbound', 'Outbound Voice Minutes', outbound),
  {
    name: 'authy-phone-verifications',
    description: 'Phone Verifications',
    countUnit: 'verifications',
    usageUnit: 'verifications',
    sum: (call, account, window) => tally(call, account, account.attempts, window, ofAttempt),
  },
  {
    name: 'totalprice',
    description: 'Total Price',
    countUnit: '',
    usageUnit: 'usd',
    sum(call, account, window) {
      const { price } = [
        tally(call, account, account.messages, window, ofMessage(both)),
        tally(call, account, account.calls, window, ofCall(both)),
        tally(call, account, account.attempts, window, ofAttempt),
      ].reduce(plus, nothing);
      return { count: 0, amount: price, price };
    },
  },
];

type Directions = typeof both;

function sms(name: string, description: string, directions: Directions): Category {
  return {
    name,
    description,
    countUnit: 'messages',
    usageUnit: 'segments',
    sum: (call, account, window) => tally(call, account, account.messages, window, ofMessage(directions)),
  };
}

function calls(name: string, description: string, directions: Directions): Category {
  return {
    name,
    description,
    countUnit: 'calls',
    usageUnit: 'minutes',
    sum: (call, account, window) => tally(call, account, account.calls, window, ofCall(directions)),
  };
}

function ofMessage({ isInbound, isOutbound }: Directions): Measure<SimMessage> {
  return ({ direction, segments, price = 0 }) =>
    (direction === 'inbound' ? isInbound : isOutbound) ? { amount: segments, price: Math.abs(price) } : undefined;
}

function ofCall({ isInbound, isOutbound }: Directions): Measure<SimCall> {
  return ({ direction, duration, price = 0 }) =>
    (direction === 'inbound' ? isInbound : isOutbound)
      ? { amount: Math.ceil(duration / 60), price: Math.abs(price) }
      : undefined;
}

function ofAttempt({ price }: SimAttempt): Omit<Tally, 'count'> {
  return { amount: 1, price: Math.abs(price) };
}
