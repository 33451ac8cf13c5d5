import { expect, test } from 'vitest';
import { currencyCode, isKnownCurrency } from '../../../src/core/model/currency.ts';
import { money } from '../../../src/core/rca/formats.ts';
import { moneyText } from '../../../src/core/traffic/money.ts';

test.each([
  [undefined, 'USD'],
  ['usd', 'USD'],
  ['GBP', 'GBP'],
  ['', 'XXX'],
  ['$', 'XXX'],
  ['=cmd', 'XXX'],
])('the currency %s is read as %s', (text, code) => {
  expect(currencyCode(text)).toBe(code);
});

test('an amount without a known currency says so, in panel and document, and never shows the code for none', () => {
  expect(isKnownCurrency('XXX')).toBe(false);
  expect(moneyText({ amount: 2, currency: 'XXX' })).toBe('2.00 (currency unknown)');
  expect(JSON.stringify(money(2, 'XXX', false))).toContain('2.00 (currency unknown)');
  expect(JSON.stringify(money(2, 'GBP', true))).toContain('2.00 GBP (estimated)');
});
