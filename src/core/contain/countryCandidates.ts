import { UserError } from '../errors.ts';
import { type JsonObject, objectsOf, textOf } from '../model/json.ts';
import { countryOf, isCountryOrBucket } from '../traffic/country.ts';
import { countryName } from '../traffic/countryName.ts';
import type { TwilioRequest } from '../twilio/request.ts';
import type { Action, Reading } from './action.ts';
import type { Candidate, CandidateScope } from './candidates.ts';
import { holds } from './readLive.ts';
import type { Target } from './target.ts';

const numbers = new Intl.NumberFormat('en-US');

/** Countries for which the action would change something: those with most above what was expected first, then by the newest traffic. */
export async function smsCountries(from: CandidateScope, action: Action): Promise<readonly Candidate[]> {
  const { account } = from.scope;
  const [bodies, traffic] = await Promise.all([
    everyPage({ operation: 'fetchSmsGeoPermissions', account }, from),
    newest({ operation: 'listMessages', account }, from),
  ]);
  const permissions = bodies.flatMap((body) => objectsOf(body, 'permissions'));
  return offered(
    permissions.map((permission) => ({
      iso: textOf(permission, 'country_code') ?? '',
      readings: { permissions: reading({ permissions: [permission] }) },
    })),
    (iso) => ({ kind: 'smsCountry', account, iso, name: nameOf(iso) }),
    { action, traffic, what: 'messages', excess: from.excess },
  );
}

/** As above, for calls. */
export async function voiceCountries(from: CandidateScope, action: Action): Promise<readonly Candidate[]> {
  const { account } = from.scope;
  const [bodies, traffic] = await Promise.all([
    everyPage({ operation: 'listDialingPermissions', account }, from),
    newest({ operation: 'listCalls', account }, from),
  ]);
  const permissions = bodies.flatMap((body) => objectsOf(body, 'content'));
  return offered(
    permissions.map((permission) => ({
      iso: textOf(permission, 'iso_code') ?? '',
      readings: { country: reading(permission) },
    })),
    (iso) => ({ kind: 'voiceCountry', account, iso, name: nameOf(iso) }),
    { action, traffic, what: 'calls', excess: from.excess },
  );
}

interface Listed {
  readonly iso: string;
  readonly readings: Readonly<Record<string, Reading>>;
}

interface Offer {
  readonly action: Action;
  /** How many of the newest outbound records went to each country; `undefined` when that could not be read. */
  readonly traffic: { readonly byCountry: ReadonlyMap<string, number>; readonly total: number } | undefined;
  readonly what: string;
  readonly excess?: ReadonlyMap<string, number> | undefined;
}

function offered(
  countries: readonly Listed[],
  targetOf: (iso: string) => Target,
  { action, traffic, what, excess }: Offer,
): readonly Candidate[] {
  const found = countries
    .filter(({ iso }) => /^[A-Z]{2}$/.test(iso))
    .map(({ iso, readings }) => {
      const target = targetOf(iso);
      const count = traffic?.byCountry.get(iso) ?? 0;
      return { iso, target, state: action.state(readings, target), count, above: excess?.get(iso) ?? 0 };
    })
    .filter(({ state, target }) => !holds(state, action.wanted(state, target)))
    .toSorted((a, b) => b.above - a.above || b.count - a.count || (a.target.name < b.target.name ? -1 : 1));
  return found.map(({ iso, target, count, above }) => {
    const reasons = [
      ...(above > 0 ? [`${numbers.format(above)} ${what} more than expected`] : []),
      ...(traffic && count > 0
        ? [`${numbers.format(count)} of the newest ${numbers.format(traffic.total)} ${what}`]
        : []),
    ];
    return { target, label: target.name, description: iso, ...(reasons.length > 0 && { reason: reasons.join(', ') }) };
  });
}

async function everyPage(request: TwilioRequest, { twilio, cancel }: CandidateScope): Promise<readonly JsonObject[]> {
  const bodies: JsonObject[] = [];
  for (let next: TwilioRequest | undefined = request; next; ) {
    const page = await twilio.page(next, cancel);
    bodies.push(page.body);
    next = page.next;
  }
  return bodies;
}

/** One page: enough to see where an attack goes. What cannot be read costs the order only. */
async function newest(request: TwilioRequest, { twilio, cancel }: CandidateScope): Promise<Offer['traffic']> {
  try {
    const { items } = await twilio.page(request, cancel);
    const outbound = items.filter((item) => textOf(item, 'direction')?.startsWith('outbound'));
    const byCountry = new Map<string, number>();
    for (const item of outbound) {
      const country = countryOf(textOf(item, 'to') ?? '');
      byCountry.set(country, (byCountry.get(country) ?? 0) + 1);
    }
    return { byCountry, total: outbound.length };
  } catch (reason) {
    if (reason instanceof UserError) return undefined;
    throw reason;
  }
}

function reading(body: JsonObject): Reading {
  return { body, items: [], complete: true };
}

function nameOf(iso: string): string {
  return isCountryOrBucket(iso) ? countryName(iso) : iso;
}
