import type { Json } from '../../model/json.ts';
import type { Cell, ColumnType } from './column.ts';

/** A value as a cell; `whole` is false when the cell says less than the value did, which then has to be kept elsewhere. */
export interface ReadCell {
  readonly cell: Cell;
  readonly whole: boolean;
}

const empty: ReadCell = { cell: null, whole: true };
const unfit: ReadCell = { cell: null, whole: false };
/** More digits than these a double does not keep (IEEE 754: DBL_DIG). */
const digitsOfDouble = 15;
const iso = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d:\d\d)(?:\.(\d+))?\s?(Z|UTC|[+-]\d\d:?\d\d)?)?$/;
const rfc2822 = /^(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d (?:[+-]\d{4}|GMT|UTC)$/;

/** Reads a value of Twilio's as what its column holds. Twilio writes many numbers as text (`num_segments: "2"`). */
export function readCell(type: ColumnType, value: Json | undefined): ReadCell {
  if (value === undefined || value === null) return empty;
  if (typeof value === 'object') return type === 'json' ? { cell: JSON.stringify(value), whole: true } : unfit;
  switch (type) {
    case 'json':
      return unfit;
    case 'text':
    case 'address':
      return textCell(String(value));
    case 'boolean':
      return value === true || value === false ? { cell: value, whole: true } : unfit;
    case 'instant':
      return instantCell(String(value));
    case 'int32':
      return numberCell(value, (number) => Number.isInteger(number) && Math.abs(number) <= 0x7fff_ffff);
    case 'double':
      return numberCell(value, Number.isFinite);
  }
}

/** Half a surrogate pair has no UTF-8. */
function textCell(text: string): ReadCell {
  const cell = text.replace(/\p{Cs}/gu, '\uFFFD');
  return { cell, whole: cell === text };
}

/** A date without a time is its first moment, one without a zone is UTC, as Twilio documents. */
function instantCell(text: string): ReadCell {
  const [, day, time = '00:00:00', fraction = '', zone = 'Z'] = iso.exec(text) ?? [];
  const milliseconds = fraction.slice(0, 3).padEnd(3, '0');
  const known =
    day === undefined
      ? text
      : `${day}T${time}.${milliseconds}${zone === 'UTC' ? 'Z' : zone.replace(/^(...)(\d\d)$/, '$1:$2')}`;
  const instant = day !== undefined || rfc2822.test(text) ? Date.parse(known) : Number.NaN;
  return Number.isNaN(instant) ? unfit : { cell: instant, whole: /^0*$/.test(fraction.slice(3)) };
}

function numberCell(value: string | number | boolean, fits: (number: number) => boolean): ReadCell {
  const text = typeof value === 'boolean' ? '' : String(value);
  const number = Number(text);
  const plain = typeof value === 'number' || /^-?\d+(?:\.\d+)?$/.test(text);
  if (!plain || !fits(number)) return unfit;
  const digits = text.replace(/^-?[0.]*|\./g, '').length;
  return { cell: number, whole: typeof value === 'number' || digits <= digitsOfDouble };
}
