import { isObject, type JsonObject } from '../model/json.ts';
import { isSid } from '../model/sid.ts';

/**
 * Values of a change that are too many to list. `day`: a date of the calendar, `2026-11-21`. Two capitals: a SID that begins with
 * them. `webhook`: a URL, or nothing. `httpsUrl`: an HTTPS URL of a named host. `safeNumber`: a number in E.164 or a prefix of a
 * thousand, `+18001234xxx`. `label`: a name of plain characters. `count`: a whole number. `amount`: a sum of money.
 * `smsPermission`, `dialingPermission`: the JSON that opens or closes one country. `keyPolicy`: the JSON that lists what a key may do.
 */
export type Pattern =
  | 'day'
  | 'webhook'
  | 'httpsUrl'
  | 'safeNumber'
  | 'label'
  | 'count'
  | 'amount'
  | 'smsPermission'
  | 'dialingPermission'
  | 'keyPolicy'
  | SidPattern;
type SidPattern = 'AC' | 'CA' | 'CL' | 'CR' | 'DF' | 'DG' | 'MG' | 'PN' | 'RK' | 'SK' | 'SM' | 'UT' | 'VA';

/** True when a change may carry this value here. */
export function fits(rule: readonly string[] | Pattern, value: string): boolean {
  if (typeof rule !== 'string') return rule.includes(value);
  switch (rule) {
    case 'day':
      return isDay(value);
    case 'webhook':
      return value === '' || /^https?:\/\/[!#-;=?-[\]_a-z~]{1,2000}$/i.test(value);
    case 'httpsUrl':
      return isPublicHttps(value);
    case 'safeNumber':
      return isSafeNumber(value);
    case 'label':
      return isLabel(value);
    case 'count':
      return isCount(value);
    case 'amount':
      return isAmount(value);
    case 'keyPolicy':
      return isKeyPolicy(parsed(value));
    case 'smsPermission':
      return isSmsPermission(parsed(value));
    case 'dialingPermission': {
      const list = parsed(value);
      return Array.isArray(list) && list.length === 1 && isDialingPermission(list[0]);
    }
    default:
      return isSid(rule, value);
  }
}

/** https://www.twilio.com/docs/usage/global-safe-list */
export function isSafeNumber(text: string): boolean {
  return /^\+[1-9]\d{6,14}$/.test(text) || /^\+[1-9]\d{3,11}xxx$/.test(text);
}

/** What this extension names things it makes: nothing that means anything in a shell, a URL or Markdown. */
export function isLabel(text: string): boolean {
  return /^[A-Za-z0-9][\w .:-]{0,63}$/.test(text);
}

/** A whole number from 1 to 999,999. */
export function isCount(text: string): boolean {
  return /^[1-9]\d{0,5}$/.test(text);
}

/** Money, with two decimals at most. */
export function isAmount(text: string): boolean {
  return /^\d{1,9}(\.\d{1,2})?$/.test(text) && Number(text) > 0;
}

/** An HTTPS URL of a host with a name, which Twilio can reach; without credentials in it. */
export function isPublicHttps(text: string): boolean {
  return /^https:\/\/([a-z\d]([a-z\d-]{0,62})\.)+[a-z]{2,63}(:\d{1,5})?(\/[!#-;=?-[\]_a-z~]{0,1900})?$/i.test(text);
}

/** `/twilio/messaging/messages/create`. https://www.twilio.com/docs/iam/api-keys/restricted-api-keys */
export function isPermission(text: string): boolean {
  return /^\/twilio(\/[a-z\d-]{1,60}){2,6}$/.test(text);
}

/** A key may have a hundred permissions. */
function isKeyPolicy(value: unknown): boolean {
  if (!hasExactly(value, ['allow'])) return false;
  const { allow } = value;
  return (
    Array.isArray(allow) &&
    allow.length > 0 &&
    allow.length <= 100 &&
    allow.every((one) => typeof one === 'string' && isPermission(one))
  );
}

/** The 31st of February is no day: a date that Twilio rounds would not be the one that was shown. */
function isDay(text: string): boolean {
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

/** https://www.twilio.com/docs/iam/api/messaging-geopermissions */
function isSmsPermission(value: unknown): boolean {
  if (!hasExactly(value, ['country_code', 'type', 'enabled'])) return false;
  return isCountry(value['country_code']) && value['type'] === 'country' && typeof value['enabled'] === 'boolean';
}

/** https://www.twilio.com/docs/voice/api/dialing-permissions-country-resource */
function isDialingPermission(value: unknown): boolean {
  const classes = [
    'low_risk_numbers_enabled',
    'high_risk_special_numbers_enabled',
    'high_risk_tollfraud_numbers_enabled',
  ];
  if (!hasExactly(value, ['iso_code', ...classes])) return false;
  return isCountry(value['iso_code']) && classes.every((name) => value[name] === 'true' || value[name] === 'false');
}

function hasExactly(value: unknown, names: readonly string[]): value is JsonObject {
  return isObject(value) && Object.keys(value).toSorted().join() === names.toSorted().join();
}

function isCountry(value: unknown): boolean {
  return typeof value === 'string' && /^[A-Z]{2}$/.test(value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
