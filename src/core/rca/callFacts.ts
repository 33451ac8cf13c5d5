import { type JsonObject, numberOf, textOf } from '../model/json.ts';
import { countryOf } from '../traffic/country.ts';
import { countryName } from '../traffic/countryName.ts';

/** Outbound calls of the window. */
export interface CallFacts {
  readonly calls: number;
  /** Begun minutes, as Twilio bills them. */
  readonly minutes: number;
  readonly longestSeconds: number;
  /** Per ISO 4217 currency; what has no price yet is not in it. */
  readonly cost: readonly { readonly currency: string; readonly amount: number }[];
  readonly unpriced: number;
  /** The destinations with the most minutes. Names are our own words. */
  readonly destinations: readonly { readonly name: string; readonly calls: number; readonly minutes: number }[];
  readonly citations: readonly string[];
}

const mostDestinations = 5;

/** Counts calls; `done` gives `undefined` when there was no outbound one. */
export function createCallCounts() {
  const places = new Map<string, { name: string; calls: number; minutes: number }>();
  const cost = new Map<string, number>();
  const files = new Set<string>();
  const sum = { calls: 0, minutes: 0, longest: 0, unpriced: 0 };
  return {
    add(row: JsonObject, _at: number, id: string | undefined): void {
      if (!textOf(row, 'direction')?.startsWith('outbound')) return;
      const seconds = Math.max(0, numberOf(row, 'duration') ?? 0);
      const minutes = Math.ceil(seconds / 60);
      const country = countryOf(textOf(row, 'to') ?? '');
      const place = places.get(country) ?? { name: countryName(country), calls: 0, minutes: 0 };
      places.set(country, { ...place, calls: place.calls + 1, minutes: place.minutes + minutes });
      sum.calls += 1;
      sum.minutes += minutes;
      sum.longest = Math.max(sum.longest, seconds);
      const price = numberOf(row, 'price');
      const currency = textOf(row, 'price_unit')?.toUpperCase();
      if (price === undefined || currency === undefined) sum.unpriced += seconds > 0 ? 1 : 0;
      else cost.set(currency, (cost.get(currency) ?? 0) + Math.abs(price));
      if (id !== undefined) files.add(id);
    },
    done(): CallFacts | undefined {
      if (sum.calls === 0) return undefined;
      const { calls, minutes, longest: longestSeconds, unpriced } = sum;
      return {
        calls,
        minutes,
        longestSeconds,
        unpriced,
        cost: [...cost].map(([currency, amount]) => ({ currency, amount })),
        destinations: [...places.values()]
          .toSorted((one, other) => other.minutes - one.minutes)
          .slice(0, mostDestinations),
        citations: [...files],
      };
    },
  };
}
