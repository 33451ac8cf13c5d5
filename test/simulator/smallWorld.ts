import type { AccountSid } from '../../src/core/model/sid.ts';
import { arrayTraffic } from '../../src/simulator/arrayTraffic.ts';
import type {
  SimAccount,
  SimAlert,
  SimAttempt,
  SimCall,
  SimEvent,
  SimKey,
  SimMessage,
  World,
} from '../../src/simulator/world.ts';

export const noon = Date.UTC(2026, 10, 21, 12);
export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** `AC000…01`: a SID nobody can take for a real one. */
export function sid(prefix: string, number: number): string {
  return `${prefix}${number.toString(16).padStart(32, '0')}`;
}

export const mainSid = sid('AC', 1) as AccountSid;
export const subSid = sid('AC', 2) as AccountSid;
export const suspendedSid = sid('AC', 3) as AccountSid;

export interface SmallWorld extends World {
  readonly mainAccount: SimAccount;
  readonly sub: SimAccount;
  readonly suspended: SimAccount;
  /** Moves the clock. */
  setNow(now: number): void;
}

/** A main account with one active and one suspended subaccount, a few of everything in the first two. Hand-made, at 2026-11-21 noon. */
export function smallWorld(parts: Partial<SimAccount> = {}): SmallWorld {
  let now = noon;
  const mainAccount = account(mainSid, 'Northwind Pharmacy', parts);
  const sub = account(subSid, 'Production OTP');
  const suspended = { ...account(suspendedSid, 'Old test'), status: 'suspended' as const, updated: noon - day };
  return {
    seed: 7,
    now: () => now,
    setNow: (instant) => {
      now = instant;
    },
    main: mainSid,
    accounts: new Map([mainAccount, sub, suspended].map((one) => [one.sid, one])),
    mainAccount,
    sub,
    suspended,
  };
}

function account(own: AccountSid, friendlyName: string, parts: Partial<SimAccount> = {}): SimAccount {
  const number = Number.parseInt(own.slice(2), 16);
  const id = (prefix: string, index: number) => sid(prefix, number * 100 + index);
  return {
    sid: own,
    owner: mainSid,
    friendlyName,
    status: 'active',
    suspendedByTwilio: false,
    created: noon - 400 * day + number * day,
    updated: noon - 90 * day,
    authToken: `token-of-${number}`,
    secondaryToken: undefined,
    keys: [
      key(id('SK', 1), 'standard'),
      key(id('SK', 2), 'main'),
      key(id('SK', 3), 'restricted', ['/twilio/messaging/messages/list']),
    ],
    numbers: [
      {
        sid: id('PN', 1),
        phoneNumber: `+1415555010${number}`,
        friendlyName: 'Front desk',
        voiceUrl: 'https://pharmacy.example/voice',
        smsUrl: '',
        statusCallback: '',
        created: noon - 80 * day,
        updated: noon - day,
      },
      {
        sid: id('PN', 2),
        phoneNumber: `+4479111234${number}0`,
        friendlyName: 'London',
        voiceUrl: '',
        smsUrl: 'https://pharmacy.example/sms',
        statusCallback: '',
        created: noon - 70 * day,
        updated: noon - 70 * day,
      },
    ],
    applications: [
      {
        sid: id('AP', 1),
        friendlyName: 'Pharmacy line',
        voiceUrl: 'https://pharmacy.example/app',
        smsUrl: '',
        created: noon - 80 * day,
      },
    ],
    sipCredentials: [1, 2].map((index) => ({
      sid: id('CR', index),
      list: id('CL', 1),
      username: `desk${index}`,
      created: noon - 70 * day,
    })),
    sinks: [
      {
        sid: id('DG', 1),
        description: 'Event archive',
        url: 'https://pharmacy.example/events',
        created: noon - 50 * day,
        subscriptions: [1, 2].map((index) => ({
          sid: id('DF', index),
          description: `Events ${index}`,
          created: noon - 50 * day,
        })),
      },
    ],
    messagingServices: [
      {
        sid: id('MG', 1),
        friendlyName: 'Reminders',
        usecase: 'notifications',
        inboundRequestUrl: undefined,
        created: noon - 60 * day,
        updated: noon - 60 * day,
        numberSids: [id('PN', 1)],
      },
    ],
    verifyServices: [
      { sid: id('VA', 1), friendlyName: 'Login', codeLength: 6, created: noon - 60 * day, updated: noon - 60 * day },
    ],
    events: [0, 1, 2].map((index) => event(id('AE', index), noon - (index + 1) * hour, own)),
    alerts: arrayTraffic([0, 1].map((index) => alert(id('NO', index), noon - (index + 1) * minute, id('SM', index)))),
    usageTriggers: [
      {
        sid: id('UT', 1),
        friendlyName: 'Daily spend',
        usageCategory: 'totalprice',
        triggerBy: 'price',
        triggerValue: '100',
        recurring: 'daily',
        callbackUrl: 'https://pharmacy.example/spend',
        created: noon - 60 * day,
      },
    ],
    smsGeo: new Map([
      ['US', true],
      ['GB', true],
      ['NG', false],
      ['RU', true],
    ]),
    voiceGeo: new Map(
      ['US', 'GB', 'LV'].map((iso) => [iso, { lowRisk: true, highRiskSpecial: false, highRiskTollfraud: false }]),
    ),
    safeList: new Set(['+14155550100']),
    messages: arrayTraffic([0, 1, 2, 3, 4].map((index) => message(id('SM', index), noon - (index + 1) * hour))),
    calls: arrayTraffic([
      call(id('CA', 1), noon - 2 * hour),
      { ...call(id('CA', 2), noon - minute), status: 'in-progress' as const, duration: 0, price: undefined },
    ]),
    attempts: arrayTraffic([0, 1, 2, 3].map((index) => attempt(id('VL', index), noon - (index + 1) * hour, index > 0))),
    ...parts,
  };
}

