#!/usr/bin/env node
// Checks an incident folder without the extension: node scripts/verify-incident.mjs FOLDER [--head HASH]
// Needs Node 20 or newer and nothing else. Prints one line per problem and ends with 1 when there is any.
// HASH is a head known from elsewhere, such as the one printed in an RCA that was sent: the journal must contain that record.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createGunzip } from 'node:zlib';

const format = 1;
const zeros = '0'.repeat(64);

/** @typedef {{ seq: number, at: string, type: string, prev: string, hash: string, [member: string]: unknown }} JournalRecord */

/**
 * @param {string} folder
 * @param {string | undefined} head
 */
async function verify(folder, head) {
  /** @type {string[]} */
  const problems = [];
  /** @type {string[]} */
  const notes = [];
  const place = await lstat(folder).catch(() => undefined);
  if (!place?.isDirectory()) return { problems: [`${folder} is no folder, or a link`], notes, summary: '' };
  const id = await checkDescription(folder, problems);
  const records = await checkJournal(folder, problems);
  const [first] = records;
  if (first && id !== undefined && first['id'] !== id)
    problems.push('journal.jsonl: it belongs to another incident than incident.json');
  const hashes = new Set(records.map(({ hash }) => hash));
  if (head !== undefined && !hashes.has(head.toLowerCase()))
    problems.push(`journal.jsonl: no record has the hash ${head}: it was cut, replaced or written anew`);
  await checkFiles(folder, records, problems, notes);
  await checkEvidence(folder, records, problems, notes);
  await checkPrintedHead(folder, hashes, problems);
  const last = records.at(-1);
  const summary = last ? `${records.length} records, head ${last.seq} ${last.hash}` : 'no records';
  return { problems, notes, summary };
}

/**
 * @param {string} folder
 * @param {string[]} problems
 * @returns {Promise<string | undefined>} the incident's id
 */
async function checkDescription(folder, problems) {
  const file = path.join(folder, 'incident.json');
  if (!(await isPlain(file))) return void problems.push('incident.json: missing, or no plain file');
  try {
    const incident = JSON.parse(await readFile(file, 'utf8'));
    if (incident?.format !== format) problems.push(`incident.json: format ${incident?.format} is not ${format}`);
    if (typeof incident?.id !== 'string') problems.push('incident.json: "id" is missing');
    else return incident.id;
  } catch {
    problems.push('incident.json: no valid JSON');
  }
  return undefined;
}

/**
 * @param {string} folder
 * @param {string[]} problems
 */
async function checkJournal(folder, problems) {
  /** @type {JournalRecord[]} */
  const records = [];
  const file = path.join(folder, 'journal.jsonl');
  if (!(await isPlain(file))) {
    problems.push('journal.jsonl: missing, or no plain file');
    return records;
  }
  let number = 0;
  /** @type {JournalRecord | undefined} */
  let before;
  for await (const { bytes, ended } of linesOf(file)) {
    number += 1;
    const where = `journal.jsonl line ${number}`;
    if (!ended) {
      problems.push(`${where}: ${bytes.length} bytes at the end were not written completely`);
      break;
    }
    const record = readRecord(bytes);
    if (number === 1 && typeof record !== 'string' && record.type === 'journal' && record['format'] !== format) {
      problems.push(`${where}: format ${record['format']} is not ${format}; use the script of a later version`);
      break;
    }
    if (typeof record === 'string') problems.push(`${where}: ${record}`);
    else {
      const link = brokenLink(record, number, before);
      if (link) problems.push(`${where}: ${link}`);
      records.push(record);
    }
    before = typeof record === 'string' ? undefined : record;
  }
  if (number === 0) problems.push('journal.jsonl: empty');
  return records;
}

/**
 * @param {string} file
 * @returns {AsyncGenerator<{ bytes: Buffer, ended: boolean }>}
 */
async function* linesOf(file) {
  /** @type {Buffer[]} */
  let parts = [];
  for await (const chunk of createReadStream(file)) {
    let start = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, start)) {
      parts.push(chunk.subarray(start, end));
      yield { bytes: Buffer.concat(parts), ended: true };
      parts = [];
      start = end + 1;
    }
    if (start < chunk.length) parts.push(chunk.subarray(start));
  }
  if (parts.length > 0) yield { bytes: Buffer.concat(parts), ended: false };
}

