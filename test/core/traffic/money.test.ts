import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMoney, amountText, moneysText, moneyText } from '../../../src/core/traffic/money.ts';

describe('money', () => {
  it.each([
    [0, '0.00'],
    [1204.3, '1,204.30'],
    [1, '1.00'],
    [0.996, '1.00'],
    [0.5, '0.50'],
    [0.126, '0.13'],
    [0.05, '0.05'],
    [0.0079, '0.0079'],
    [0.00834, '0.0083'],
    [0.000034, '0.000034'],
    [0.00000001, '< 0.000001'],
  ])('%d is written %s', (amount, text) => {
    expect(amountText(amount)).toBe(text);
  });

  it('never shows nothing for something, and is right to two significant digits', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e9, noNaN: true }), (amount) => {
        const shown = Number(amountText(amount).replaceAll(',', ''));
        expect(shown).toBeGreaterThan(0);
        expect(Math.abs(shown - amount)).toBeLessThanOrEqual(
          Math.max(0.051 * Math.min(amount, 1), amount >= 1 ? 0.005 : 5e-7) + 1e-9,
        );
      }),
    );
  });

  it('carries its currency, and shows no currency it does not know as text', () => {
    expect(moneyText({ amount: 3, currency: 'EUR' })).toBe('3.00 EUR');
    expect(moneyText({ amount: 3, currency: 'XXX' })).toBe('3.00 (currency unknown)');
    expect(moneyText({ amount: 3, currency: '<b>' })).toBe('3.00 (currency unknown)');
    expect(
      moneysText([
        { amount: 3, currency: 'EUR' },
        { amount: 0.0079, currency: 'USD' },
      ]),
    ).toBe('3.00 EUR + 0.0079 USD');
    expect(moneysText([])).toBe('–');
  });

  it('adds up within a currency alone', () => {
    const usd = (amount: number) => ({ currency: 'USD', amount });
    const eur = (amount: number) => ({ currency: 'EUR', amount });
    expect(addMoney([usd(1), eur(5)], [usd(2)], [usd(0)])).toEqual([eur(5), usd(3)]);
    expect(addMoney([usd(0)])).toEqual([]);
  });
});
