/**
 * The block of 10,000 numbers an address lies in, as one exact number, so that millions of them can be compared and counted. It tells
 * apart what `rangeOf` tells apart, for masked numbers of up to 15 digits.
 */
export type BlockKey = number;

export const blockKeys = { none: 0, shortCode: 1, other: 2 } as const;

const names = ['no number given', 'short code', 'not a phone number'];

/** A whole address as Twilio writes it: E.164, with a channel in front, masked, a short code, an alphanumeric sender. */
export function blockKey(address: string): BlockKey {
  const digits = /^(?:[a-z]+:)?\+(\d{5,15})$/i.exec(address)?.[1];
  if (digits) return Number(`1${digits.slice(0, -4)}`);
  const [, plus, masked] = /^(\+?)(\d{1,11})[xX]{4}$/.exec(address) ?? [];
  if (masked) return Number(`${plus ? 1 : 2}${masked}`);
  if (address === '') return blockKeys.none;
  return /^\d{3,8}$/.test(address) ? blockKeys.shortCode : blockKeys.other;
}

/** What `endingOf` gives where no whole number is: more than four digits can be. */
export const noEnding = 0xffff;

/** The last four digits of a whole number, as one: with `blockKey` they are the number itself, whatever channel is in front of it. */
export function endingOf(address: string): number {
  const digits = /^(?:[a-z]+:)?\+\d{1,11}(\d{4})$/i.exec(address)?.[1];
  return digits === undefined ? noEnding : Number(digits);
}

/** `+7958111xxxx`, or what it is instead of a number: the same text as `rangeOf`'s. */
export function blockText(key: BlockKey): string {
  const name = names[key];
  if (name !== undefined) return name;
  const text = String(key);
  return `${text.startsWith('1') ? '+' : ''}${text.slice(1)}xxxx`;
}
