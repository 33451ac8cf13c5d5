import type { JsonObject } from '../../../core/model/json.ts';
import { ok } from '../answer.ts';
import { type Country, countryOfNumber } from '../countries.ts';
import type { Answer, Call, Route } from '../route.ts';
import { digest } from '../serverState.ts';

/** Lookup, with the two packages that matter in an incident. https://www.twilio.com/docs/lookup/v2-api */
export const lookupRoutes: readonly Route[] = [
  {
    spec: 'lookups_v2',
    operationId: 'FetchPhoneNumber',
    host: 'lookups.twilio.com',
    method: 'GET',
    path: '/v2/PhoneNumbers/{PhoneNumber}',
    permission: '/twilio/lookup/phone-numbers/read',
    handle: lookUp,
  },
];

function lookUp({ path, query }: Call): Answer {
  const number = path['PhoneNumber'] ?? '';
  const problem = problemOf(number);
  const country = problem ? undefined : countryOfNumber(number);
  const asked = country ? (query.get('Fields')?.split(',') ?? []) : [];
  return ok({
    calling_country_code: country?.callingCode.slice(1) ?? null,
    country_code: country?.iso ?? null,
    phone_number: number,
    national_format: country ? number.slice(country.callingCode.length) : null,
    valid: country !== undefined,
    validation_errors: problem ? [problem] : country ? null : ['INVALID_COUNTRY_CODE'],
    caller_name: null,
    sim_swap: null,
    call_forwarding: null,
    line_status: null,
    line_type_intelligence: asked.includes('line_type_intelligence') ? lineType(number, country) : null,
    identity_match: null,
    reassigned_number: null,
    sms_pumping_risk: asked.includes('sms_pumping_risk') ? pumpingRisk(number) : null,
    phone_number_quality_score: null,
    pre_fill: null,
    url: `https://lookups.twilio.com/v2/PhoneNumbers/${number}`,
  });
}

function problemOf(number: string): string | undefined {
  if (!/^\+\d+$/.test(number)) return 'NOT_A_NUMBER';
  if (number.length < 8) return 'TOO_SHORT';
  return number.length > 16 ? 'TOO_LONG' : undefined;
}

function lineType(number: string, country: Country | undefined): JsonObject {
  const type = chance(number, 'line') < 0.85 ? 'mobile' : 'nonFixedVoip';
  return {
    type,
    carrier_name: `Carrier of ${country?.name ?? 'unknown'}`,
    mobile_country_code: null,
    mobile_network_code: null,
    error_code: null,
  };
}

function pumpingRisk(number: string): JsonObject {
  const score = Math.floor(100 * chance(number, 'risk'));
  return {
    carrier_risk_category: score < 60 ? 'low' : score < 85 ? 'moderate' : 'high',
    number_blocked: score >= 90,
    number_blocked_date: null,
    number_blocked_last_3_months: score >= 85,
    sms_pumping_risk_score: score,
    error_code: null,
  };
}

/** In [0, 1], fixed for each number. */
function chance(number: string, what: string): number {
  return Number.parseInt(digest(`${number} ${what}`).slice(0, 6), 16) / 0xffffff;
}
