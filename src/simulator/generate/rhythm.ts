import { hash32, logNormal, stream } from '../random.ts';
import type { Market, Noise } from './profile.ts';

export const hourMs = 3_600_000;
export const dayMs = 24 * hourMs;

/** The instant without its milliseconds: Twilio's dates have none. */
export function wholeSecond(at: number): number {
  return Math.floor(at / 1000) * 1000;
}

/** Relative traffic of each local hour: quiet nights, a lunch-time and an evening peak. */
const daily = [
  0.34, 0.22, 0.16, 0.14, 0.17, 0.3, 0.56, 0.86, 1.12, 1.3, 1.4, 1.44, 1.47, 1.4, 1.34, 1.33, 1.37, 1.46, 1.54, 1.57,
  1.46, 1.21, 0.87, 0.56,
];
/** Relative traffic of each local weekday, Sunday first. */
const weekly = [0.84, 1.04, 1.05, 1.06, 1.05, 1.04, 0.92];

const dailyMean = daily.reduce((sum, value) => sum + value, 0) / daily.length;
const weeklyMean = weekly.reduce((sum, value) => sum + value, 0) / weekly.length;

/** How busy an hour is in a place `offset` hours from UTC, as a multiple of the average hour. `hour` counts from 1970. */
export function rhythm(hour: number, offset: number): number {
  const local = Math.floor(hour + offset);
  const weekday = (Math.floor(local / 24) + 4) % 7;
  return ((daily[local % 24] ?? 1) / dailyMean) * ((weekly[weekday] ?? 1) / weeklyMean);
}

/** Multiplies ordinary traffic for a while, as a holiday does. `hour` counts from 1970. */
export type Surge = (hour: number, iso: string) => number;

/** Rows to expect in an hour, one number per member of the market, in its order. */
export function expectedByCountry(
  account: number,
  perDay: number,
  market: readonly Market[],
  noise: Noise,
  surges: readonly Surge[],
): (hour: number) => readonly number[] {
  let knownDay = -1;
  let dayFactors: readonly number[] = [];
  return (hour) => {
    const day = Math.floor(hour / 24);
    if (day !== knownDay) {
      const shared = logNormal(stream(account, 'day', day), noise.dayVariation / 2);
      dayFactors = market.map(({ country }) => {
        const own = stream(hash32(account, 'countryDay', day), country.iso);
        return shared * logNormal(own, noise.dayVariation);
      });
      knownDay = day;
    }
    return market.map(({ country, share }, index) => {
      const surge = surges.reduce((factor, each) => factor * each(hour, country.iso), 1);
      return (perDay / 24) * share * rhythm(hour, country.offset) * (dayFactors[index] ?? 1) * surge;
    });
  };
}
