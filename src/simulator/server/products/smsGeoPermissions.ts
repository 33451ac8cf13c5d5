import type { JsonObject } from '../../../core/model/json.ts';
import { invalid, ok } from '../answer.ts';
import { audit } from '../audit.ts';
import { countries } from '../countries.ts';
import { jsonObjects } from '../jsonForm.ts';
import type { Answer, Call, Route } from '../route.ts';

const place = { spec: 'accounts_v1', host: 'accounts.twilio.com', path: '/v1/Messaging/GeoPermissions' } as const;

/** Countries whose permission the API refuses to change; Twilio supports the last three not at all. */
const fixed: ReadonlySet<string> = new Set('BD IL NG PK PS LK AZ TJ OM TN DZ IR SY CU'.split(' '));

/** SMS geographic permissions. https://www.twilio.com/docs/iam/api/messaging-geopermissions */
export const smsGeoPermissionRoutes: readonly Route[] = [
  { ...place, operationId: 'FetchMessagingGeopermissions', method: 'GET', handle: fetch },
  { ...place, operationId: 'UpdateMessagingGeopermissions', method: 'PATCH', handle: update },
];

function fetch({ query, account }: Call): Answer {
  const asked = query.get('CountryCode')?.split(',');
  const permissions = [...account.smsGeo]
    .filter(([iso]) => asked === undefined || asked.includes(iso))
    .map(([iso, enabled]) => ({
      country_code: iso,
      type: 'country',
      enabled,
      prefix: countries.get(iso)?.callingCode ?? '',
      message: fixed.has(iso) ? 'High Risk Country' : '',
    }));
  return ok({ permissions });
}

/** 200 whatever became of the single countries: each carries its own `error_code`. */
function update(call: Call): Answer {
  const items = jsonObjects(call.form.getAll('Permissions'), 'Permissions');
  if (items.length === 0) throw invalid('Permissions');
  return ok({ permissions: items.map((item) => change(call, item)) });
}

function change(call: Call, item: JsonObject): JsonObject {
  const { smsGeo, sid } = call.account;
  const { country_code: iso, enabled } = item;
  if (typeof iso !== 'string' || typeof enabled !== 'boolean' || item['type'] !== 'country')
    throw invalid('Permissions');
  const before = smsGeo.get(iso);
  if (fixed.has(iso) || before === undefined) {
    const message = 'High risk country permission cannot be updated';
    return { country_code: iso, type: 'country', enabled, error_code: 30649, error_messages: [message] };
  }
  smsGeo.set(iso, enabled);
  if (before !== enabled)
    audit(call, 'sms-geographic-permissions.updated', sid, {
      [iso]: { previous: String(before), updated: String(enabled) },
    });
  return { country_code: iso, type: 'country', enabled, error_code: 0, error_messages: [] };
}
