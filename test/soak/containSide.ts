import { createAccountJournal } from '../../src/adapters/evidence/accountJournal.ts';
import { createTwilio } from '../../src/adapters/twilio/createTwilio.ts';
import { delay } from '../../src/adapters/twilio/delay.ts';
import type { Target } from '../../src/core/contain/target.ts';
import type { Connection } from '../../src/core/model/connection.ts';
import { mainSid, subSid } from '../simulator/smallWorld.ts';

export const connection: Connection = {
  id: 'demo',
  name: 'Northwind Pharmacy',
  account: mainSid,
  credential: { kind: 'authToken' },
  demo: true,
};

const sub = { kind: 'subaccount', account: subSid, name: 'Production OTP' } as const;
const sms: Target = { kind: 'smsCountry', account: mainSid, name: 'Russia', iso: 'RU' };
const voice: Target = { kind: 'voiceCountry', account: mainSid, name: 'Latvia', iso: 'LV' };
const safe: Target = { kind: 'safeNumber', account: mainSid, name: '+18001234xxx' };

/** Levers that can go on for ever. */
export const levers: readonly (readonly [string, Target])[] = [
  ['closeSmsCountry', sms],
  ['openSmsCountry', sms],
  ['suspendSubaccount', { ...sub, status: 'active' }],
  ['reactivateSubaccount', { ...sub, status: 'suspended' }],
  ['closeVoiceCountry', voice],
  ['openVoiceCountry', voice],
  ['addSafeNumber', safe],
  ['removeSafeNumber', safe],
];

/** One side of the soak: its own connection to the simulator and the one journal on disk. */
export function open(port: number, folder: string) {
  const clock = { now: () => Date.now() };
  const twilio = createTwilio({
    connection,
    secret: 'token-of-1',
    mode: () => 'containment',
    route: { kind: 'simulator', port },
    clock,
    random: Math.random,
    delay,
    log: { info: () => {}, error: () => {} },
  });
  const anchors = { read: async () => undefined, write: async () => {} };
  return { twilio, clock, journal: createAccountJournal({ folder, account: mainSid, anchors, clock }) };
}
