import { utc } from '../model/age.ts';
import type { AuditEvent } from '../model/auditEvent.ts';
import { shortSid } from '../model/sid.ts';
import { isCountryOrBucket } from '../traffic/country.ts';
import { countryName } from '../traffic/countryName.ts';
import { defang } from '../untrusted/defang.ts';
import type { Facts } from './facts.ts';
import { count } from './results.ts';
import { type Deed, movedWebhooks } from './takeover.ts';

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

/** What one value of a change is told of at most. */
const longestValue = 40;
const mostChanges = 2;

/** `voice_url: voice.contoso.example → evil.example`: where webhooks lead now, else the first changes. Hostile text, defanged. */
function changesText(event: AuditEvent): string {
  const moved = movedWebhooks(event);
  const told = moved.length > 0 ? moved : event.changes.flatMap(changeText);
  return told.slice(0, mostChanges).map(defang).join('; ');
}

function changeText({ property, previous, updated }: AuditEvent['changes'][number]): readonly string[] {
  const short = (value: string): string =>
    value === '' ? 'none' : value.length > longestValue ? `${value.slice(0, longestValue)}…` : value;
  return previous === '' && updated === '' ? [] : [`${property}: ${short(previous)} → ${short(updated)}`];
}

/** `account-api-keys.created from 203.0.113.42 at 2026-11-21 03:14 UTC`. */
export function deedText({ event }: Deed): string {
  const what = event.description === '' ? event.type : `${event.type} (${defang(event.description)})`;
  const changed = changesText(event);
  return `${what}${changed === '' ? '' : `, ${changed},`}${event.ip === '' ? '' : ` from ${event.ip}`} at ${utc(event.at)}`;
}
