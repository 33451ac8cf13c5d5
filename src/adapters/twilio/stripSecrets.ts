import { isObject, type Json, type JsonObject } from '../../core/model/json.ts';
import type { KnownSecrets } from './knownSecrets.ts';

const secretNames = new Set(['secret', 'secrets', 'privatekey', 'credentials', 'private', 'idtoken', 'csrftoken']);
const secretEndings = ['authtoken', 'accesstoken', 'refreshtoken', 'sessiontoken', 'password', 'secret', 'passphrase'];
/** Deeper than any reply of Twilio's; below it, walking the value could exhaust the stack. */
const deepest = 100;

/**
 * The body without secrets: fields named like one (`auth_token`, `secret`, `password`, in any spelling) are left out, and
 * known secret values are blanked wherever they stand in a text. `__proto__` keys are left out too: copying one would change an
 * object's prototype. Gives `undefined` for a body nested deeper than Twilio's ever are.
 * Field names: all schemas of Twilio's OpenAPI documents.
 */
export function stripSecrets(body: JsonObject, known: Pick<KnownSecrets, 'blank'>): JsonObject | undefined {
  const clean = strip(body, known, 0);
  return isObject(clean) ? clean : undefined;
}

function strip(value: Json | undefined, known: Pick<KnownSecrets, 'blank'>, depth: number): Json | undefined {
  if (typeof value === 'string') return known.blank(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= deepest) return undefined;
  if (Array.isArray(value)) {
    const items = value.map((item: Json) => strip(item, known, depth + 1));
    return items.every((item) => item !== undefined) ? items : undefined;
  }
  const clean: Record<string, Json> = {};
  for (const [name, field] of Object.entries(value)) {
    if (name === '__proto__' || isSecretName(name)) continue;
    const kept = strip(field, known, depth + 1);
    if (kept === undefined) return undefined;
    clean[name] = kept;
  }
  return clean;
}

function isSecretName(name: string): boolean {
  const plain = name.toLowerCase().replace(/[^a-z]/g, '');
  return secretNames.has(plain) || secretEndings.some((ending) => plain.endsWith(ending));
}
