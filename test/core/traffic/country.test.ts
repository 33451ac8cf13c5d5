import fc from 'fast-check';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import metadata from 'libphonenumber-js/max/metadata';
import { describe, expect, it } from 'vitest';
import { rangeOf } from '../../../src/core/model/numberRange.ts';
import { countryOf } from '../../../src/core/traffic/country.ts';
import { blockKey, blockText } from '../../../src/core/traffic/numberBlock.ts';
import { mobileNumbers, numbersOfAllKinds } from './mobileNumbers.ts';

/** Local information lines: valid for libphonenumber, and nothing that receives a message. */
const canadian310 = /^\+1310\d{4}$/;

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

  it('agrees with libphonenumber on valid numbers of every other kind, but Canada’s 7-digit +1 310', () => {
    const wrong: string[] = [];
    let valid = 0;
    for (const number of numbersOfAllKinds(20_000)) {
      const parsed = parsePhoneNumberFromString(number);
      if (!parsed?.isValid()) continue;
      valid++;
      if (countryOf(number) !== (parsed.country ?? '001')) wrong.push(number);
    }
    expect(valid).toBeGreaterThan(15_000);
    expect(wrong.filter((number) => !canadian310.test(number))).toEqual([]);
  });

  it.each(['1', '7', '44', '39', '61', '599', '262', '590', '358', '47', '212'])(
    'tells the countries that share +%s apart on any valid number',
    (code) => {
      let valid = 0;
      const countries = new Set<string>();
      const national = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 6, maxLength: 11 });
      fc.assert(
        fc.property(national, (digits) => {
          const number = `+${code}${digits.join('')}`;
          const parsed = parsePhoneNumberFromString(number);
          // It also takes numbers with a trunk prefix too many (`+7 8 700…`), which are no E.164 numbers.
          if (!parsed?.isValid() || parsed.number !== number || canadian310.test(number)) return;
          valid++;
          countries.add(parsed.country ?? '');
          expect(`${number} ${countryOf(number)}`).toBe(`${number} ${parsed.country}`);
        }),
        { numRuns: 2000, seed: 20_261_122 },
      );
      expect(valid).toBeGreaterThan(0);
      expect(countries.size).toBeGreaterThan(0);
    },
  );

  it('gives every network above countries its own place, never a country’s', () => {
    const codes = Object.keys(metadata.nonGeographic);
    expect(codes).toEqual(expect.arrayContaining(['800', '870', '878', '881', '882', '883', '888', '979']));
    const numbers = numbersOfAllKinds(5000).filter((number) => codes.includes(number.slice(1, 4)));
    expect(numbers.length).toBeGreaterThan(20);
    for (const number of numbers) {
      expect(`${number} ${countryOf(number)}`).toBe(`${number} 001`);
      expect(countryOf(number.replace(/\d{4}$/, 'XXXX'))).toBe('001');
    }
  });

  it('finds the same for a mobile number with its last four digits masked, or with a channel before it', () => {
    // Tristan da Cunha's numbers have four digits: masked, nothing but the code it shares with Saint Helena is left of them.
    const numbers = mobileNumbers(20_000).filter((number) => !/^\+290\d{4}$/.test(number));
    const differing = numbers.filter((number) => {
      const country = countryOf(number);
      const masked = number.replace(/\d{4}$/, 'XXXX');
      return [masked, `whatsapp:${number}`, `rcs:${number}`].some((one) => countryOf(one) !== country);
    });
    expect(differing).toEqual([]);
  });

  it('takes any text without failing, and puts it in one bucket or country', () => {
    const text = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.stringMatching(/^[+\dxX: a-z-]{0,24}$/),
      fc.constantFrom('', '+', '++1', '+1', '1', '00', 'whatsapp:', 'whatsapp:+', 'XXXX', '+XXXX', '٣٢١٤٥', '+٧٩٥٨'),
    );
    fc.assert(
      fc.property(text, (address) => {
        expect(countryOf(address)).toMatch(/^(?:[A-Z]{2}|001|short-code|alphanumeric|unknown)$/);
        expect(blockText(blockKey(address))).toBe(rangeOf(address));
      }),
      { numRuns: 5000, seed: 20_261_122 },
    );
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
