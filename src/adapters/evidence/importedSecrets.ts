import { withoutCredentials } from '../../core/evidence/addressCredentials.ts';
import type { JsonObject } from '../../core/model/json.ts';
import { type Stripped, stripSecrets } from '../twilio/stripSecrets.ts';
import type { Format } from './ingest/recogniseLog.ts';

// A file that a person imports may hold what no log has, such as a list of accounts with their tokens behind one of messages.

/** Importing takes no credential, so no secret is known by its value. */
const noneKnown = { blank: (text: string) => text };
const inItsPlace = '[removed]';
/** Characters of a row that was not understood; less of it is kept in the end. */
const longest = 8192;
/** Where the text begins that a member of JSON has; also in JSON that is itself a text, where each quote has backslashes before it. */
const members = /(\\{0,7}")([^"\\]{1,100})\1\s*:\s*\1/g;

/**
 * A record of an imported file without members that are named like a secret, and how many of each name there were. `undefined` for one that is nested
 * deeper than any of Twilio's.
 */
export function withoutSecretMembers(record: JsonObject): Stripped | undefined {
  return stripSecrets(record, noneKnown);
}

/** What is kept of the text of a row that was not understood, which need not be whole JSON: its beginning, without what is named like a secret. */
export function keptText(text: string, format: Format): string {
  // Copied, so that the rest of it need not stay in memory.
  const beginning = text.length <= longest ? text : Buffer.from(text.slice(0, longest)).toString();
  if (format.kind === 'csv') return format.columns.some(isSecretName) ? inItsPlace : withoutCredentials(beginning).text;
  return withoutCredentials(withoutSecretTexts(beginning)).text;
}

/** JSON that may be cut anywhere or be none, without the texts of members that are named like a secret. */
function withoutSecretTexts(json: string): string {
  let clean = '';
  let done = 0;
  for (const { 0: head, 1: quote = '', 2: name = '', index } of json.matchAll(members)) {
    if (index < done || !isSecretName(name)) continue;
    const begin = index + head.length;
    clean += json.slice(done, begin) + inItsPlace;
    done = endOfText(json, begin, quote);
  }
  return clean + json.slice(done);
}

/** Where the quote stands that ends the text, and not one that is in it; the end when there is none. */
function endOfText(json: string, begin: number, quote: string): number {
  let at = json.indexOf(quote, begin);
  while (at > begin && json[at - 1] === '\\') at = json.indexOf(quote, at + 1);
  return at < 0 ? json.length : at;
}

function isSecretName(name: string): boolean {
  const stripped = stripSecrets({ [name]: '' }, noneKnown);
  return stripped === undefined || !Object.hasOwn(stripped.body, name);
}
