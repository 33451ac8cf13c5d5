import type { JsonObject } from '../../../core/model/json.ts';
import type { SimDialingPermission } from '../../world.ts';
import { invalid, notFound, ok } from '../answer.ts';
import { audit } from '../audit.ts';
import { countries } from '../countries.ts';
import { jsonObjects } from '../jsonForm.ts';
import { listWithMeta } from '../paging.ts';
import type { Answer, Call, Route } from '../route.ts';

const common = { spec: 'voice_v1', host: 'voice.twilio.com' } as const;
const folder = '/v1/DialingPermissions/Countries';
const origin = 'https://voice.twilio.com';

/** Voice dialing permissions. https://www.twilio.com/docs/voice/api/dialing-permissions-country-resource */
export const dialingPermissionRoutes: readonly Route[] = [
  { ...common, operationId: 'ListDialingPermissionsCountry', method: 'GET', path: folder, handle: list },
  {
    ...common,
    operationId: 'FetchDialingPermissionsCountry',
    method: 'GET',
    path: `${folder}/{IsoCode}`,
    handle: fetch,
  },
  {
    ...common,
    operationId: 'FetchDialingPermissionsSettings',
    method: 'GET',
    path: '/v1/Settings',
    handle: ({ account }) =>
      ok({ dialing_permissions_inheritance: account.owner !== account.sid, url: `${origin}/v1/Settings` }),
  },
  {
    ...common,
    operationId: 'CreateDialingPermissionsCountryBulkUpdate',
    method: 'POST',
    path: '/v1/DialingPermissions/BulkCountryUpdates',
    handle: update,
  },
];

const fields = {
  low_risk_numbers_enabled: 'lowRisk',
  high_risk_special_numbers_enabled: 'highRiskSpecial',
  high_risk_tollfraud_numbers_enabled: 'highRiskTollfraud',
} as const satisfies Record<string, keyof SimDialingPermission>;

function list(call: Call): Answer {
  const { query, account } = call;
  const asked = (name: string, value: string | undefined) => (query.get(name) ?? value) === value;
  const rows = [...account.voiceGeo]
    .filter(
      ([iso, { lowRisk, highRiskSpecial, highRiskTollfraud }]) =>
        asked('IsoCode', iso) &&
        asked('Continent', countries.get(iso)?.continent) &&
        asked('CountryCode', countries.get(iso)?.callingCode.slice(1)) &&
        asked('LowRiskNumbersEnabled', String(lowRisk)) &&
        asked('HighRiskSpecialNumbersEnabled', String(highRiskSpecial)) &&
        asked('HighRiskTollfraudNumbersEnabled', String(highRiskTollfraud)),
    )
    .map(([iso, permission]) => ({ at: 0, sid: iso, permission }))
    .sort((a, b) => (a.sid < b.sid ? -1 : 1));
  return listWithMeta(
    call,
    'content',
    () => rows,
    ({ sid, permission }) => shape(sid, permission),
    { max: 100 },
  );
}

function fetch({ path, account }: Call): Answer {
  const iso = path['IsoCode'] ?? '';
  const permission = account.voiceGeo.get(iso);
  if (!permission) throw notFound(`${folder}/${iso}`);
  return ok(shape(iso, permission));
}

/** Counts the countries it changed; those it does not know are passed over in silence. */
function update(call: Call): Answer {
  const items = jsonObjects(call.form.getAll('UpdateRequest'), 'UpdateRequest');
  if (items.length === 0) throw invalid('UpdateRequest');
  return ok({ update_count: items.filter((item) => change(call, item)).length, update_request: 'accepted' }, 201);
}

function change(call: Call, item: JsonObject): boolean {
  const iso = String(item['iso_code']);
  const permission = call.account.voiceGeo.get(iso);
  if (!permission) return false;
  const before = JSON.stringify(permission);
  for (const [name, field] of Object.entries(fields)) {
    const value = item[name];
    if (value === true || value === 'true') permission[field] = true;
    if (value === false || value === 'false') permission[field] = false;
  }
  audit(call, 'voice-geographic-permissions.updated', call.account.sid, {
    [iso]: { previous: before, updated: JSON.stringify(permission) },
  });
  return true;
}

function shape(iso: string, permission: SimDialingPermission): JsonObject {
  const country = countries.get(iso);
  const url = `${origin}${folder}/${iso}`;
  return {
    iso_code: iso,
    name: country?.name ?? iso,
    continent: country?.continent ?? null,
    country_codes: country ? [country.callingCode] : [],
    ...Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, permission[field]])),
    url,
    links: { highrisk_special_prefixes: `${url}/HighRiskSpecialPrefixes` },
  };
}
