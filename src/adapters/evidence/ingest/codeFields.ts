import { countryOf, dialTrie } from '../../../core/traffic/country.ts';
import { unpriced } from '../../../core/traffic/logColumns.ts';
import { largest } from '../../../core/traffic/logRow.ts';
import { blockKey } from '../../../core/traffic/numberBlock.ts';
import { createInstants } from './instants.ts';
import { countryCodes, type RowBuilder } from './rowBuilder.ts';
import { at, kinds, type Spans } from './spans.ts';

/**
 * Makes the function that appends a row from its spans without making texts of them. False, and nothing appended, when a field is not
 * as Twilio usually writes it: then `readLogRow` decides. What is appended is what `readLogRow` would have read.
 */
export function createSpanReader({ row, dictionaries, push }: RowBuilder): (bytes: Buffer, spans: Spans) => boolean {
  const { blocks, errors, accounts, statuses, currencies, directions } = dictionaries;
  const codes = new Map(countryCodes().map((country, code) => [country, code]));
  const { next, decides } = dialTrie();
  const secondsAt = createInstants();
  const noError = errors.codeOf(0);
  const usd = currencies.codeOf('USD');

  function readTo(bytes: Buffer, start: number, end: number): void {
    const length = end - start - 1;
    if (length >= 5 && length <= 15 && bytes[start] === 0x2b) {
      let node = 0;
      let decided = 0;
      let key = 1;
      let walking = true;
      let i = start + 1;
      for (; i < end; i++) {
        const digit = (bytes[i] as number) - 0x30;
        if (digit < 0 || digit > 9) break;
        if (walking) {
          node = next[node * 10 + digit] as number;
          if (node === 0) walking = false;
          else decided = decides[node] || decided;
        }
        if (i < end - 4) key = key * 10 + digit;
      }
      if (i === end) {
        row.country = decided;
        row.block = blocks.codeOf(key);
        return;
      }
    }
    const text = bytes.toString('latin1', start, end);
    row.country = codes.get(countryOf(text)) ?? 0;
    row.block = blocks.codeOf(blockKey(text));
  }

  return (bytes, { start, end, kind }) => {
    const from = (field: number): number => start[field] as number;
    const to = (field: number): number => end[field] as number;
    if (kind[at.sid] !== kinds.text || !readSid(bytes, from(at.sid), to(at.sid), row.sid)) return false;
    let time = -1;
    if (kind[at.date_sent] === kinds.text) {
      time = secondsAt(bytes, from(at.date_sent), to(at.date_sent));
      if (time < 0) return false;
    } else if (kind[at.date_sent] !== kinds.none) return false;
    if (time < 0) {
      if (kind[at.date_created] !== kinds.text) return false;
      time = secondsAt(bytes, from(at.date_created), to(at.date_created));
      if (time < 0) return false;
    }
    row.time = time;
    row.updated = time;
    if (kind[at.date_updated] === kinds.text) {
      row.updated = secondsAt(bytes, from(at.date_updated), to(at.date_updated));
      if (row.updated < 0) return false;
    } else if (kind[at.date_updated] !== kinds.none) return false;

    if (kind[at.direction] !== kinds.text || to(at.direction) - from(at.direction) < 7) return false;
    row.direction = directions.codeOfBytes(bytes, from(at.direction), to(at.direction));
    if (directions.values[row.direction] === '') return false;
    if (kind[at.status] === kinds.text) row.status = statuses.codeOfBytes(bytes, from(at.status), to(at.status));
    else if (kind[at.status] === kinds.none) row.status = statuses.codeOf('');
    else return false;
    if (kind[at.account_sid] !== kinds.text) return false;
    row.account = accounts.codeOfBytes(bytes, from(at.account_sid), to(at.account_sid));
    if (kind[at.price_unit] === kinds.text)
      row.currency = currencies.codeOfBytes(bytes, from(at.price_unit), to(at.price_unit));
    else if (kind[at.price_unit] === kinds.none) row.currency = usd;
    else return false;

    row.price = unpriced;
    if (kind[at.price] !== kinds.none) {
      if (kind[at.price] === kinds.doubled) return false;
      row.price = microsAt(bytes, from(at.price), to(at.price));
      if (row.price < 0) return false;
    }
    row.error = noError;
    if (kind[at.error_code] !== kinds.none) {
      const code = kind[at.error_code] === kinds.doubled ? -1 : wholeAt(bytes, from(at.error_code), to(at.error_code));
      if (code < 0) return false;
      row.error = errors.codeOf(code);
    }
    row.segments = 0;
    if (kind[at.num_segments] !== kinds.none) {
      const count =
        kind[at.num_segments] === kinds.doubled ? -1 : wholeAt(bytes, from(at.num_segments), to(at.num_segments));
      if (count < 0) return false;
      row.segments = Math.min(count, largest.segments);
    }
    if ((row.error | row.account | row.status | row.currency | row.direction) < 0) return false;
    if (kind[at.to] === kinds.text) readTo(bytes, from(at.to), to(at.to));
    else if (kind[at.to] === kinds.none) readTo(bytes, 0, 0);
    else return false;
    push();
    return true;
  };
}

const hexValues = new Int8Array(256).fill(-1);
for (let value = 0; value < 16; value++) {
  const digit = value.toString(16);
  hexValues[digit.charCodeAt(0)] = value;
  hexValues[digit.toUpperCase().charCodeAt(0)] = value;
}

/** `SM` or `MM` and 32 hexadecimal digits. */
function readSid(bytes: Buffer, start: number, end: number, sid: Uint32Array): boolean {
  const kind = bytes[start];
  if (end - start !== 34 || (kind !== 0x53 && kind !== 0x4d) || bytes[start + 1] !== 0x4d) return false;
  let digits = 0;
  for (let word = 0, i = start + 2; word < 4; word++) {
    let value = 0;
    for (const stop = i + 8; i < stop; i++) {
      const digit = hexValues[bytes[i] as number] as number;
      digits |= digit;
      value = (value << 4) | digit;
    }
    sid[word] = value;
  }
  return digits >= 0;
}

/** A price in millionths without its sign; -1 when it is written otherwise than `-0.00790`. */
function microsAt(bytes: Buffer, start: number, end: number): number {
  let i = bytes[start] === 0x2d ? start + 1 : start;
  const first = i;
  let value = 0;
  for (; i < end; i++) {
    const digit = (bytes[i] as number) - 0x30;
    if (digit < 0 || digit > 9) break;
    value = value * 10 + digit;
  }
  if (i === first || i - first > 4) return -1;
  let decimals = 0;
  if (i < end) {
    if (bytes[i] !== 0x2e || i + 1 === end || end - i > 7) return -1;
    for (i++; i < end; i++, decimals++) {
      const digit = (bytes[i] as number) - 0x30;
      if (digit < 0 || digit > 9) return -1;
      value = value * 10 + digit;
    }
  }
  for (; decimals < 6; decimals++) value *= 10;
  return value <= largest.price ? value : -1;
}

/** A whole number of up to six digits; -1 for anything else. */
function wholeAt(bytes: Buffer, start: number, end: number): number {
  if (end === start || end - start > 6) return -1;
  let value = 0;
  for (let i = start; i < end; i++) {
    const digit = (bytes[i] as number) - 0x30;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}
