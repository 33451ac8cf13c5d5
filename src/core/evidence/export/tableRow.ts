import { isObject, type Json, type JsonObject, textOf } from '../../model/json.ts';
import { countryOf } from '../../traffic/country.ts';
import { blockKey, blockText } from '../../traffic/numberBlock.ts';
import { maskNumber } from '../../untrusted/phoneNumbers.ts';
import type { CapturedRow } from '../evidenceStore.ts';
import type { Cell, Column } from './column.ts';
import { maskObject, maskText } from './maskValue.ts';
import { readCell } from './readCell.ts';
import type { Table } from './tables.ts';

/** Whether third parties' numbers keep their last four digits. */
export type Numbers = 'masked' | 'full';

/**
 * A captured row as the cells of its table, in the order of `columnsOf`. Nothing is lost: what has no column, or does not fit into
 * it, is in the last cell as JSON. Left out are only the addresses Twilio makes from the row's own SID.
 */
export function tableRow(table: Table, { row, file, line }: CapturedRow, numbers: Numbers): readonly Cell[] {
  const ours = table.ours?.(row);
  const kept: (readonly string[])[] = [];
  const party = table.party?.(row);
  const cells = table.columns.map((column): Cell => {
    if (!column.path) return derivedCell(column, party);
    const value = at(row, column.path);
    const isOurs = column.end !== undefined && column.end === ours;
    const hidden = numbers === 'masked' && !isOurs;
    const { cell, whole } = readCell(column.type, hidden && column.type === 'json' ? maskWithin(value) : value);
    if (whole) kept.push(column.path);
    return hidden && typeof cell === 'string' ? masked(column, cell) : cell;
  });
  const others = without(row, kept);
  const left = Object.keys(others).length === 0 ? undefined : numbers === 'masked' ? maskObject(others) : others;
  return [...cells, file, line, left ? JSON.stringify(left) : null];
}

function masked({ type }: Column, text: string): string {
  if (type === 'json') return text;
  return type === 'address' ? maskNumber(text) : maskText(text);
}

function maskWithin(value: Json | undefined): Json | undefined {
  return isObject(value) ? maskObject(value) : Array.isArray(value) ? maskObject({ list: value })['list'] : value;
}

function derivedCell({ name }: Column, party: string | undefined): Cell {
  if (party === undefined) return null;
  return name === 'country' ? countryOf(party) : blockText(blockKey(party));
}

function at(row: JsonObject, [name = '', ...further]: readonly string[]): Json | undefined {
  const value = Object.hasOwn(row, name) ? row[name] : undefined;
  if (further.length === 0) return value;
  return isObject(value) ? at(value, further) : undefined;
}

const links = new Set(['uri', 'url', 'subresource_uris']);

/** The row without these fields, empty objects and links that follow from its SID. Entries, because a name can be `__proto__`. */
function without(row: JsonObject, paths: readonly (readonly string[])[]): JsonObject {
  const sid = textOf(row, 'sid');
  const whole = new Set(paths.filter(({ length }) => length === 1).map(([name]) => name));
  const entries = Object.entries(row).flatMap(([name, value]): [string, Json | undefined][] => {
    if (whole.has(name) || value === undefined || value === null) return [];
    if (links.has(name) && sid !== undefined && follows(value, sid)) return [];
    const inner = paths.filter(([first, ...further]) => first === name && further.length > 0);
    if (inner.length === 0 || !isObject(value)) return [[name, value]];
    const left = without(
      value,
      inner.map(([, ...further]) => further),
    );
    return Object.keys(left).length === 0 ? [] : [[name, left]];
  });
  return Object.fromEntries(entries);
}

/** True for Twilio's own path to the resource or to lists below it. */
function follows(value: Json, sid: string): boolean {
  if (typeof value === 'string')
    return /^(?:https:\/\/[a-z]+\.twilio\.com)?\/[\w./-]*$/i.test(value) && value.includes(sid);
  return isObject(value) && Object.values(value).every((one) => one !== undefined && follows(one, sid));
}
