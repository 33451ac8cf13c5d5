import { utc } from '../model/age.ts';
import { shortSid } from '../model/sid.ts';
import { isCountryOrBucket } from '../traffic/country.ts';
import { countryName } from '../traffic/countryName.ts';
import { defang } from '../untrusted/defang.ts';
import type { Facts } from './facts.ts';
import { count } from './results.ts';
import type { Deed } from './takeover.ts';

/** The name of a country in a log, which may be hostile text. */
export function nameOf(country: string): string {
  return isCountryOrBucket(country) ? countryName(country) : country;
}

/** `Production OTP (AC…12ab)`, or the SID alone. May hold hostile text. */
export function accountText(facts: Facts, account: string): string {
  const name = facts.state.accounts.find(({ sid }) => sid === account)?.name;
  return name ? `${name} (${shortSid(account)})` : shortSid(account);
}

/** `USD 1,234.56` of millionths. */
export function money(millionths: number, currency: string): string {
  const amount = (millionths / 1e6).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return `${currency} ${amount}`;
}

/** `expected 12`, with a decimal where it is small. */
export function expectation(value: number): string {
  return value < 10 ? value.toFixed(1) : count(value);
}

/** `+7958111xxxx`. */
export function blockText({ digits, open }: { readonly digits: string; readonly open: number }): string {
  return `+${digits}${'x'.repeat(open)}`;
}

/** `account-api-keys.created from 203.0.113.42 at 2026-11-21 03:14 UTC`. */
export function deedText({ event }: Deed): string {
  const what = event.description === '' ? event.type : `${event.type} (${defang(event.description)})`;
  return `${what}${event.ip === '' ? '' : ` from ${event.ip}`} at ${utc(event.at)}`;
}
