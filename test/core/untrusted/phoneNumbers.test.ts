import { type CountryCode, getCountries, getExampleNumber } from 'libphonenumber-js';
import examples from 'libphonenumber-js/examples.mobile.json' with { type: 'json' };
import { expect, test } from 'vitest';
import { maskNumber, maskNumbersIn } from '../../../src/core/untrusted/phoneNumbers.ts';
import { forHostileText } from './hostile.ts';

const regions: readonly CountryCode[] = getCountries();

test('the example number of every region loses its last four digits, however it is written', () => {
  expect(regions.length).toBeGreaterThanOrEqual(240);
  for (const region of regions) {
    const number = getExampleNumber(region, examples);
    if (!number) continue;
    const e164 = number.number;
    expect(maskNumber(e164)).toBe(`${e164.slice(0, -4)}XXXX`);
    expect(maskNumber(`whatsapp:${e164}`)).toBe(`whatsapp:${e164.slice(0, -4)}XXXX`);
    for (const written of [e164, number.formatInternational(), e164.slice(1), `00${e164.slice(1)}`]) {
      const masked = maskNumbersIn(`Call ${written}, now.`);
      expect(masked.replace(/X/g, '')).not.toContain(e164.slice(-4));
      expect(masked.match(/X/g)).toHaveLength(4);
      expect(masked.length).toBe(`Call ${written}, now.`.length);
    }
  }
});

test.each([
  ['sent to (415) 555-1234', 'sent to (415) 555-XXXX'],
  ['06.12.34.56.78', '06.12.34.XX.XX'],
  ['+33 6 12 34 56 78', '+33 6 12 34 XX XX'],
  ['id4155551234x', 'id415555XXXXx'],
  ['card 4111 1111 1111 1111', 'card 4111 11XX XXXX XXXX'],
  ['٠١٢٣٤٥٦٧٨٩', '٠١٢٣٤٥XXXX'],
])('masks %s', (text, masked) => {
  expect(maskNumbersIn(text)).toBe(masked);
});

test.each([
  'AC12345678901234567890123456789012',
  '2026-11-21 03:14:15 and 2026-11-21T03:14:15.123Z',
  'from 203.0.113.42.',
  'code 123456, error 30450, 21/11/2026',
  '+1415555XXXX, +33 6 12 34 XX XX, +7958111xxxx',
  '123e4567-e89b-12d3-a456-426614174000',
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
])('leaves %s', (text) => {
  expect(maskNumbersIn(text)).toBe(text);
});

test('short codes and names of senders are no personal data', () => {
  for (const sender of ['12345', 'ACME', 'client:alice', '', '+1415555XXXX']) expect(maskNumber(sender)).toBe(sender);
});

test('a second time changes nothing', () => {
  forHostileText((text) => {
    const once = maskNumbersIn(text);
    expect(maskNumbersIn(once)).toBe(once);
    expect(maskNumber(maskNumber(text))).toBe(maskNumber(text));
  });
});
