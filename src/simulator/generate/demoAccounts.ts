import type { AccountPlan, KeyPlan, NumberPlan } from './accountPlan.ts';
import { countryByIso } from './countries.ts';
import { type Market, type MessageKind, marketOf, type TrafficProfile } from './profile.ts';
import { dayMs, wholeSecond } from './rhythm.ts';

const home = countryByIso('US');
const brand = 'Northwind';

function profile(
  market: readonly Market[],
  kinds: Partial<Record<MessageKind, number>>,
  volumes: Partial<TrafficProfile>,
): TrafficProfile {
  return {
    brand,
    home,
    market,
    messagesPerDay: 0,
    attemptsPerDay: 0,
    callsPerDay: 0,
    kinds: { otp: 0, notice: 0, reminder: 0, marketing: 0, ...kinds },
    inboundShare: 0.04,
    conversionFactor: 1,
    noise: { dispersion: 1.5, dayVariation: 0.1 },
    ...volumes,
  };
}

/**
 * The accounts of Northwind Pharmacy, the main account first. It delivers to 62 countries, none of them in `without`.
 * `start` is the present in epoch milliseconds.
 */
export function demoAccounts(start: number, without: readonly string[]): readonly [AccountPlan, ...AccountPlan[]] {
  const daysAgo = (days: number) => wholeSecond(start - days * dayMs);
  const everywhere = marketOf(home, 0.58, 62, without);
  const nearby = marketOf(home, 0.9, 2);
  const key = (friendlyName: string, kind: KeyPlan['kind'], days: number, allow: readonly string[] = []) => {
    return { friendlyName, kind, created: daysAgo(days), allow };
  };
  const numbers = (count: number, friendlyName: string, path: string, days: number): NumberPlan[] =>
    Array.from({ length: count }, (_, index) => ({
      country: 'US',
      friendlyName: `${friendlyName} ${index + 1}`,
      voiceUrl: `https://voice.northwind-pharmacy.example/${path}`,
      smsUrl: `https://api.northwind-pharmacy.example/sms/${path}`,
      created: daysAgo(days - index),
    }));
  const service = (friendlyName: string, usecase: string, count: number, days: number) => {
    const pool = Array.from({ length: count }, (_, index) => index);
    return { friendlyName, usecase, inboundRequestUrl: undefined, created: daysAgo(days), numbers: pool };
  };
  const plan = (friendlyName: string, days: number, rest: Partial<AccountPlan> & Pick<AccountPlan, 'profile'>) => {
    const none = { keys: [], numbers: [], messagingServices: [], verifyServices: [], usageTriggers: [] };
    return { friendlyName, created: daysAgo(days), ...none, ...rest };
  };
  const trigger = { callbackUrl: 'https://hooks.northwind-pharmacy.example/twilio-spend', created: daysAgo(395) };

  return [
    plan('Northwind Pharmacy', 1410, {
      profile: profile(nearby, { notice: 1 }, { messagesPerDay: 110, callsPerDay: 4 }),
      keys: [
        key('ci-deploy', 'main', 412),
        key('terraform', 'main', 230),
        key('billing-export', 'restricted', 96, ['/twilio/billing/usage/read', '/twilio/messaging/messages/list']),
      ],
      numbers: numbers(4, 'Head office', 'office', 1300),
      messagingServices: [service('Store notices', 'notifications', 2, 900)],
      usageTriggers: [
        {
          friendlyName: 'Daily spend over $250',
          usageCategory: 'totalprice',
          triggerBy: 'price',
          triggerValue: '250',
          recurring: 'daily',
          ...trigger,
        },
        {
          friendlyName: 'Monthly SMS over 120k',
          usageCategory: 'sms-outbound',
          triggerBy: 'count',
          triggerValue: '120000',
          recurring: 'monthly',
          ...trigger,
        },
      ],
    }),
    plan('Production OTP', 1102, {
      profile: profile(everywhere, { otp: 0.96, notice: 0.04 }, { messagesPerDay: 1520, attemptsPerDay: 560 }),
      keys: [key('otp-service', 'standard', 188)],
      numbers: numbers(14, 'OTP', 'otp', 1090),
      messagingServices: [service('OTP sender pool', 'verification', 14, 640)],
      verifyServices: ['Northwind sign-in'],
    }),
    plan('Marketing', 760, {
      profile: profile(marketOf(home, 0.7, 12, without), { marketing: 0.8, notice: 0.2 }, { messagesPerDay: 520 }),
      keys: [key('campaign-tool', 'standard', 301)],
      numbers: numbers(8, 'Campaign', 'campaigns', 750),
      messagingServices: [service('Campaigns', 'marketing', 8, 512)],
    }),
    plan('Support voice', 688, {
      profile: profile(nearby, { reminder: 0.7, notice: 0.3 }, { messagesPerDay: 190, callsPerDay: 165 }),
      keys: [key('call-center', 'standard', 142)],
      numbers: numbers(10, 'Support line', 'support', 680),
      messagingServices: [service('Appointment reminders', 'notifications', 4, 400)],
    }),
    plan('Staging', 655, {
      profile: profile(nearby, { otp: 0.8, notice: 0.2 }, { messagesPerDay: 55, attemptsPerDay: 25, callsPerDay: 3 }),
      numbers: numbers(3, 'Staging', 'staging', 650),
      verifyServices: ['Staging sign-in'],
    }),
    plan('Integration tests', 4.2, {
      profile: profile(nearby, { otp: 1 }, { messagesPerDay: 38 }),
      keys: [key('nightly-tests', 'standard', 4.1)],
      numbers: numbers(1, 'Tests', 'tests', 4.1),
    }),
  ];
}
