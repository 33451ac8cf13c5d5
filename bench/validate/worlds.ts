import type { FraudType } from '../../src/core/validate/signal.ts';
import type { GeneratedWorld } from '../../src/simulator/generate/buildWorld.ts';
import { generateWorld } from '../../src/simulator/generate/generateWorld.ts';
import { accountTakeover } from '../../src/simulator/incidents/accountTakeover.ts';
import { campaignBlast } from '../../src/simulator/incidents/campaignBlast.ts';
import { countryLaunch } from '../../src/simulator/incidents/countryLaunch.ts';
import { holiday } from '../../src/simulator/incidents/holiday.ts';
import type { Incident } from '../../src/simulator/incidents/incident.ts';
import { smishing } from '../../src/simulator/incidents/smishing.ts';
import { smsPumping } from '../../src/simulator/incidents/smsPumping.ts';
import { tollFraud } from '../../src/simulator/incidents/tollFraud.ts';
import { buildServers, journey, keyRotation, reminderCalls, unsubscribes } from './lookAlikes.ts';

const hour = 3_600_000;
const day = 24 * hour;
const now = Date.parse('2026-11-21T14:23:05Z');

/** Days that are collected: as many as Twilio keeps of the audit log, the alerts and the Verify attempts. */
export const collectedDays = 30;

/** A world and the types of fraud in it; none in a quiet one. */
export interface Case {
  readonly name: string;
  readonly types: readonly FraudType[];
  readonly world: GeneratedWorld;
}

const strangers = ['RU', 'UZ', 'LK'];
const user = { sid: 'US5d2c1f5e9a7c4b1f8e6d3a2b1c0d9e8f', name: 'dana@example.com' };

interface Story {
  readonly name: string;
  readonly types: readonly FraudType[];
  readonly incidents: () => readonly Incident[];
}

const pumping = (account: number, hours: number, options: Partial<Parameters<typeof smsPumping>[0]> = {}): Incident =>
  smsPumping({
    account,
    shape: 'new-country',
    countries: ['RU'],
    start: now - hours * hour,
    end: now - hour / 2,
    perHour: 400,
    verifyShare: 0.3,
    ...options,
  });
const takeover = (
  account: number,
  hours: number,
  options: Partial<Parameters<typeof accountTakeover>[0]> = {},
): Incident => accountTakeover({ account, start: now - hours * hour, user, openedCountries: ['RU'], ...options });
const toll = (account: number, hours: number, options: Partial<Parameters<typeof tollFraud>[0]> = {}): Incident =>
  tollFraud({ account, start: now - hours * hour, end: now - hour / 2, ...options });
const smish = (account: number, hours: number, options: Partial<Parameters<typeof smishing>[0]> = {}): Incident =>
  smishing({ account, start: now - hours * hour, end: now - hour / 2, perHour: 300, ...options });

