/** ISO 4217's code of “no currency”: an amount whose currency is not known. */
export const noCurrency = 'XXX';

/** The currency of a price, three capital letters, as ISO 4217 has them. Where a price names none it is USD, in which Twilio bills by default. */
export function currencyCode(text = 'USD'): string {
  const code = text.toUpperCase();
  return isCurrency(code) ? code : noCurrency;
}

/** Whether the text can be shown as a currency: three capital letters, and not those that stand for none. */
export function isKnownCurrency(code: string): boolean {
  return isCurrency(code) && code !== noCurrency;
}

function isCurrency(code: string): boolean {
  return /^[A-Z]{3}$/.test(code);
}
