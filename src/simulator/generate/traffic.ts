import type { Traffic } from '../world.ts';
import { hourMs } from './rhythm.ts';
import { sidCodec } from './sidCodec.ts';

/**
 * One source of an account's traffic, such as its ordinary business or one incident. It makes any hour on its own, and
 * every time the same. `hour` counts from 1970; `sid` names the row at a position of that hour.
 */
export interface Layer<Row> {
  /** Rows in the hour: exactly as many as `rows` makes, without making them where possible. */
  count(hour: number): number;
  rows(hour: number, sid: (index: number) => string): readonly Row[];
}

export interface TrafficSource<Row> {
  /** SID prefix and key: different for every account and kind of record. */
  readonly prefix: string;
  readonly key: number;
  /** Incidents may add to this until the first row is asked for. */
  readonly layers: readonly Layer<Row>[];
  /** Nothing is older. */
  readonly since: number;
  now(): number;
}

interface Record {
  readonly sid: string;
  readonly at: number;
}

const maxLayers = 256;
const hoursKept = 2;

/**
 * Traffic out of layers. Holds two hours of rows at a time, whatever the window. Rows are as they will end: whether a
 * call that began is still going on is for the reader of the clock to say.
 */
export function createTraffic<Row extends Record>(source: TrafficSource<Row>): Traffic<Row> {
  const codec = sidCodec(source.prefix, source.key);
  const changes = new Map<string, Partial<Row>>();
  const kept = new Map<number, readonly Row[]>();

  const layerRows = (layer: Layer<Row>, position: number, hour: number) =>
    layer.rows(hour, (index) => codec.encode(position, hour, index));

  const rowsOf = (hour: number): readonly Row[] => {
    const known = kept.get(hour);
    if (known !== undefined) return known;
    if (source.layers.length > maxLayers) throw new RangeError(`More than ${maxLayers} incidents on one account.`);
    const rows = source.layers.flatMap((layer, position) => layerRows(layer, position, hour)).sort(newestFirst);
    for (const old of [...kept.keys()].slice(0, Math.max(0, kept.size + 1 - hoursKept))) kept.delete(old);
    kept.set(hour, rows);
    return rows;
  };

  const changed = (row: Row): Row => {
    const change = changes.get(row.sid);
    return change === undefined ? row : { ...row, ...change };
  };

  const clip = (from: number, to: number): readonly [number, number] => [
    Math.max(from, source.since),
    Math.min(to, source.now()),
  ];

  return {
    *newestFirst(from, to) {
      const [first, last] = clip(from, to);
      for (let hour = Math.floor(last / hourMs); hour >= Math.floor(first / hourMs); hour--) {
        for (const row of rowsOf(hour)) {
          if (row.at < first) break;
          if (row.at <= last) yield changed(row);
        }
      }
    },
    count(from, to) {
      const [first, last] = clip(from, to);
      let count = 0;
      for (let hour = Math.floor(first / hourMs); hour <= Math.floor(last / hourMs); hour++) {
        const whole = hour * hourMs >= first && (hour + 1) * hourMs - 1 <= last;
        count += whole
          ? source.layers.reduce((sum, layer) => sum + layer.count(hour), 0)
          : rowsOf(hour).filter(({ at }) => at >= first && at <= last).length;
      }
      return count;
    },
    find(sid) {
      const origin = codec.decode(sid);
      const layer = origin && source.layers[origin.layer];
      if (origin === undefined || layer === undefined) return undefined;
      const [first, last] = clip(0, source.now());
      const row = layerRows(layer, origin.layer, origin.hour).find((each) => each.sid === sid);
      return row && row.at >= first && row.at <= last ? changed(row) : undefined;
    },
    change(sid, change) {
      changes.set(sid, { ...changes.get(sid), ...change });
    },
  };
}

function newestFirst(a: Record, b: Record): number {
  return b.at - a.at || (a.sid < b.sid ? -1 : 1);
}
