import { quoted } from '../../untrusted/csv.ts';
import { e164 } from '../../untrusted/phoneNumbers.ts';
import { untrusted } from '../../untrusted.ts';
import { type Cell, type Column, derived } from './column.ts';
import { spreadsheetJson } from './inertJson.ts';

/** Excel takes a file for its own old encoding unless it begins with this; pandas, DuckDB and LibreOffice skip it. */
export const byteOrderMark = '\uFEFF';

/** Follows every other column, in CSV only. */
export const exact = derived(
  'exact',
  'json',
  'Cells whose text was changed so that a spreadsheet only shows it, as they were',
);

/** The first line (RFC 4180, with its line end). */
export function csvHeader(columns: readonly Column[]): string {
  return `${[...columns, exact].map(({ name }) => name).join(',')}\r\n`;
}

/**
 * One row (RFC 4180, with its line end). Text goes through `untrusted`; where that changes it, the last cell has it exactly, as JSON
 * by column. Empty: no value. `""`: an empty text. Instants are ISO 8601 in UTC, numbers have a point.
 */
export function csvRow(columns: readonly Column[], cells: readonly Cell[]): string {
  const changed: [string, string][] = [];
  const written = columns.map(({ name, type }, i) => {
    const cell = cells[i] ?? null;
    if (cell === null) return '';
    if (type === 'instant') return new Date(Number(cell)).toISOString();
    if (typeof cell !== 'string') return String(cell);
    if (type === 'json') return quoted(spreadsheetJson(cell));
    // Sign and digits hold no formula. With the usual apostrophe nobody could join or filter by a number.
    if (type === 'address' && e164.test(cell)) return quoted(cell);
    const inert = untrusted(cell).for('csv');
    if (inert !== quoted(cell)) changed.push([name, cell]);
    return inert;
  });
  const last = changed.length === 0 ? '' : quoted(spreadsheetJson(JSON.stringify(Object.fromEntries(changed))));
  return `${written.join(',')},${last}\r\n`;
}

/** What the columns of tables mean, as a table of its own. */
export function csvDictionary(tables: Readonly<Record<string, readonly Column[]>>): string {
  const lines = Object.entries(tables).flatMap(([table, columns]) =>
    columns.map(({ name, type, unit = '', about }) =>
      [table, name, type, unit, about].map((text) => untrusted(text).for('csv')).join(','),
    ),
  );
  return `${byteOrderMark}table,column,type,unit,about\r\n${lines.join('\r\n')}\r\n`;
}