/**
 * @param {Uint8Array} bytes
 * @returns {JournalRecord | string} the record, or what is wrong with it
 */
function readRecord(bytes) {
  try {
    const line = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const record = JSON.parse(line);
    if (typeof record !== 'object' || record === null || typeof record.type !== 'string')
      return 'no record of a journal';
    if (canonical(record) !== line) return 'not in canonical form (converted line ends, or edited by hand?)';
    const { hash, ...body } = record;
    return sha256(canonical(body)) === hash ? record : 'its content does not match its hash';
  } catch {
    return 'no valid JSON in UTF-8';
  }
}

/**
 * @param {JournalRecord} record
 * @param {number} number
 * @param {JournalRecord | undefined} before
 */
function brokenLink(record, number, before) {
  if (record.seq !== number) return `it is record ${record.seq}: others are missing or repeated`;
  if (number === 1 && (record.type !== 'journal' || record.prev !== zeros)) return 'it is no first record of a journal';
  if (before && record.prev !== before.hash) return 'it does not continue the record before it';
  return undefined;
}

/**
 * A record with `file` and `sha256` seals that file. A document is written again, and written on by people, after it is recorded: its last record tells
 * how it was left, and a change since then is worth a note only.
 * @param {string} folder
 * @param {readonly JournalRecord[]} records
 * @param {string[]} problems
 * @param {string[]} notes
 */
async function checkFiles(folder, records, problems, notes) {
  const deleted = deletions(records);
  const lastOf = new Map(records.map(({ type, seq, name }) => [type === 'document' ? name : undefined, seq]));
  for (const { type, seq, file, name, sha256: expected } of records) {
    const sealed = typeof file === 'string';
    const target = sealed ? file : type === 'document' ? name : undefined;
    if (typeof target !== 'string' || typeof expected !== 'string') continue;
    if (!sealed && lastOf.get(name) !== seq) continue;
    const where = `${JSON.stringify(target)} (record ${seq})`;
    const full = path.resolve(folder, target);
    const deletion = sealed ? deleted.get(`${expected} ${target}`) : undefined;
    if (deletion !== undefined && !(await lstat(full).catch(() => undefined))) {
      notes.push(`${where}: deleted on purpose (record ${deletion})`);
      continue;
    }
    if (deletion !== undefined) notes.push(`${where}: still there, though record ${deletion} says that it was deleted`);
    if (!full.startsWith(path.resolve(folder) + path.sep)) problems.push(`${where}: outside the folder`);
    else if (!(await isPlain(full))) (sealed ? problems : notes).push(`${where}: missing, or no plain file`);
    else if ((await hashOf(full)) !== expected)
      (sealed ? problems : notes).push(`${where}: changed since it was recorded`);
  }
}

/**
 * Files that were deleted on purpose, and the record that says so.
 * @param {readonly JournalRecord[]} records
 * @returns {Map<string, number>} SHA-256 and name → number of the record
 */
function deletions(records) {
  /** @type {Map<string, number>} */
  const deleted = new Map();
  for (const { type, seq, files } of records)
    if (type === 'evidence-deleted' && Array.isArray(files))
      for (const one of files) deleted.set(`${one?.sha256} ${one?.file}`, seq);
  return deleted;
}

/**
 * The folder of captures: no link, and nothing in it that no record names. Each capture has as many rows as its record says.
 * @param {string} folder
 * @param {readonly JournalRecord[]} records
 * @param {string[]} problems
 * @param {string[]} notes
 */
