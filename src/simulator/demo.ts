import { type AccountSid, accountSid } from '../core/model/sid.ts';
import { buildWorld, type GeneratedWorld } from './generate/buildWorld.ts';
import { demoAccounts } from './generate/demoAccounts.ts';
import { addDemoExtras } from './generate/demoExtras.ts';
import type { Person } from './generate/events.ts';
import { drawIdentity } from './generate/identity.ts';
import { hourMs, wholeSecond } from './generate/rhythm.ts';
import { accountTakeover } from './incidents/accountTakeover.ts';
import { campaignBlast } from './incidents/campaignBlast.ts';
import { smsPumping } from './incidents/smsPumping.ts';

const seed = 20_261_121;

/** The bytes of an ASCII text as hexadecimal digits. */
function hexOf(text: string): string {
  return Array.from(text, (letter) => letter.charCodeAt(0).toString(16).padStart(2, '0')).join('');
}

function demoSid(): AccountSid {
  const sid = accountSid(`AC${hexOf('Northwind (demo)')}`);
  if (sid === undefined) throw new RangeError('The demo SID spells sixteen letters.');
  return sid;
}

/**
 * What signs in to the demo. It is no secret and opens nothing at Twilio: both halves are sentences written in
 * hexadecimal ("Northwind (demo)", "not-a-real-token"). It has the shape of a live credential because the sign-in checks
 * that shape, so a secret scanner may report it.
 */
export const demoCredential: { readonly accountSid: AccountSid; readonly name: string; readonly authToken: string } = {
  accountSid: demoSid(),
  name: 'Northwind Pharmacy',
  authToken: hexOf('not-a-real-token'),
};

const people: readonly [Person, Person, Person] = [
  { sid: 'US4d61796120617420776f726b20746f64', name: 'maya@northwind-pharmacy.example', ip: '198.51.100.24' },
  { sid: 'US546f6d20617420776f726b2020202020', name: 'tom@northwind-pharmacy.example', ip: '198.51.100.24' },
  { sid: 'US50726979612066726f6d20686f6d6520', name: 'priya@northwind-pharmacy.example', ip: '192.0.2.77' },
];

/** The facts of the demo, for tests and for whoever wants to check what the product found. */
export const demoStory = {
  accounts: {
    main: demoCredential.accountSid,
    productionOtp: drawIdentity(seed, 1).sid,
    marketing: drawIdentity(seed, 2).sid,
    supportVoice: drawIdentity(seed, 3).sid,
    staging: drawIdentity(seed, 4).sid,
    integrationTests: drawIdentity(seed, 5).sid,
  },
  /** The key whose secret leaked, and what the intruder made with it. */
  leakedKeyName: 'ci-deploy',
  newKeyName: 'new_evil_key_01',
  intruderIp: '203.0.113.42',
  knownIps: [...new Set(people.map(({ ip }) => ip))],
  deletedTrigger: 'Daily spend over $250',
  rewrittenHost: 'voice-gw.cdn-relay.example',
  /** What the intruder left so as to stay when keys and tokens are changed. */
  intruderSipUser: 'gw-failover',
  intruderSink: { description: 'mirror', url: 'https://events.cdn-relay.example/in' },
  attackCountry: 'RU',
  attackedRanges: ['+7958111', '+7958118'],
  secondCountry: 'UZ',
  secondRanges: ['+99892110'],
  /** How long before the world was made, in milliseconds. */
  takeoverBegan: hourMs * 3.9,
  pumpingBegan: hourMs * 3,
  blockingBegan: hourMs * 1.05,
} as const;

/**
 * The demo: Northwind Pharmacy, whose leaked key is being used. Three hours ago a pumping wave began to a country it does
 * no business with, and for an hour Twilio has been stopping part of it. Placed once, relative to `now` at this moment;
 * as the clock advances the attack goes on.
 */
export function createDemoWorld({ now }: { readonly now: () => number }): GeneratedWorld {
  const start = wholeSecond(now());
  const { attackCountry, attackedRanges, secondCountry, secondRanges } = demoStory;
  const strangers = [attackCountry, secondCountry];
  const [main, ...subaccounts] = demoAccounts(start, strangers);
  const [, tom] = people;
  const blockedFrom = start - demoStory.blockingBegan;
  const incidents = [
    campaignBlast({ account: 2, start: start - 52 * hourMs, country: 'GB', messages: 700 }),
    accountTakeover({
      account: 0,
      start: start - demoStory.takeoverBegan,
      ip: demoStory.intruderIp,
      user: tom,
      keyName: demoStory.newKeyName,
      openedCountries: strangers,
      deleteTrigger: true,
      webhook: { account: 3, number: 0, url: `https://${demoStory.rewrittenHost}/twiml/answer` },
      pace: 7,
    }),
    smsPumping({
      account: 1,
      shape: 'new-country',
      countries: [attackCountry],
      start: start - demoStory.pumpingBegan,
      end: start + 6 * hourMs,
      perHour: 1900,
      blocks: { [attackCountry]: attackedRanges },
      verifyShare: 0.12,
      blockedFrom,
    }),
    smsPumping({
      account: 1,
      shape: 'new-country',
      countries: [secondCountry],
      start: start - hourMs * 1.9,
      end: start + 5 * hourMs,
      perHour: 240,
      blocks: { [secondCountry]: secondRanges },
      recipients: 'block',
      blockedFrom: blockedFrom + hourMs / 2,
    }),
  ];
  const sessionsPerDay = { main: 3.5, subaccount: 0.6 };
  const identity = { sid: demoCredential.accountSid, authToken: demoCredential.authToken };
  const world = buildWorld({
    seed,
    now,
    days: 35,
    main: { ...main, identity },
    subaccounts,
    people,
    sessionsPerDay,
    incidents,
  });
  const { accounts } = demoStory;
  const [voice, parent] = [world.accounts.get(accounts.supportVoice), world.accounts.get(accounts.main)];
  if (!voice || !parent) throw new RangeError('The demo lacks an account of its story.');
  const [long, lately] = [start - 300 * 24 * hourMs, start - demoStory.takeoverBegan + hourMs / 10];
  addDemoExtras(voice, parent, {
    seed,
    sipUsers: [
      ...['desk-1', 'desk-2', 'desk-3'].map((username) => ({ username, created: long })),
      { username: demoStory.intruderSipUser, created: lately },
    ],
    sinks: [
      { description: 'Event archive', url: 'https://hooks.northwind-pharmacy.example/twilio-events', created: long },
      { ...demoStory.intruderSink, created: lately },
    ],
  });
  return world;
}