function key(own: string, kind: SimKey['kind'], allow: readonly string[] = []): SimKey {
  return { sid: own, friendlyName: `${kind} key`, secret: `secret-of-${own}`, created: noon - 50 * day, kind, allow };
}

export function message(own: string, at: number, parts: Partial<SimMessage> = {}): SimMessage {
  return {
    sid: own,
    at,
    sent: at + 500,
    from: '+14155550101',
    to: '+447911123456',
    body: 'Your prescription is ready.',
    direction: 'outbound-api',
    status: 'delivered',
    errorCode: undefined,
    segments: 2,
    price: -0.0415,
    messagingServiceSid: undefined,
    ...parts,
  };
}

function call(own: string, at: number): SimCall {
  return {
    sid: own,
    at,
    from: '+14155550101',
    to: '+37120000000',
    direction: 'outbound-api',
    status: 'completed',
    duration: 95,
    price: -0.4,
  };
}

function attempt(own: string, at: number, converted: boolean): SimAttempt {
  return {
    sid: own,
    at,
    verifyServiceSid: sid('VA', 101),
    verificationSid: `VE${own.slice(2)}`,
    channel: 'sms',
    to: '+447911123456',
    country: 'GB',
    converted,
    errorCode: converted ? undefined : 30008,
    messageStatus: converted ? 'delivered' : 'undelivered',
    price: 0.05,
  };
}

export function event(own: string, at: number, resourceSid: string, parts: Partial<SimEvent> = {}): SimEvent {
  return {
    sid: own,
    at,
    type: 'account.updated',
    description: '',
    actorSid: sid('US', 1),
    actorType: 'user',
    source: 'web',
    ip: '198.51.100.7',
    resourceType: 'account',
    resourceSid,
    changes: { friendly_name: { previous: 'Northwind', updated: 'Northwind Pharmacy' } },
    ...parts,
  };
}

function alert(own: string, at: number, resourceSid: string): SimAlert {
  return { sid: own, at, errorCode: 30450, logLevel: 'error', resourceSid, text: '' };
}
