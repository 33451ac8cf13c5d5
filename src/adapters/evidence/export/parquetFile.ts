import { ByteWriter, ParquetWriter, type SchemaElement } from 'hyparquet-writer';
import type { Cell, ColumnType } from '../../../core/evidence/export/column.ts';
import { createHashedFile } from './hashedFile.ts';
import type { CreateTableFile } from './tableFile.ts';

const text = { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } } as const;
/** https://parquet.apache.org/docs/file-format/types/logicaltypes/: without `isAdjustedToUTC` readers take an instant for a local time. */
const types: { readonly [T in ColumnType]: Omit<SchemaElement, 'name'> } = {
  text,
  address: text,
  json: text,
  instant: {
    type: 'INT64',
    converted_type: 'TIMESTAMP_MILLIS',
    logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
  },
  int32: { type: 'INT32' },
  double: { type: 'DOUBLE' },
  boolean: { type: 'BOOLEAN' },
};

/** A row group is encoded at once, in memory and on this thread: this bounds both. `units`: text, in UTF-16. */
const group = { rows: 4096, units: 4 * 1024 * 1024 } as const;

/**
 * A table for analysts: every column nullable, instants as milliseconds in UTC, text as UTF-8, Snappy. Prices are doubles, so that they
 * can be summed where they are read; one with more digits than a double keeps is in `rest` besides.
 */
export const createParquetFile: CreateTableFile = async (folder, name, columns) => {
  const file = await createHashedFile(folder, `${name}.parquet`);
  const writer = new ByteWriter();
  const schema: SchemaElement[] = [
    { name: 'root', num_children: columns.length },
    ...columns.map(({ name, type }): SchemaElement => ({ name, repetition_type: 'OPTIONAL', ...types[type] })),
  ];
  const parquet = new ParquetWriter({ writer, schema });
  let waiting: Cell[][] = columns.map(() => []);
  let rows = 0;
  let units = 0;

  async function putGroup(): Promise<void> {
    const data = waiting;
    waiting = columns.map(() => []);
    await parquet.write({
      columnData: columns.map(({ name }, i) => ({ name, data: data[i] ?? [] })),
      rowGroupSize: rows,
    });
    rows = 0;
    units = 0;
    await drain();
  }
  async function drain(): Promise<void> {
    await file.write(new Uint8Array(writer.buffer, 0, writer.index));
    writer.index = 0;
  }
  return {
    async row(cells) {
      waiting.forEach((column, i) => {
        const cell = cells[i] ?? null;
        column.push(cell);
        if (typeof cell === 'string') units += cell.length;
      });
      rows += 1;
      if (rows >= group.rows || units >= group.units) await putGroup();
    },
    async end() {
      if (rows > 0) await putGroup();
      await parquet.finish();
      await drain();
      return file.end();
    },
    close: file.close,
  };
};
