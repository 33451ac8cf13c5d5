import { isObject, type Json, type JsonObject } from '../../core/model/json.ts';
import type { KnownSecrets } from './knownSecrets.ts';

const secretNames = new Set(['secret', 'secrets', 'privatekey', 'credentials', 'private', 'idtoken', 'csrftoken']);
const secretEndings = ['authtoken', 'accesstoken', 'refreshtoken', 'sessiontoken', 'password', 'secret', 'passphrase'];
/** Deeper than any reply of Twilio's; below it, walking the value could exhaust the stack. */
const deepest = 100;
/** Field paths that are told apart and how long they may be: replies must not be able to fill the record with names. */
const mostPaths = 50;
const longestPath = 200;

export interface Stripped {
  readonly body: JsonObject;
  /** Path of the field, without places in lists → how often something was taken out of it. */
  readonly removed: Readonly<Record<string, number>>;
}

/**
 * The body without secrets: fields named like one (`auth_token`, `secret`, `password`, in any spelling) are left out, and
 * known secret values are blanked wherever they stand in a text. `__proto__` keys are left out too: copying one would change an
 * object's prototype. The list that was asked for (`list`) is none, whatever it is called: SIP credentials are a list named so
 * that holds no secret. Gives `undefined` for a body nested deeper than Twilio's ever are.
 * Field names: all schemas of Twilio's OpenAPI documents.
 */
export function stripSecrets(
  body: JsonObject,
  known: Pick<KnownSecrets, 'blank'>,
  list?: string,
): Stripped | undefined {
  const removed = new Map<string, number>();
  const clean = strip(body, { known, removed, list }, '', 0);
  return isObject(clean) ? { body: clean, removed: Object.fromEntries(removed) } : undefined;
}

interface Stripping {
  readonly known: Pick<KnownSecrets, 'blank'>;
  readonly removed: Map<string, number>;
  readonly list: string | undefined;
}

/** The value without secrets: the same one when there are none in it, which is nearly always, so that pages are not copied for nothing. */
function strip(value: Json | undefined, to: Stripping, path: string, depth: number): Json | undefined {
  if (typeof value === 'string') {
    const clean = to.known.blank(value);
    if (clean !== value) count(to, path);
    return clean;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= deepest) return undefined;
  return isObject(value) ? stripObject(value, to, path, depth) : stripList(value, to, path, depth);
}

function stripList(list: readonly Json[], to: Stripping, path: string, depth: number): readonly Json[] | undefined {
  let clean: Json[] | undefined;
  for (const [at, item] of list.entries()) {
    const kept = strip(item, to, path, depth + 1);
    if (kept === undefined) return undefined;
    if (kept === item) continue;
    clean ??= [...list];
    clean[at] = kept;
  }
  return clean ?? list;
}

function stripObject(source: JsonObject, to: Stripping, path: string, depth: number): JsonObject | undefined {
  let clean: Record<string, Json | undefined> | undefined;
  for (const name of Object.keys(source)) {
    const field = source[name];
    const isList = path === '' && name === to.list && Array.isArray(field);
    if (name === '__proto__' || (isSecretName(name) && !isList)) {
      count(to, below(path, name));
      clean ??= copyBefore(source, name);
      continue;
    }
    const kept = isPlain(field, to) ? field : strip(field, to, below(path, name), depth + 1);
    if (kept === undefined) return undefined;
    if (kept !== field) clean ??= copyBefore(source, name);
    if (clean) clean[name] = kept;
  }
  return clean ?? source;
}

/** No list, no object and no text with a secret in it, as most fields are: nobody needs to know where it stands. */
function isPlain(field: Json | undefined, { known }: Stripping): boolean {
  return typeof field === 'string' ? known.blank(field) === field : typeof field !== 'object' || field === null;
}

/** The members before this one, which turned out to be free of secrets. */
function copyBefore(source: JsonObject, name: string): Record<string, Json | undefined> {
  const members = Object.entries(source);
  return Object.fromEntries(
    members.slice(
      0,
      members.findIndex(([other]) => other === name),
    ),
  );
}

function below(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

function count({ removed, known }: Stripping, path: string): void {
  const clean = known.blank(path);
  const named = clean.length > longestPath ? `${clean.slice(0, longestPath)}…` : clean;
  const key = removed.has(named) || removed.size < mostPaths ? named : '…';
  removed.set(key, (removed.get(key) ?? 0) + 1);
}

/** The names of Twilio's fields are few and come in every row. */
const judged = new Map<string, boolean>();

function isSecretName(name: string): boolean {
  const before = judged.get(name);
  if (before !== undefined) return before;
  const plain = name.toLowerCase().replace(/[^a-z]/g, '');
  const secret = secretNames.has(plain) || secretEndings.some((ending) => plain.endsWith(ending));
  if (judged.size < 2000 && name.length < 100) judged.set(name, secret);
  return secret;
}
