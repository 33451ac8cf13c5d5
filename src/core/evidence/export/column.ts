/**
 * What a column holds. `text`: UTF-8. `address`: a phone number, channel address or sender as Twilio writes it. `instant`: epoch
 * milliseconds, UTC. `int32`, `double`, `boolean`: what they say. `json`: an object or a list as JSON text.
 */
export type ColumnType = 'text' | 'address' | 'instant' | 'int32' | 'double' | 'boolean' | 'json';

/** A value of a column; an instant is its milliseconds. `null`: Twilio gave none. */
export type Cell = string | number | boolean | null;

/** One column of an exported table. */
export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  /** Where in Twilio's row it is; absent for what is worked out from it. */
  readonly path?: readonly string[];
  /** `UTC`, `s`, `ms`, or the column that holds it. */
  readonly unit?: string;
  readonly about: string;
  /** Which end of the traffic an address belongs to. */
  readonly end?: End;
}
export type End = 'from' | 'to';

type More = Omit<Column, 'name' | 'type' | 'about'>;

/** A column named as Twilio's field, unless another path is given. */
export function column(name: string, type: ColumnType, about: string, more: More = {}): Column {
  const unit = type === 'instant' ? { unit: 'UTC' } : {};
  return { name, type, about, path: [name], ...unit, ...more };
}

/** A column that is worked out. */
export function derived(name: string, type: ColumnType, about: string): Column {
  return { name, type, about };
}
