import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { expect, test } from 'vitest';
import { countries, countryByIso } from '../../../src/simulator/generate/countries.ts';
import { mobileNumber, numberBlock, numberInBlock } from '../../../src/simulator/generate/phoneNumbers.ts';
import { stream } from '../../../src/simulator/random.ts';

function isMobileOf(iso: string, number: string): boolean {
  const parsed = parsePhoneNumberFromString(number);
  return parsed?.country === iso && parsed.isValid() && (parsed.getType() ?? '').includes('MOBILE');
}

test('there are more than seventy countries, each once, with believable figures', () => {
  expect(countries.length).toBeGreaterThanOrEqual(70);
  expect(new Set(countries.map(({ iso }) => iso)).size).toBe(countries.length);
  for (const { iso, weight, delivery, conversion, sms, voice, offset } of countries) {
    expect(weight, iso).toBeGreaterThan(0);
    expect(delivery, iso).toBeLessThan(1);
    // A code that did not arrive cannot be typed in.
    expect(conversion, iso).toBeLessThan(delivery);
    expect(sms * voice, iso).toBeGreaterThan(0);
    expect(Math.abs(offset), iso).toBeLessThanOrEqual(12);
  }
});

test.each(countries.map((country) => [country.iso, country] as const))(
  'numbers of %s are its valid mobile numbers',
  (iso, country) => {
    for (const prefix of country.mobile) {
      const random = stream(3, iso, prefix);
      const only = { ...country, mobile: [prefix] };
      const wrong = Array.from({ length: 150 }, () => mobileNumber(only, random)).filter(
        (number) => !isMobileOf(iso, number),
      );
      expect(wrong.slice(0, 3), `prefix ${prefix}`).toEqual([]);
    }
  },
);

test('every number of a block is a valid number of its country', () => {
  for (const iso of ['RU', 'UZ', 'GB', 'LV', 'SO']) {
    const block = numberBlock(countryByIso(iso), stream(4, iso));
    for (const position of [0, 1, 4999, 9999, 10_000]) {
      expect(isMobileOf(iso, numberInBlock(block, position)), block).toBe(true);
    }
  }
  expect(numberInBlock('+7958111', 8001)).toBe('+79581118001');
});

test('a country that is not in the table is refused by name', () => {
  expect(() => countryByIso('XX')).toThrow('XX');
});
