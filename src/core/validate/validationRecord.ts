import type { ChainRecord, Head } from '../evidence/record.ts';
import { isProven } from '../evidence/seal.ts';
import { instantOf, type JsonObject, numberOf, objectOf, objectsOf, textOf } from '../model/json.ts';
import type { JournalEntry } from '../ports.ts';
import { type Checked, type CheckedSignal, type CheckedType, verdictText } from './checked.ts';
import { partsFrom, partsToJson } from './scopeRecord.ts';
import { type Check, fraudTypes } from './signal.ts';
import { sinceReading } from './sinceReading.ts';

/** What was found when `Validate` ran last. The strings are those of the journal, which somebody else may have written: hostile text. */
export interface RecordedValidation extends Checked {
  /** The verdicts in a sentence. */
  readonly sentence: string;
  /** When it was recorded, epoch milliseconds, and the number of the record. */
  readonly at: number;
  readonly seq: number;
  /** Somebody collected or deleted evidence since it was read for this, or live watch found something new. */
  readonly outdated: boolean;
  /** Otherwise, where newer evidence came by itself: when what was judged ended, epoch milliseconds. */
  readonly newerThan?: number;
  /** False when it could not be written into the journal and is known to this window alone. */
  readonly recorded: boolean;
}

const states = ['hit', 'clean', 'not enough data', 'not visible by API', 'not checked yet'] as const;
const severities = ['critical', 'warning', 'notice'] as const;
const grades = ['confirmed', 'likely', 'possible', 'unlikely', 'cannot tell'] as const;
const firsts = ['sanitize the account', 'counter the traffic', 'nothing'] as const;
const attacks = ['on the account', 'using the account', 'none seen', 'cannot tell'] as const;

/** The journal's record of a validation: `head` is where the journal ended when the evidence was read. Times become ISO 8601. */
export function validationEntry(checked: Checked, head: Head | undefined): JournalEntry {
  return {
    type: 'validation',
    sentence: verdictText(checked),
    ...(head && { head: { seq: head.seq, hash: head.hash } }),
    verdicts: checked.verdicts.map(({ start, ...verdict }) => ({ ...verdict, ...iso({ start }) })),
    results: checked.results.map(({ first, last, check, ...result }) => ({
      ...result,
      ...iso({ first, last }),
      ...(check && { check: { ...check } }),
    })),
    first: checked.first,
    attack: checked.attack,
    why: checked.why,
    settle: checked.settle,
    incomplete: checked.incomplete,
    ...partsToJson(checked),
  };
}

/** What was found now and is not in the journal, since nothing can be written there: `at` in epoch milliseconds, `records` how many it has. */
export function unrecordedValidation(checked: Checked, at: number, records: number): RecordedValidation {
  return { ...checked, sentence: verdictText(checked), at, seq: records, outdated: false, recorded: false };
}

/**
 * What the journal holds of the last validation; members of a kind this version does not know are left out. `sentence` says so when this computer did
 * not record it.
 */
export function lastValidation(records: readonly ChainRecord[]): RecordedValidation | undefined {
  const record = records.findLast(({ type }) => type === 'validation');
  const first = one(firsts, record?.['first']);
  const attack = one(attacks, record?.['attack']);
  if (!record || first === undefined || attack === undefined) return undefined;
  const read = numberOf(objectOf(record, 'head') ?? {}, 'seq') ?? record.seq;
  return {
    sentence: `${isProven(record) ? '' : 'Unproven, not sealed on this computer: '}${textOf(record, 'sentence') ?? ''}`,
    at: Date.parse(record.at),
    seq: record.seq,
    recorded: true,
    ...sinceReading(records, Math.min(read, record.seq)),
    verdicts: objectsOf(record, 'verdicts').flatMap(verdictFrom),
    results: objectsOf(record, 'results').flatMap(resultFrom),
    first,
    attack,
    why: textOf(record, 'why') ?? '',
    settle: textsOf(record, 'settle'),
    incomplete: textsOf(record, 'incomplete'),
    ...partsFrom(record),
  };
}

function verdictFrom(json: JsonObject): readonly CheckedType[] {
  const [type, grade] = [one(fraudTypes, json['type']), one(grades, json['grade'])];
  if (type === undefined || grade === undefined) return [];
  return [{ type, grade, sentence: textOf(json, 'sentence') ?? '', ...instants(json, ['start']) }];
}

function resultFrom(json: JsonObject): readonly CheckedSignal[] {
  const [id, type, state] = [textOf(json, 'id'), one(fraudTypes, json['type']), one(states, json['state'])];
  if (id === undefined || type === undefined || state === undefined) return [];
  const severity = one(severities, json['severity']);
  const check = checkFrom(objectOf(json, 'check'));
  const incomplete = textsOf(json, 'incomplete');
  return [
    {
      id,
      title: textOf(json, 'title') ?? '',
      type,
      state,
      ...(severity && { severity }),
      sentence: textOf(json, 'sentence') ?? '',
      evidence: textsOf(json, 'evidence'),
      ...instants(json, ['first', 'last']),
      ...(check && { check }),
      ...(incomplete.length > 0 && { incomplete }),
    },
  ];
}

function checkFrom(json: JsonObject | undefined): Check | undefined {
  const [where, what] = [json && textOf(json, 'where'), json && textOf(json, 'what')];
  if (!json || where === undefined || what === undefined) return undefined;
  const consolePath = textOf(json, 'consolePath');
  // Opened in a browser: nothing that leads elsewhere is taken over.
  const isOurs = consolePath !== undefined && /^[a-z0-9][a-z0-9/-]*$/.test(consolePath);
  return { where, what, ...(isOurs && { consolePath }) };
}

function one<T extends string>(known: readonly T[], value: unknown): T | undefined {
  return known.find((each) => each === value);
}

function textsOf(json: JsonObject, key: string): readonly string[] {
  const list = json[key];
  return Array.isArray(list) ? list.filter((each): each is string => typeof each === 'string') : [];
}

function instants<Key extends string>(json: JsonObject, keys: readonly Key[]): { readonly [K in Key]?: number } {
  const found = keys.flatMap((key) => {
    const at = instantOf(json, key);
    return at === undefined ? [] : [[key, at] as const];
  });
  return Object.fromEntries(found) as { readonly [K in Key]?: number };
}

function iso(times: Readonly<Record<string, number | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(times).flatMap(([key, at]) =>
      at !== undefined && Number.isFinite(at) ? [[key, new Date(at).toISOString()]] : [],
    ),
  );
}
