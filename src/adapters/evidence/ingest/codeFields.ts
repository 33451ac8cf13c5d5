import { unpriced } from '../../../core/traffic/logColumns.ts';
import { largest } from '../../../core/traffic/logRow.ts';
import { microsAt, wholeAt } from './digits.ts';
import { createMinutes } from './minutes.ts';
import { createRecipients } from './recipients.ts';
import type { RowBuilder } from './rowBuilder.ts';
import { readSid } from './sidWords.ts';
import { at, kinds, type Spans } from './spans.ts';

/**
 * Makes the function that appends a row from its spans without making texts of them. False, and nothing appended, when a field is not
 * as Twilio usually writes it: then `readLogRow` decides. What is appended is what `readLogRow` would have read. Texts are ASCII; up to
 * 16 bytes after a text's end may be read.
 */
export function createSpanReader({ dictionaries, room, push }: RowBuilder): (bytes: Buffer, spans: Spans) => boolean {
  const { errors, accounts, statuses, currencies, directions } = dictionaries;
  const recipients = createRecipients();
  const secondsAt = createMinutes();
  const noError = errors.codeOf(0);
  const usd = currencies.codeOf('USD');
  let view: DataView = new DataView(new ArrayBuffer(0));

  // Fields are looked up in place: a helper made anew for each row would be most of the garbage.
  return (bytes, { start, end, kind }) => {
    if (view.buffer !== bytes.buffer || view.byteOffset !== bytes.byteOffset)
      view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const { columns, rows: row } = room();
    if (
      kind[at.sid] !== kinds.text ||
      !readSid(view, start[at.sid] as number, end[at.sid] as number, columns.sid, 4 * row)
    )
      return false;
    let time = -1;
    if (kind[at.date_sent] === kinds.text) {
      time = secondsAt(bytes, view, start[at.date_sent] as number, end[at.date_sent] as number);
      if (time < 0) return false;
    } else if (kind[at.date_sent] !== kinds.none) return false;
    if (time < 0) {
      if (kind[at.date_created] !== kinds.text) return false;
      time = secondsAt(bytes, view, start[at.date_created] as number, end[at.date_created] as number);
      if (time < 0) return false;
    }
    columns.time[row] = time;
    let updated = time;
    if (kind[at.date_updated] === kinds.text) {
      updated = secondsAt(bytes, view, start[at.date_updated] as number, end[at.date_updated] as number);
      if (updated < 0) return false;
    } else if (kind[at.date_updated] !== kinds.none) return false;
    columns.updated[row] = updated;

    if (kind[at.direction] !== kinds.text || (end[at.direction] as number) - (start[at.direction] as number) < 7)
      return false;
    const direction = directions.codeOfBytes(bytes, view, start[at.direction] as number, end[at.direction] as number);
    if (directions.values[direction] === '') return false;
    let status: number;
    if (kind[at.status] === kinds.text)
      status = statuses.codeOfBytes(bytes, view, start[at.status] as number, end[at.status] as number);
    else if (kind[at.status] === kinds.none) status = statuses.codeOf('');
    else return false;
    if (kind[at.account_sid] !== kinds.text) return false;
    const account = accounts.codeOfBytes(bytes, view, start[at.account_sid] as number, end[at.account_sid] as number);
    let currency = usd;
    if (kind[at.price_unit] === kinds.text)
      currency = currencies.codeOfBytes(bytes, view, start[at.price_unit] as number, end[at.price_unit] as number);
    else if (kind[at.price_unit] !== kinds.none) return false;

    let price: number = unpriced;
    if (kind[at.price] !== kinds.none) {
      if (kind[at.price] === kinds.doubled) return false;
      price = microsAt(bytes, start[at.price] as number, end[at.price] as number);
      if (price < 0) return false;
    }
    columns.price[row] = price;
    let error = noError;
    if (kind[at.error_code] !== kinds.none) {
      const code =
        kind[at.error_code] === kinds.doubled
          ? -1
          : wholeAt(bytes, start[at.error_code] as number, end[at.error_code] as number);
      if (code < 0) return false;
      error = errors.codeOf(code);
    }
    let segments = 0;
    if (kind[at.num_segments] !== kinds.none) {
      const count =
        kind[at.num_segments] === kinds.doubled
          ? -1
          : wholeAt(bytes, start[at.num_segments] as number, end[at.num_segments] as number);
      if (count < 0) return false;
      segments = Math.min(count, largest.segments);
    }
    columns.segments[row] = segments;
    if ((error | account | status | currency | direction) < 0) return false;
    columns.error[row] = error;
    columns.account[row] = account;
    columns.status[row] = status;
    columns.currency[row] = currency;
    columns.direction[row] = direction;
    if (kind[at.to] === kinds.text) recipients.read(bytes, view, start[at.to] as number, end[at.to] as number);
    else if (kind[at.to] === kinds.none) recipients.read(bytes, view, 0, 0);
    else return false;
    columns.country[row] = recipients.country;
    columns.ending[row] = recipients.ending;
    push(recipients.block);
    return true;
  };
}
