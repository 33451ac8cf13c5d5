import type { Traffic } from '../world.ts';
import type { Window } from './dates.ts';
import type { Call } from './route.ts';

type Row = { readonly sid: string; readonly at: number };

/** The part of an account's traffic that has happened: not in the future, and not while the account was suspended. */
export function liveTraffic<R extends Row>(call: Call, traffic: Traffic<R>): Omit<Traffic<R>, 'change'> {
  const { account, now, state } = call;
  const pauses = state.pauses.get(account.sid) ?? [];
  return {
    *newestFirst(from, to) {
      for (const part of activeParts({ from, to: Math.min(to, now) }, pauses))
        yield* traffic.newestFirst(part.from, part.to);
    },
    count(from, to) {
      const parts = activeParts({ from, to: Math.min(to, now) }, pauses);
      return parts.reduce((sum, part) => sum + traffic.count(part.from, part.to), 0);
    },
    find(sid) {
      const row = traffic.find(sid);
      return row && activeParts({ from: row.at, to: Math.min(row.at, now) }, pauses).length > 0 ? row : undefined;
    },
  };
}

/** The window without its pauses, latest part first. A pause begins just after its `from` and includes its `to`. */
function activeParts(window: Window, pauses: readonly Window[]): readonly Window[] {
  let parts = [window];
  for (const pause of pauses)
    parts = parts.flatMap((part) => [
      { from: Math.max(part.from, pause.to + 1), to: part.to },
      { from: part.from, to: Math.min(part.to, pause.from) },
    ]);
  return parts.filter(({ from, to }) => from <= to).sort((a, b) => b.from - a.from);
}
