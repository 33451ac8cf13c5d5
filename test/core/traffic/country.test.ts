import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import metadata from 'libphonenumber-js/max/metadata';
import { describe, expect, it } from 'vitest';
import { countryOf } from '../../../src/core/traffic/country.ts';
import { mobileNumbers } from './mobileNumbers.ts';

describe('countryOf', () => {
  it('agrees with libphonenumber on 100,000 valid mobile numbers of every region', () => {
    const regions = Object.keys(metadata.countries);
    const numbers = mobileNumbers(110_000);
    const seen = new Set<string>();
    const wrong: string[] = [];
    let valid = 0;
    for (const number of numbers) {
      const parsed = parsePhoneNumberFromString(number);
      if (!parsed?.isValid() || !['MOBILE', 'FIXED_LINE_OR_MOBILE'].includes(parsed.getType() ?? '')) continue;
      valid++;
      seen.add(parsed.country ?? '');
      if (countryOf(number) !== parsed.country) wrong.push(`${number} ${countryOf(number)} ${parsed.country}`);
    }
    expect(wrong).toEqual([]);
    expect(valid).toBeGreaterThanOrEqual(100_000);
    // These share their mobile ranges with the main country of their calling code; libphonenumber cannot tell them apart.
    expect(regions.filter((region) => !seen.has(region))).toEqual(['AX', 'BL', 'CC', 'CX', 'EH', 'MF', 'SJ', 'VA']);
  });

  it.each([
    ['+14155550123', 'US'],
    ['+14165550123', 'CA'],
    ['+18765550123', 'JM'],
    ['+79581112233', 'RU'],
    ['+77012345678', 'KZ'],
    ['+447400123456', 'GB'],
    ['+447781123456', 'GG'],
    ['+390669812345', 'VA'],
    ['+4779123456', 'SJ'],
    ['+38349123456', 'XK'],
  ])('tells shared and young codes apart: %s is in %s', (number, country) => {
    expect(countryOf(number)).toBe(country);
  });

  it.each(['+80012345678', '+870773111632', '+88213123456', '+979123456789'])(
    'puts %s with the networks above countries',
    (number) => {
      expect(countryOf(number)).toBe('001');
    },
  );

  it('looks through the channel and through masked digits', () => {
    expect(countryOf('whatsapp:+5511987654321')).toBe('BR');
    expect(countryOf('+1415555XXXX')).toBe('US');
    expect(countryOf('+7958111XXXX')).toBe('RU');
  });

  it.each([
    ['32665', 'short-code'],
    ['TWILIO', 'alphanumeric'],
    ['Ärzte 24', 'alphanumeric'],
    ['', 'unknown'],
    ['+', 'unknown'],
    ['+9990000000', 'unknown'],
    ['messenger:1234567890', 'unknown'],
    ['sip:alice@example.com', 'unknown'],
    ['__proto__:+', 'unknown'],
  ])('says what %j is when it has no country: %s', (address, bucket) => {
    expect(countryOf(address)).toBe(bucket);
  });
});
