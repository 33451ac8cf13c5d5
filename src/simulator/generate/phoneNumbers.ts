import { below, pick, type Random, stream } from '../random.ts';
import type { Country } from './countries.ts';

function digits(random: Random, count: number): string {
  let text = '';
  for (let i = 0; i < count; i++) text += below(random, 10);
  return text;
}

/** A random valid mobile number of the country, E.164. */
export function mobileNumber(country: Country, random: Random): string {
  const prefix = pick(random, country.mobile);
  return `+${country.dial}${prefix}${digits(random, country.digits - prefix.length)}`;
}

/** The number of one of the customers an account has in a country: the same customer always has the same number. */
export function subscriberNumber(account: number, country: Country, customer: number): string {
  return mobileNumber(country, stream(account, 'customer', country.iso, customer));
}

/** `+7958111`: a block of ten thousand numbers, named by what its numbers share. */
export function numberBlock(country: Country, random: Random): string {
  return mobileNumber(country, random).slice(0, -4);
}

/** A number of a block; `position` counts from the block's first number and wraps at its end. */
export function numberInBlock(block: string, position: number): string {
  return block + String(position % 10_000).padStart(4, '0');
}
