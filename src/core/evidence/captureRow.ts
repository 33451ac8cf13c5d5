import type { JsonObject } from '../model/json.ts';
import { maskCodes } from './maskCodes.ts';
import type { SourceId } from './source.ts';

/** What the proof of a page says was removed when one-time codes were. */
export const maskedCodes = 'one-time codes';

/** The row with the one-time codes in its texts masked, its members in the same order; how many were. */
export function withoutCodes(source: SourceId, row: JsonObject): { readonly row: JsonObject; readonly masked: number } {
  let masked = 0;
  let clean: Record<string, JsonObject[string]> | undefined;
  for (const [member, mask] of maskers[source] ?? []) {
    const text = Object.hasOwn(row, member) ? row[member] : undefined;
    if (typeof text !== 'string' || text === '') continue;
    const found = mask(text);
    if (found.masked === 0) continue;
    clean ??= { ...row };
    clean[member] = found.text;
    masked += found.masked;
  }
  return { row: clean ?? row, masked };
}

type Mask = typeof maskCodes;

/**
 * An alert quotes the request that failed as a form: `Body=…&From=…`. Its other members are numbers that the analysis needs.
 * https://www.twilio.com/docs/usage/monitor-alert
 */
const maskForm: Mask = (text) => {
  let masked = 0;
  const parts = text.split('&').map((part) => {
    const [, name, value] = /^(body|msg|message)=(.*)$/is.exec(part) ?? [];
    if (value === undefined) return part;
    const found = maskCodes(decoded(value));
    masked += found.masked;
    return found.masked === 0 ? part : `${name}=${encodeURIComponent(found.text)}`;
  });
  return { text: masked === 0 ? text : parts.join('&'), masked };
};

/** A webhook that is asked with GET has the message in its address: `https://example.com/sms?Body=…`. */
const maskAddress: Mask = (text) => {
  const query = text.indexOf('?') + 1;
  if (query === 0) return { text, masked: 0 };
  const found = maskForm(text.slice(query));
  return { text: text.slice(0, query) + found.text, masked: found.masked };
};

/** Where texts of messages stand in the rows of a source. */
const maskers: Partial<Record<SourceId, readonly (readonly [member: string, mask: Mask])[]>> = {
  messages: [['body', maskCodes]],
  alerts: [
    ['alert_text', maskForm],
    ['request_variables', maskForm],
    ['request_url', maskAddress],
    ['response_body', maskCodes],
  ],
};

/** A value that is no whole URL encoding, such as one that was cut, is read as it stands. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll('+', ' '));
  } catch {
    return value;
  }
}
