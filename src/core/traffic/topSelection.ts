/** Keeps the largest of many items without sorting or storing the others. */
export interface TopSelection {
  /** What is smaller than this need not be offered: it would not be kept. */
  readonly least: number;
  /** Offers an item; of equally large ones those with the lowest `rank` are kept. */
  offer(item: number, size: number, rank: number): void;
  /** The items kept, the largest first, equal ones by rank. Begins anew. */
  take(): readonly { readonly item: number; readonly size: number }[];
}

/** The `most` largest items, in a binary heap whose root is the one that would go next. Items and sizes are below 2^32. */
export function createTopSelection(most: number): TopSelection {
  const items = new Uint32Array(most);
  const sizes = new Uint32Array(most);
  const ranks = new Float64Array(most);
  let kept = 0;

  /** Whether what is at `a` goes before what is at `b`. */
  function goesFirst(a: number, b: number): boolean {
    const [size, other] = [sizes[a] as number, sizes[b] as number];
    return size < other || (size === other && (ranks[a] as number) > (ranks[b] as number));
  }
  function put(at: number, item: number, size: number, rank: number): void {
    items[at] = item;
    sizes[at] = size;
    ranks[at] = rank;
  }
  function swap(a: number, b: number): void {
    const [item, size, rank] = [items[a] as number, sizes[a] as number, ranks[a] as number];
    put(a, items[b] as number, sizes[b] as number, ranks[b] as number);
    put(b, item, size, rank);
  }
  function up(from: number): void {
    for (let at = from; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (!goesFirst(at, parent)) return;
      swap(at, parent);
      at = parent;
    }
  }
  function down(): void {
    for (let at = 0; ; ) {
      const left = 2 * at + 1;
      if (left >= kept) return;
      const child = left + 1 < kept && goesFirst(left + 1, left) ? left + 1 : left;
      if (!goesFirst(child, at)) return;
      swap(at, child);
      at = child;
    }
  }

  return {
    get least() {
      return kept < most ? 0 : (sizes[0] as number);
    },
    offer(item, size, rank) {
      if (kept < most) {
        put(kept, item, size, rank);
        up(kept++);
      } else if (most > 0 && (size > (sizes[0] as number) || (size === sizes[0] && rank < (ranks[0] as number)))) {
        put(0, item, size, rank);
        down();
      }
    },
    take() {
      const order = Array.from({ length: kept }, (_, at) => at).sort((a, b) => (goesFirst(b, a) ? -1 : 1));
      kept = 0;
      return order.map((at) => ({ item: items[at] as number, size: sizes[at] as number }));
    },
  };
}
