import type { ChainRecord } from './record.ts';

interface Kept<State> {
  readonly state: State;
  length: number;
  last: ChainRecord | undefined;
}

/**
 * Derives something from a journal, which only grows: `take` sees each record once, however often the result is asked for. A journal of a
 * thousand accounts is looked through every second while more is collected. The state given belongs to the journal and is not to be changed.
 */
export function perRecord<State>(
  begin: () => State,
  take: (state: State, record: ChainRecord) => void,
): (records: readonly ChainRecord[]) => State {
  const kept = new WeakMap<readonly ChainRecord[], Kept<State>>();
  return (records) => {
    const known = kept.get(records);
    // What was cut, or exchanged at its end, is another journal.
    const grew =
      known && known.length <= records.length && (known.length === 0 || records[known.length - 1] === known.last);
    const now: Kept<State> = grew ? known : { state: begin(), length: 0, last: undefined };
    if (now !== known) kept.set(records, now);
    for (; now.length < records.length; now.length += 1) {
      const record = records[now.length];
      if (!record) break;
      take(now.state, record);
      now.last = record;
    }
    return now.state;
  };
}
