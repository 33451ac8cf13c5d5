import { fieldOfColumn, fromCells, fromRecord, placeOf } from '../../../core/evidence/importedRow.ts';
import type { TakenColumn } from '../../../core/evidence/importRecord.ts';
import { isObject, type JsonObject } from '../../../core/model/json.ts';
import { columnName } from '../../../core/traffic/logKind.ts';
import type { Defect } from '../../../core/traffic/logRow.ts';
import { withoutSecretMembers } from '../importedSecrets.ts';
import { createFields, restName } from '../ingest/otherFields.ts';
import type { RawRow } from '../ingest/rawRows.ts';
import type { RecognisedLog } from '../ingest/recogniseLog.ts';

/** A row of an imported file in the shape of the REST API, with whose it is and when it happened, epoch seconds. */
export interface LogFileRow {
  readonly row: JsonObject;
  /** Members that were left out because they are named like a secret, and how many. */
  readonly removed?: Readonly<Record<string, number>>;
  readonly account: string;
  readonly time: number;
}

/** Makes the function that reads a row of a file of this kind, or says what is wrong with it. */
export function createLogRows({ log, format }: RecognisedLog): (raw: RawRow) => LogFileRow | Defect {
  const fieldsOf = createFields(format);
  return (raw) => {
    const record = format.kind === 'csv' ? undefined : recordOf(raw);
    const fields = fieldsOf(record ? { ...raw, value: record } : raw);
    if (typeof fields === 'string') return fields;
    const place = placeOf(log, fields);
    if (typeof place === 'string') return place;
    if (!record) return { row: fromCells(log, fields), ...place };
    const clean = withoutSecretMembers(fromRecord(record));
    return clean ? { row: clean.body, removed: clean.removed, ...place } : 'not-an-object';
  };
}

/** Whether a CSV file has the columns without which no row of it can count. */
export function namesEnough({ log, format }: RecognisedLog): boolean {
  if (format.kind !== 'csv') return true;
  const named = format.columns.map(restName);
  return (log === 'attempts' ? ['sid'] : ['sid', 'to', 'direction']).every((name) => named.includes(name));
}

/** What each column of a CSV file that may be needed was taken for, by its name as it stands in the first line; `as` absent: its cells are not read. */
export function takenColumns(header: string, { log, format }: RecognisedLog): readonly TakenColumn[] {
  if (format.kind !== 'csv') return [];
  const given = header.split(String.fromCharCode(format.delimiter)).map((name) => name.replaceAll('"', '').trim());
  return given.flatMap((name, place): readonly TakenColumn[] => {
    const as = fieldOfColumn(log, restName(format.columns[place] ?? columnName(name)));
    if (as === undefined) return [{ name }];
    return as === 'needless' ? [] : [{ name, as, ...(format.byValue?.includes(place) && { byValue: true as const }) }];
  });
}

function recordOf({ value, text, defect }: RawRow): JsonObject | undefined {
  if (isObject(value)) return value;
  if (value !== undefined || defect !== undefined) return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    return isObject(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}
