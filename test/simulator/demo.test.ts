import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { describe, expect, test } from 'vitest';
import { isSid } from '../../src/core/model/sid.ts';
import { createDemoWorld, demoCredential, demoStory } from '../../src/simulator/demo.ts';
import type { SimAccount } from '../../src/simulator/world.ts';

const hour = 3_600_000;
const day = 24 * hour;
/** The demo can be opened at any time: a Saturday afternoon, a Monday night, the turn of a year. */
const moments = ['2026-11-21T14:23:05Z', '2026-11-23T03:59:59Z', '2027-01-01T00:10:00Z'].map((text) =>
  Date.parse(text),
);

describe.each(moments.map((moment) => [new Date(moment).toISOString(), moment] as const))(
  'the demo opened at %s',
  (_, now) => {
    const world = createDemoWorld({ now: () => now });
    const accountOf = (name: keyof typeof demoStory.accounts): SimAccount => {
      const account = world.accounts.get(demoStory.accounts[name]);
      if (account === undefined) throw new Error(`no account ${name}`);
      return account;
    };
    const main = accountOf('main');
    const otp = accountOf('productionOtp');
    const attacked = [...otp.messages.newestFirst(now - 7 * day, now)].filter(({ to }) =>
      demoStory.attackedRanges.some((range) => to.startsWith(range)),
    );

    test('is one customer with five subaccounts, some forty numbers and a few keys', () => {
      const accounts = [...world.accounts.values()];
      expect(accounts.map(({ friendlyName }) => friendlyName)).toEqual([
        'Northwind Pharmacy',
        'Production OTP',
        'Marketing',
        'Support voice',
        'Staging',
        'Integration tests',
      ]);
      expect(accounts.flatMap(({ numbers }) => numbers)).toHaveLength(40);
      expect(main.keys.map(({ friendlyName }) => friendlyName)).toContain(demoStory.leakedKeyName);
      expect(accountOf('integrationTests').created).toBeGreaterThan(now - 7 * day);
      expect(otp.messagingServices.length * otp.verifyServices.length).toBe(1);
    });

    test('opens fast: between twenty and thirty thousand messages in seven days', () => {
      const rows = [...world.accounts.values()].reduce(
        (sum, { messages }) => sum + messages.count(now - 7 * day, now),
        0,
      );
      expect(rows).toBeGreaterThan(20_000);
      expect(rows).toBeLessThan(30_000);
    });

    test('reaches more than sixty countries besides the attacked ones', () => {
      const sent = [...otp.messages.newestFirst(now - 35 * day, now)].filter(
        ({ direction }) => direction === 'outbound-api',
      );
      const countries = new Set(sent.map(({ to }) => parsePhoneNumberFromString(to)?.country));
      expect(countries.size).toBeGreaterThanOrEqual(62);
    });

    test('shows a wave of thousands that began three hours ago in a country without business', () => {
      expect(attacked.length).toBeGreaterThan(4000);
      expect(Math.min(...attacked.map(({ at }) => at))).toBeGreaterThanOrEqual(now - demoStory.pumpingBegan);
      const lastHour = attacked.filter(({ at }) => at > now - hour);
      expect(lastHour.length).toBeGreaterThan(1000);
      const sameCountry = (account: SimAccount) =>
        [...account.messages.newestFirst(now - 35 * day, now)].filter(({ to }) => to.startsWith('+79'));
      const strays = [...world.accounts.values()].flatMap(sameCountry).filter(({ to }) => !to.startsWith('+7958'));
      expect(strays).toEqual([]);
      expect(parsePhoneNumberFromString(attacked[0]?.to ?? '')?.country).toBe(demoStory.attackCountry);
    });

    test('shows a smaller wave to a second country', () => {
      const second = [...otp.messages.newestFirst(now - 7 * day, now)].filter(({ to }) => to.startsWith('+998'));
      expect(second.length).toBeGreaterThan(200);
      expect(second.length).toBeLessThan(attacked.length / 5);
      expect(second.every(({ to }) => to.startsWith(demoStory.secondRanges[0]))).toBe(true);
    });

    test('shows Twilio stopping part of it for an hour, and alerts that say so', () => {
      const blocked = attacked.filter(({ errorCode }) => errorCode === 30450);
      const sinceThen = attacked.filter(({ at }) => at >= now - demoStory.blockingBegan);
      expect(blocked.every(({ at }) => at >= now - demoStory.blockingBegan)).toBe(true);
      expect(blocked.length).toBeGreaterThan(300);
      expect(blocked.length).toBeLessThan(sinceThen.length);
      const alerts = [...otp.alerts.newestFirst(now - day, now)].filter(({ errorCode }) => errorCode === 30450);
      expect(alerts.length).toBeGreaterThanOrEqual(blocked.length);
    });

    test('shows passwords nobody types in', () => {
      const attempts = [...otp.attempts.newestFirst(now - day, now)];
      const rate = (rows: typeof attempts) => rows.filter(({ converted }) => converted).length / rows.length;
      expect(rate(attempts.filter(({ country }) => country === demoStory.attackCountry))).toBeLessThan(0.05);
      expect(rate(attempts.filter(({ country }) => country !== demoStory.attackCountry))).toBeGreaterThan(0.7);
    });

    test('shows how the intruder came in, in the order of the story', () => {
      const foreign = [...world.accounts.values()]
        .flatMap(({ events }) => events)
        .filter(({ ip }) => ip === demoStory.intruderIp)
        .sort((a, b) => a.at - b.at);
      expect(foreign.map(({ type }) => type)).toEqual([
        'user-session.created',
        'account-api-keys.created',
        'sms-geographic-permissions.updated',
        'sms-geographic-permissions.updated',
        'usage-trigger.deleted',
        'phone-number.updated',
      ]);
      for (const { at } of foreign) {
        expect(at).toBeGreaterThanOrEqual(now - demoStory.takeoverBegan - 1000);
        expect(at).toBeLessThan(now - demoStory.pumpingBegan);
      }
      const key = main.keys.find(({ friendlyName }) => friendlyName === demoStory.newKeyName);
      expect(foreign[1]?.resourceSid).toBe(key?.sid);
      expect(main.smsGeo.get(demoStory.attackCountry)).toBe(true);
      expect(main.usageTriggers.map(({ friendlyName }) => friendlyName)).not.toContain(demoStory.deletedTrigger);
      const hosts = accountOf('supportVoice').numbers.filter(({ voiceUrl }) =>
        voiceUrl.includes(demoStory.rewrittenHost),
      );
      expect(hosts).toHaveLength(1);
    });

    test('has five weeks of ordinary administration from known places before that', () => {
      const ordinary = main.events.filter(({ at }) => at < now - demoStory.takeoverBegan - 1000);
      expect(ordinary.length).toBeGreaterThan(50);
      const ips = new Set(ordinary.map(({ ip }) => ip));
      expect([...ips].every((ip) => demoStory.knownIps.some((known) => known === ip))).toBe(true);
      expect(Math.min(...ordinary.map(({ at }) => at))).toBeLessThan(now - 30 * day);
      expect(main.events.map(({ at }) => at)).toEqual(main.events.map(({ at }) => at).sort((a, b) => a - b));
    });

    test('is the same demo when opened again at that moment', () => {
      const again = createDemoWorld({ now: () => now }).accounts.get(demoStory.accounts.productionOtp);
      expect([...(again?.messages.newestFirst(now - hour, now) ?? [])]).toEqual([
        ...otp.messages.newestFirst(now - hour, now),
      ]);
      expect(again?.events).toEqual(otp.events);
    });
  },
);

