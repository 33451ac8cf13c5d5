import { isObject, type JsonObject } from '../../src/core/model/json.ts';
import { mainSid } from '../simulator/smallWorld.ts';

/** Twelve secrets, by the field of a reply they come in; `used` is the Auth Token of the connection, which replies echo in texts. */
export const canaries = {
  used: '5eca7e01'.repeat(4),
  auth_token: 'ca11ab1e'.repeat(4),
  secondary_auth_token: 'ba5eba11'.repeat(4),
  secret: 'k"1<&>/ü+ =%\\sk1',
  password: 'p"2<&>/ü+ =%\\pw2',
  access_token: 'a"3<&>/ü+ =%\\at3',
  client_secret: 'c"4<&>/ü+ =%\\cs4',
  'PRIMARY-AUTH-TOKEN': 'feedface'.repeat(4),
  privateKey: '-----BEGIN "KEY" & <x>-----',
  refreshToken: 'r"5<&>/ü+ =%\\rt5',
  sip_auth_password: 's"6<&>/ü+ =%\\sp6',
  passphrase: 'w"7<&>/ü+ =%\\pp7',
} as const;

/** As HTML has it. */
export function htmlOf(text: string): string {
  const html = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return Object.entries(html).reduce((escaped, [sign, entity]) => escaped.replaceAll(sign, entity), text);
}

/** As they could leak: raw, as Basic authorization, in an address, in JSON, in HTML, backwards. */
function forms(secret: string): readonly string[] {
  const basic = Buffer.from(`${mainSid}:${secret}`).toString('base64').replace(/=+$/, '');
  return [
    secret,
    basic,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    htmlOf(secret),
    [...secret].reverse().join(''),
  ];
}

/** Each form of each secret, and as bytes of UTF-8 read as Latin-1, as files are looked through. */
export function formsOf(secrets: readonly string[]): readonly (readonly [secret: string, form: string])[] {
  const latin1 = (text: string) => Buffer.from(text).toString('latin1');
  return secrets.flatMap((secret) =>
    [...new Set(forms(secret).flatMap((form) => [form, latin1(form)]))].map((form) => [secret, form] as const),
  );
}

const echoing = new Set(['friendly_name', 'body', 'description', 'alert_text', 'error_message', 'status_callback']);
const { used, ...inFields } = canaries;
let count = 0;

/** A reply of the simulator with secrets in it: each row has them in their fields, its texts echo the one in use, in all forms by turns; some lists fail and quote it. */
export function spoiled(
  address: string,
  status: number,
  text: string,
): { readonly status: number; readonly text: string } {
  if (/UsageTriggers|\/Usage\/Triggers/.test(address))
    return { status: 400, text: JSON.stringify({ code: 20001, message: `Bad ${used}`, more_info: used, status: 400 }) };
  try {
    return { status, text: JSON.stringify(withSecrets(JSON.parse(text), true)) };
  } catch {
    return { status, text };
  }
}

function withSecrets(value: unknown, top: boolean): unknown {
  if (Array.isArray(value)) return value.map((one) => withSecrets(one, false));
  if (!isObject(value)) return value;
  const known: JsonObject = value;
  const entries = Object.entries(known).map(([name, one]) => {
    const echo = forms(used)[count++ % 6] ?? '';
    return [name, echoing.has(name) && typeof one === 'string' ? `${one} ${echo}` : withSecrets(one, false)];
  });
  const row = Object.fromEntries(entries) as JsonObject;
  if (top || !('sid' in row)) return row;
  const form = count % 6;
  const fields = Object.entries(inFields).map(([name, secret]) => [name, forms(secret)[form] ?? secret]);
  return { ...Object.fromEntries(fields), nested: { ...Object.fromEntries(fields) }, ...row };
}
