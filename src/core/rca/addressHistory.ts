/** `new`: not seen on earlier days of the log. `usual`: seen long before. Neither when the log does not reach back far enough to say. */
export type AddressStanding = 'new' | 'usual';

const day = 86_400_000;
/** An address of that many days is somebody's place of work. */
const habit = 3;

/**
 * Tells addresses that are new in a log from those that were there before. Nothing counts as usual by what it did in the last day
 * before `onset` (epoch milliseconds; without one, before the last event).
 */
export function createAddressHistory(): {
  see(ip: string, at: number): void;
  standing(ip: string, onset?: number): AddressStanding | undefined;
} {
  const seen = new Map<string, { first: number; days: Set<number> }>();
  let begin = Number.POSITIVE_INFINITY;
  let end = Number.NEGATIVE_INFINITY;
  return {
    see(ip, at) {
      begin = Math.min(begin, at);
      end = Math.max(end, at);
      if (ip === '') return;
      const known = seen.get(ip) ?? { first: at, days: new Set<number>() };
      known.first = Math.min(known.first, at);
      known.days.add(Math.floor(at / day));
      seen.set(ip, known);
    },
    standing(ip, onset = end) {
      const known = seen.get(ip);
      if (!known) return undefined;
      const { first, days } = known;
      const earlier = [...days].filter((one) => (one + 1) * day <= onset).length;
      if (first <= onset - day && (first < begin + day || earlier >= habit)) return 'usual';
      // Only what could have been seen for a day and was not is new.
      return first >= begin + day ? 'new' : undefined;
    },
  };
}