test('the demo credential has the shape of one and spells out that it is none', () => {
  const bytes = (hex: string) => Buffer.from(hex, 'hex').toString();
  expect(isSid('AC', demoCredential.accountSid)).toBe(true);
  expect(bytes(demoCredential.accountSid.slice(2))).toBe('Northwind (demo)');
  expect(bytes(demoCredential.authToken)).toBe('not-a-real-token');
});

test('the attack goes on while the demo is open', () => {
  let clock = Date.parse('2026-11-21T14:23:05Z');
  const world = createDemoWorld({ now: () => clock });
  const otp = world.accounts.get(demoStory.accounts.productionOtp);
  const before = otp?.messages.count(0, clock) ?? 0;
  clock += hour;
  expect((otp?.messages.count(0, clock) ?? 0) - before).toBeGreaterThan(1000);
});

test('the intruder left a SIP user and an event sink to stay, beside those that were there', () => {
  const now = Date.parse('2026-11-21T14:23:05Z');
  const { accounts } = createDemoWorld({ now: () => now });
  const young = (made: readonly { readonly created: number }[] | undefined) =>
    made?.filter(({ created }) => now - created < day);
  const voice = accounts.get(demoStory.accounts.supportVoice);
  expect(voice?.sipCredentials).toHaveLength(4);
  expect(young(voice?.sipCredentials)).toMatchObject([{ username: demoStory.intruderSipUser }]);
  const main = accounts.get(demoStory.accounts.main);
  expect(main?.sinks).toHaveLength(2);
  expect(young(main?.sinks)).toMatchObject([demoStory.intruderSink]);
  for (const { sid } of [...(voice?.sipCredentials ?? []), ...(main?.sinks ?? [])])
    expect(sid).toMatch(/^(CR|DG)[0-9a-f]{32}$/);
});
