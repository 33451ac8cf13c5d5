/** JSON as Twilio sends it: parsed, not yet trusted. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/** True for a plain object; arrays and null are not. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The own property as text: strings as they are, numbers in decimal, everything else `undefined`. */
export function textOf(source: JsonObject, key: string): string | undefined {
  const value = Object.hasOwn(source, key) ? source[key] : undefined;
  if (typeof value === 'string') return value;
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined;
}

/** The own property as a finite number; Twilio sends many numbers as strings (`num_segments: "2"`). */
export function numberOf(source: JsonObject, key: string): number | undefined {
  const text = textOf(source, key);
  if (text === undefined || text.trim() === '') return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/** The own property as an object, `undefined` for anything else. */
export function objectOf(source: JsonObject, key: string): JsonObject | undefined {
  const value = Object.hasOwn(source, key) ? source[key] : undefined;
  return isObject(value) ? value : undefined;
}

/** The own property as a list of objects; members that are not objects are left out. */
export function objectsOf(source: JsonObject, key: string): readonly JsonObject[] {
  const value = Object.hasOwn(source, key) ? source[key] : undefined;
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/**
 * The own property as an instant in epoch milliseconds. Accepts RFC 2822 (v2010 API) and ISO 8601 (v1+ APIs and
 * BulkExport); a date without a zone is UTC, as Twilio documents.
 */
export function instantOf(source: JsonObject, key: string): number | undefined {
  const text = textOf(source, key);
  if (text === undefined) return undefined;
  const zoned = /^\d{4}-\d\d-\d\dT[\d:.]+$/.test(text) ? `${text}Z` : text;
  const instant = Date.parse(zoned);
  return Number.isNaN(instant) ? undefined : instant;
}