const stories: readonly Story[] = [
  { name: 'pumping, new country', types: ['sms-pumping'], incidents: () => [pumping(1, 5)] },
  {
    name: 'pumping, blocked',
    types: ['sms-pumping'],
    incidents: () => [pumping(1, 6, { blockedFrom: now - 3 * hour })],
  },
  {
    name: 'pumping, burst',
    types: ['sms-pumping'],
    incidents: () => [pumping(1, 3, { shape: 'burst', countries: ['GB'], perHour: 900 })],
  },
  {
    name: 'pumping, many countries',
    types: ['sms-pumping'],
    incidents: () => [smsPumping({ account: 1, shape: 'many-countries', start: now - 8 * hour, end: now - hour })],
  },
  {
    name: 'pumping, spread numbers',
    types: ['sms-pumping'],
    incidents: () => [pumping(1, 8, { recipients: 'spread' })],
  },
  {
    name: 'pumping, slow',
    types: ['sms-pumping'],
    incidents: () => [pumping(1, 40, { shape: 'drip', perHour: 18 })],
  },
  {
    name: 'pumping inside a busy country',
    types: ['sms-pumping'],
    incidents: () => [pumping(1, 6, { shape: 'busy-country', countries: ['IN'], perHour: 250, recipients: 'block' })],
  },
  {
    name: 'pumping that converts',
    types: ['sms-pumping'],
    incidents: () => [pumping(1, 6, { conversion: 0.25, recipients: 'block', perHour: 200 })],
  },
  { name: 'toll fraud, long calls', types: ['toll-fraud'], incidents: () => [toll(1, 6)] },
  {
    name: 'toll fraud, at night',
    types: ['toll-fraud'],
    incidents: () => [tollFraud({ account: 1, start: now - 9 * hour, end: now - 5 * hour, perHour: 20 })],
  },
  { name: 'toll fraud, short calls', types: ['toll-fraud'], incidents: () => [toll(1, 5, { style: 'short' })] },
  {
    name: 'toll fraud to satellites',
    types: ['toll-fraud'],
    incidents: () => [
      toll(0, 8, { destinations: [{ country: '001', prefix: '+88213', digits: 7, perMinute: 7.2 }], perHour: 20 }),
    ],
  },
  {
    name: 'takeover, Console session',
    types: ['account-takeover'],
    incidents: () => [takeover(0, 30, { exportData: true })],
  },
  {
    name: 'takeover, by API only',
    types: ['account-takeover'],
    incidents: () => [accountTakeover({ account: 1, start: now - 9 * hour, ip: '192.0.2.200' })],
  },
  {
    name: 'takeover, webhook',
    types: ['account-takeover'],
    incidents: () => [
      takeover(0, 12, { webhook: { account: 1, number: 0, url: 'https://voice-gw.cdn-relay.example/x' } }),
    ],
  },
  { name: 'smishing', types: ['smishing'], incidents: () => [smish(1, 6)] },
  {
    name: 'smishing, shortener',
    types: ['smishing'],
    incidents: () => [
      smish(1, 7, { templates: ['Your parcel {order} is on hold. Pay the unpaid fee today: https://bit.ly/{token}'] }),
    ],
  },
  {
    name: 'pumping after takeover',
    types: ['account-takeover', 'sms-pumping'],
    incidents: () => [takeover(0, 7), pumping(1, 4)],
  },
  {
    name: 'toll fraud after takeover',
    types: ['account-takeover', 'toll-fraud'],
    incidents: () => [takeover(1, 9), toll(1, 6)],
  },
  {
    name: 'smishing after takeover',
    types: ['account-takeover', 'smishing'],
    incidents: () => [takeover(1, 9), smish(1, 5)],
  },
  {
    name: 'pumping and toll fraud',
    types: ['sms-pumping', 'toll-fraud'],
    incidents: () => [pumping(1, 5), toll(2, 6)],
  },
  {
    name: 'everything after takeover',
    types: ['account-takeover', 'sms-pumping', 'toll-fraud'],
    incidents: () => [takeover(0, 14, { exportData: true }), pumping(1, 8), toll(2, 6)],
  },
  {
    name: 'toll fraud and pumping in one account',
    types: ['sms-pumping', 'toll-fraud'],
    incidents: () => [pumping(1, 6, { recipients: 'block' }), toll(1, 5, { style: 'short' })],
  },
  {
    name: 'smishing and pumping',
    types: ['sms-pumping', 'smishing'],
    incidents: () => [smish(2, 6), pumping(1, 5)],
  },
  {
    name: 'takeover, long before the pumping',
    types: ['account-takeover', 'sms-pumping'],
    incidents: () => [takeover(1, 5 * 24), pumping(1, 6)],
  },
  { name: 'quiet', types: [], incidents: () => [] },
  { name: 'quiet, keys rotated', types: [], incidents: () => [keyRotation(now)] },
  { name: 'quiet, build servers', types: [], incidents: () => [buildServers(now)] },
  {
    name: 'quiet, reminder calls',
    types: [],
    incidents: () => [reminderCalls({ account: 1, start: now - 20 * hour, end: now - 16 * hour, perHour: 90 })],
  },
  {
    name: 'quiet, newsletter and its unsubscribes',
    types: [],
    incidents: () => [
      campaignBlast({ account: 1, start: now - 20 * hour, country: 'GB', messages: 1500 }),
      unsubscribes({ account: 1, start: now - 20 * hour, end: now - 15 * hour, perHour: 9 }),
    ],
  },
  {
    name: 'quiet, launch with a campaign and a journey',
    types: [],
    incidents: () => [
      countryLaunch({ account: 1, start: now - 3 * day, end: now, country: 'UZ', perDay: 120 }),
      campaignBlast({ account: 2, start: now - 30 * hour, country: 'GB', messages: 1000 }),
      journey(now),
    ],
  },
  {
    name: 'quiet, campaign',
    types: [],
    incidents: () => [campaignBlast({ account: 1, start: now - 20 * hour, country: 'GB', messages: 1500 })],
  },
  {
    name: 'quiet, country launch',
    types: [],
    incidents: () => [countryLaunch({ account: 1, start: now - 4 * day, end: now, country: 'UZ', perDay: 150 })],
  },
  { name: 'quiet, holiday', types: [], incidents: () => [holiday({ start: now - 2 * day, end: now - day })] },
  {
    name: 'quiet, colleague on a journey',
    types: [],
    incidents: () => [journey(now)],
  },
];

/** Every story in `seeds` different worlds, made one at a time; with `only`, those whose name has it in it. */
export function* cases(seeds: readonly number[], only = ''): Generator<Case> {
  for (const [index, { name, types, incidents }] of stories.entries())
    for (const seed of name.includes(only) ? seeds : []) {
      const options = {
        messagesPerDay: 900,
        subaccounts: 2,
        countries: 20,
        numbers: 12,
        callsPerDay: 150,
        days: 35,
        withoutCountries: strangers,
      };
      yield {
        name: `${name} #${seed}`,
        types,
        world: generateWorld({ seed: seed * 100 + index, now: () => now, ...options, incidents: incidents() }),
      };
    }
}
