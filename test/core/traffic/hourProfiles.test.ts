import { expect, it } from 'vitest';
import { clockProfiles } from '../../../src/core/traffic/hourProfiles.ts';
import { pullTraffic } from '../../../src/core/traffic/pull.ts';
import { fakeTwilio, hour, main, messages, now } from './fakeTwilio.ts';

it('a country that hardly gets a message is taken to live as the account’s others do, in its own time', async () => {
  // Germany writes at ten local time, nine UTC.
  const nine = Math.floor(now / hour) % 24;
  expect(nine).toBe(9);
  const { twilio } = fakeTwilio({ [main]: messages(600, (i) => 24 * (1 + (i % 6))) }, { pageSize: 1000 });
  const { accounts, window } = await pullTraffic(twilio, [{ account: main, name: 'Acme' }], { now });
  const profileOf = clockProfiles(accounts[0]?.table ?? new Map(), window.from);
  const busiest = (country: 'DE' | 'ID') => {
    const shares = profileOf(country);
    expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
    const at = shares.indexOf(Math.max(...shares));
    return (Math.floor(window.from / hour) + at) % 24;
  };
  expect(busiest('DE')).toBe(nine);
  // Indonesia is six hours further on than Germany.
  expect(busiest('ID')).toBe(nine - 6);
});
