type Typed = Uint8Array | Uint16Array | Uint32Array | Float64Array;
interface Kinds {
  readonly u8: Uint8Array;
  readonly u16: Uint16Array;
  readonly u32: Uint32Array;
  readonly f64: Float64Array;
}
type Kind = keyof Kinds;

const make: { readonly [K in Kind]: (length: number) => Kinds[K] } = {
  u8: (length) => new Uint8Array(length),
  u16: (length) => new Uint16Array(length),
  u32: (length) => new Uint32Array(length),
  f64: (length) => new Float64Array(length),
};

/** Column by column: row `i` is what every column has at `i`. */
export type Columns<Shape extends Readonly<Record<string, Kind>>> = {
  readonly [Name in keyof Shape]: Kinds[Shape[Name]];
};

/**
 * Rows taken in one after another, as columns that grow. `sortedBy` gives them in the order of a column of whole numbers
 * (seconds since the epoch), equal ones as they came; the builder is not to be used afterwards.
 */
export function createColumns<const Shape extends Readonly<Record<string, Kind>>>(shape: Shape) {
  const names = Object.keys(shape);
  let size = 0;
  let room = 1024;
  const columns: Record<string, Typed> = {};
  for (const name of names) columns[name] = make[shape[name] ?? 'f64'](room);

  return {
    add(row: { readonly [Name in keyof Shape]: number }): void {
      if (size === room) grow();
      for (const name of names) {
        const column = columns[name];
        if (column) column[size] = row[name] ?? 0;
      }
      size += 1;
    },
    sortedBy(name: keyof Shape & string): Columns<Shape> & { readonly rows: number } {
      const order = orderOf(columns[name] ?? new Uint32Array(0), size);
      const sorted: Record<string, Typed> = {};
      for (const each of names) {
        const from = columns[each];
        const to = make[shape[each] ?? 'f64'](size);
        for (let i = 0; i < size; i++) to[i] = from?.[order[i] ?? 0] ?? 0;
        sorted[each] = to;
        delete columns[each];
      }
      return { ...(sorted as Columns<Shape>), rows: size };
    },
  };

  function grow(): void {
    room *= 2;
    for (const name of names) {
      const wider = make[shape[name] ?? 'f64'](room);
      wider.set(columns[name] ?? []);
      columns[name] = wider;
    }
  }
}

/** Row numbers by value. Value and number share a float's 53 bits, since sorting floats needs no call per comparison. */
function orderOf(values: ArrayLike<number>, size: number): Uint32Array {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < size; i++) least = Math.min(least, values[i] ?? 0);
  const keys = new Float64Array(size);
  for (let i = 0; i < size; i++) keys[i] = ((values[i] ?? 0) - least) * size + i;
  keys.sort();
  const order = new Uint32Array(size);
  for (let i = 0; i < size; i++) order[i] = (keys[i] ?? 0) % size;
  return order;
}

/** Numbers for texts, in the order they first came. */
export function createNames(most = 65_535) {
  const numbers = new Map<string, number>();
  const names: string[] = [];
  return {
    names: names as readonly string[],
    /** Texts beyond the most there can be share the last number. */
    of(text: string): number {
      const known = numbers.get(text);
      if (known !== undefined) return known;
      if (names.length >= most) return most - 1;
      numbers.set(text, names.length);
      return names.push(text) - 1;
    },
  };
}
