/** Bytes of one row in each column, the widest first, so that every column begins where its numbers may lie. */
export const otherWidths = {
  block: 8,
  time: 4,
  seconds: 4,
  price: 4,
  account: 2,
  country: 1,
  status: 1,
  way: 1,
  currency: 1,
} as const;
export type OtherColumn = keyof typeof otherWidths;
export const otherColumns = Object.keys(otherWidths).filter((name): name is OtherColumn => name in otherWidths);

export interface OtherColumns {
  readonly block: Float64Array;
  readonly time: Uint32Array;
  readonly seconds: Uint32Array;
  readonly price: Uint32Array;
  readonly account: Uint16Array;
  readonly country: Uint8Array;
  readonly status: Uint8Array;
  readonly way: Uint8Array;
  readonly currency: Uint8Array;
}

/** Columns for `capacity` rows. */
export function emptyColumns(capacity: number): OtherColumns {
  return columnsIn(new ArrayBuffer(capacity * bytesPerOtherRow), capacity);
}

export const bytesPerOtherRow = Object.values(otherWidths).reduce<number>((sum, width) => sum + width, 0);

/** The columns that lie one after the other in a buffer, `rows` each. */
export function columnsIn(buffer: ArrayBuffer, rows: number): OtherColumns {
  let offset = 0;
  const next = (name: OtherColumn): number => {
    const at = offset;
    offset += otherWidths[name] * rows;
    return at;
  };
  return {
    block: new Float64Array(buffer, next('block'), rows),
    time: new Uint32Array(buffer, next('time'), rows),
    seconds: new Uint32Array(buffer, next('seconds'), rows),
    price: new Uint32Array(buffer, next('price'), rows),
    account: new Uint16Array(buffer, next('account'), rows),
    country: new Uint8Array(buffer, next('country'), rows),
    status: new Uint8Array(buffer, next('status'), rows),
    way: new Uint8Array(buffer, next('way'), rows),
    currency: new Uint8Array(buffer, next('currency'), rows),
  };
}

/** The first rows in columns for `capacity` rows. */
export function resized(columns: OtherColumns, rows: number, capacity: number): OtherColumns {
  const larger = emptyColumns(capacity);
  const filled = firstRows(columns, rows);
  for (const name of otherColumns) larger[name].set(filled[name]);
  return larger;
}

/** Views of the first rows. */
export function firstRows({ block, ...columns }: OtherColumns, rows: number): OtherColumns {
  return {
    block: block.subarray(0, rows),
    time: columns.time.subarray(0, rows),
    seconds: columns.seconds.subarray(0, rows),
    price: columns.price.subarray(0, rows),
    account: columns.account.subarray(0, rows),
    country: columns.country.subarray(0, rows),
    status: columns.status.subarray(0, rows),
    way: columns.way.subarray(0, rows),
    currency: columns.currency.subarray(0, rows),
  };
}
