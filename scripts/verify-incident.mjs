#!/usr/bin/env node
// Checks an incident folder without the extension: node scripts/verify-incident.mjs FOLDER [--head HASH]
// Needs Node 20 or newer and nothing else. Prints one line per problem and ends with 1 when there is any.
// HASH is a head known from elsewhere, such as the one printed in an RCA that was sent: the journal must contain that record.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';

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
 * A record with `file` and `sha256` seals that file. A document is written on by people after it is recorded, so a change is worth a note only.
 * @param {string} folder
 * @param {readonly JournalRecord[]} records
 * @param {string[]} problems
 * @param {string[]} notes
 */
async function checkFiles(folder, records, problems, notes) {
  for (const { type, seq, file, name, sha256: expected } of records) {
    const sealed = typeof file === 'string';
    const target = sealed ? file : type === 'document' ? name : undefined;
    if (typeof target !== 'string' || typeof expected !== 'string') continue;
    const where = `${JSON.stringify(target)} (record ${seq})`;
    const full = path.resolve(folder, target);
    if (!full.startsWith(path.resolve(folder) + path.sep)) problems.push(`${where}: outside the folder`);
    else if (!(await isPlain(full))) (sealed ? problems : notes).push(`${where}: missing, or no plain file`);
    else if ((await hashOf(full)) !== expected)
      (sealed ? problems : notes).push(`${where}: changed since it was recorded`);
  }
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
