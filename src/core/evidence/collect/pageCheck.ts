import { type JsonObject, numberOf, textOf } from '../../model/json.ts';
import type { Page } from '../../ports.ts';
import { operationOf } from '../../twilio/operations.ts';
import type { TwilioRequest } from '../../twilio/request.ts';
import { createNumberSet, hash53 } from '../numberSet.ts';

/**
 * What a page says of itself that does not fit what came, as a sentence; `undefined` when nothing does. `place` is its place in its list, from 0.
 * v2010 lists count their rows over all pages (`start`, `end`), and every list numbers its pages.
 */
export function pageFault(request: TwilioRequest, { body, items }: Page, place: number): string | undefined {
  const { list } = operationOf(request.operation);
  if (!list) return undefined;
  const listed = body[list.items];
  if (Array.isArray(listed) && listed.length !== items.length)
    return `${listed.length - items.length} entries of a page are no rows.`;
  const [start, end] = [whole(body, 'start'), whole(body, 'end')];
  const announced = start === undefined || end === undefined ? items.length : end - start + 1;
  // An empty page starts where it ends.
  if (announced !== items.length && !(items.length === 0 && announced === 1))
    return `Twilio announced ${announced} rows of a page and sent ${items.length}.`;
  const page = whole(body, 'page') ?? whole(metaOf(body), 'page');
  if (page !== undefined && page > place) return `Twilio went on to page ${page} where page ${place} was due.`;
  return undefined;
}

function metaOf(body: JsonObject): JsonObject {
  const { meta } = body;
  return typeof meta === 'object' && meta !== null && !Array.isArray(meta) ? (meta as JsonObject) : {};
}

function whole(body: JsonObject, name: string): number | undefined {
  const value = numberOf(body, name);
  return value !== undefined && Number.isInteger(value) ? value : undefined;
}

/** What tells one state of a row from another: what it is, and when it was updated last. */
export function stateOf(key: string, row: JsonObject): string {
  return `${key} ${textOf(row, 'date_updated') ?? ''}`;
}

/**
 * Tells of each key whether the same list had it before, whatever state its row was in: then the list moved while it was read, and what
 * moved the other way was not seen. Takes 8 to 16 bytes for each; two keys of a million pass for one by a chance of one in ten thousand.
 */
export function createRepeats(): (key: string) => boolean {
  const seen = createNumberSet();
  return (key) => !seen.add(hash53(key));
}
