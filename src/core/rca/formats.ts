import { isKnownCurrency, noCurrency } from '../model/currency.ts';
import { amountText } from '../traffic/money.ts';
import { data, type Inline, text } from './document.ts';

const counts = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const rates = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });

/** `2026-11-21 03:14 UTC`. Epoch milliseconds; what is no instant is said to be unknown. */
export function utcMinute(instant: number): string {
  const date = new Date(instant);
  return Number.isNaN(date.getTime()) ? 'unknown time' : `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** `3 h 6 min`, `12 min`, `2 d 4 h`. Milliseconds. */
export function lasting(length: number): string {
  const minutes = Math.max(0, Math.floor(length / 60_000));
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60)];
  if (days > 0) return hours > 0 ? `${days} d ${hours} h` : `${days} d`;
  if (hours === 0) return `${minutes} min`;
  return minutes % 60 > 0 ? `${hours} h ${minutes % 60} min` : `${hours} h`;
}

/** `8,412`. */
export function count(value: number): string {
  return Number.isFinite(value) ? counts.format(value) : 'unknown';
}

/** `12.5`: at most one decimal. */
export function rate(value: number): string {
  return Number.isFinite(value) ? rates.format(value) : 'unknown';
}

/** `1,204.30 USD (estimated)`. A currency that is no ISO 4217 code is shown as data; without one the amount says so. */
export function money(amount: number | undefined, currency: string | undefined, estimated: boolean): readonly Inline[] {
  if (amount === undefined || !Number.isFinite(amount)) return [text('not priced yet')];
  const note = estimated ? ' (estimated)' : '';
  if (currency === undefined || currency === noCurrency)
    return [text(`${amountText(amount)} (currency unknown)${note}`)];
  if (isKnownCurrency(currency)) return [text(`${amountText(amount)} ${currency}${note}`)];
  return [text(`${amountText(amount)} `), data(currency), text(note)];
}
