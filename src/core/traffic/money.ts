import { isKnownCurrency } from '../model/currency.ts';
/** A sum in one currency. */
export interface Money {
  /** ISO 4217. */
  readonly currency: string;
  readonly amount: number;
}

/**
 * `1,204.30`: two decimals from one unit up, two significant digits below, so that a message for 0.0079 is neither 0.01 nor a row of digits.
 * Never nothing for something.
 */
export function amountText(amount: number): string {
  const size = Math.abs(amount);
  if (size > 0 && size < smallest) return `${amount < 0 ? '> -' : '< '}${smallest.toFixed(mostDecimals)}`;
  const decimals = size === 0 || size >= 1 ? 2 : Math.min(mostDecimals, Math.max(2, 1 - Math.floor(Math.log10(size))));
  const format =
    formats.get(decimals) ??
    new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: decimals });
  formats.set(decimals, format);
  return format.format(amount);
}

/** By decimals: making one takes longer than formatting a table with it. */
const formats = new Map<number, Intl.NumberFormat>();
const mostDecimals = 6;
const smallest = 1e-6;

/** `1,204.30 USD`, the same in panel, toast and document. `currency` may be hostile: it is shown as three letters or not at all. */
export function moneyText({ amount, currency }: Money): string {
  return `${amountText(amount)} ${isKnownCurrency(currency) ? currency : '(currency unknown)'}`;
}

/** `1,204.30 USD + 3.00 EUR`: amounts in different currencies have no sum. `–` for none. */
export function moneysText(sums: readonly Money[]): string {
  return sums.map(moneyText).join(' + ') || '–';
}

/** Sums per currency, dearest first; nothing for sums of nothing. */
export function addMoney(...sums: readonly (readonly Money[])[]): readonly Money[] {
  const totals = new Map<string, number>();
  for (const { currency, amount } of sums.flat()) totals.set(currency, (totals.get(currency) ?? 0) + amount);
  return [...totals]
    .map(([currency, amount]) => ({ currency, amount }))
    .filter(({ amount }) => amount > 0)
    .sort((a, b) => b.amount - a.amount || (a.currency < b.currency ? -1 : 1));
}
