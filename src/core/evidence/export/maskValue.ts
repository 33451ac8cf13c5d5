import { isObject, type Json, type JsonObject } from '../../model/json.ts';
import { maskNumbersIn } from '../../untrusted/phoneNumbers.ts';

const sid = /^[A-Z]{2}[0-9a-f]{32}$/;
/** Fewer digits than these are no phone number. */
const shortest = 7;

/** The text with the last four digits of every phone number in it as X. SIDs and dates stay. */
export function maskText(text: string): string {
  return text.length < shortest || sid.test(text) ? text : maskNumbersIn(text);
}

/** The same for every text, name and long number inside a value. A masked number in digits alone becomes text. */
export function maskJson(value: Json): Json {
  if (typeof value === 'string') return maskText(value);
  if (typeof value === 'number') {
    const masked = maskText(String(value));
    return masked === String(value) ? value : masked;
  }
  if (isObject(value)) return maskObject(value);
  return Array.isArray(value) ? value.map(maskJson) : value;
}

/** Two names that are the same once they are masked stay two. */
export function maskObject(object: JsonObject): JsonObject {
  const taken = new Set<string>();
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => {
      const masked = maskText(name);
      let free = masked;
      for (let number = 2; taken.has(free); number += 1) free = `${masked} (${number})`;
      taken.add(free);
      return [free, value === undefined ? undefined : maskJson(value)];
    }),
  );
}