async function checkEvidence(folder, records, problems, notes) {
  const evidence = path.join(folder, 'evidence');
  const place = await lstat(evidence).catch(() => undefined);
  if (place && !place.isDirectory()) return void problems.push('evidence: a link, or no folder');
  const captures = records.filter(({ type }) => type === 'capture');
  for (const record of captures)
    if (!isCapture(record))
      problems.push(
        `journal.jsonl line ${record.seq}: a capture that cannot be read as one: the extension counts none of its rows`,
      );
  const known = new Set(records.map(({ file }) => file));
  for (const name of place ? (await readdir(evidence)).sort() : [])
    if (!known.has(`evidence/${name}`))
      notes.push(`${JSON.stringify(`evidence/${name}`)}: no record names it, it is no evidence`);
  for (const { seq, file, slices } of captures) {
    const full = path.resolve(folder, String(file));
    if (!full.startsWith(path.resolve(evidence) + path.sep) || !(await isPlain(full))) continue;
    const rows = Array.isArray(slices) ? slices.reduce((sum, slice) => sum + Number(slice?.rows), 0) : Number.NaN;
    const found = await rowsOf(full);
    if (found !== rows)
      problems.push(`${JSON.stringify(file)} (record ${seq}): ${found ?? 'no readable'} rows instead of ${rows}`);
  }
}

/**
 * Whether a record of type `capture` has what one must have. Which sources there are is not checked: a later version may have more.
 * @param {JournalRecord} record
 */
function isCapture({ file, sha256, bytes, source, slices }) {
  const named = /^evidence\/[a-z][a-z-]{0,40}-\d{4,9}\.jsonl\.gz$/.test(String(file));
  const sealed = /^[0-9a-f]{64}$/.test(String(sha256)) && isCount(bytes) && typeof source === 'string';
  return named && sealed && Array.isArray(slices) && slices.every(isSlice);
}

/** @param {unknown} slice */
function isSlice(slice) {
  if (typeof slice !== 'object' || slice === null) return false;
  const { account, complete, line, rows, pages } = /** @type {Record<string, unknown>} */ (slice);
  const told = /^AC[0-9a-f]{32}$/i.test(String(account)) && typeof complete === 'boolean' && Array.isArray(pages);
  return told && isCount(line) && Number(line) >= 1 && isCount(rows);
}

/** @param {unknown} value */
function isCount(value) {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

/**
 * @param {string} file gzip of JSON Lines
 * @returns {Promise<number | undefined>} how many lines it has; nothing when it is damaged or not made of whole lines
 */
async function rowsOf(file) {
  let rows = 0;
  let last = 10;
  try {
    for await (const chunk of createReadStream(file).pipe(createGunzip())) {
      for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) rows += 1;
      last = chunk.at(-1) ?? last;
    }
  } catch {
    return undefined;
  }
  return last === 10 ? rows : undefined;
}

/**
 * @param {string} folder
 * @param {Set<string>} hashes
 * @param {string[]} problems
 */
async function checkPrintedHead(folder, hashes, problems) {
  const file = path.join(folder, 'RCA.md');
  if (!(await isPlain(file))) return;
  const [, seq, hash] = /Journal:\**\s+record (\d+), SHA-256 ([0-9a-f]{64})/.exec(await readFile(file, 'utf8')) ?? [];
  if (hash !== undefined && !hashes.has(hash))
    problems.push(`RCA.md: the journal does not contain record ${seq}, which it names`);
}

/** @param {string} file */
async function isPlain(file) {
  const stat = await lstat(file).catch(() => undefined);
  return stat?.isFile() === true;
}

/** @param {string} file */
async function hashOf(file) {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('hex');
}

/** @param {string} text */
function sha256(text) {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/**
 * Members sorted by UTF-16 code unit, no white space (RFC 8785).
 * @param {unknown} value
 * @returns {string}
 */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const names = Object.keys(value).sort();
  const members = /** @type {Record<string, unknown>} */ (value);
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(members[name])}`).join(',')}}`;
}

const { positionals, values } = parseArgs({ allowPositionals: true, options: { head: { type: 'string' } } });
const [folder] = positionals;
if (folder === undefined) {
  console.error('Usage: node scripts/verify-incident.mjs FOLDER [--head HASH]');
  process.exitCode = 2;
} else {
  const { problems, notes, summary } = await verify(folder, values.head);
  for (const problem of problems) console.log(`problem: ${problem}`);
  for (const note of notes) console.log(`note: ${note}`);
  console.log(problems.length === 0 ? `ok: ${summary}` : `not ok: ${problems.length} problem(s), ${summary}`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
