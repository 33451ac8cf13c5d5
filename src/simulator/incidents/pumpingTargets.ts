import { type Country, countries } from '../generate/countries.ts';
import type { StagedAccount } from '../generate/staged.ts';
import { below, hash32, type Random, stream } from '../random.ts';

/**
 * How an attack looks in the traffic: one wave; a trickle over days; many countries at once; a country without any
 * business; a country whose own traffic hides it.
 */
export type PumpingShape = 'burst' | 'drip' | 'many-countries' | 'new-country' | 'busy-country';

/** Countries that fit the shape and this account's market, drawn from its key. */
export function targetsOf({ key, profile }: StagedAccount, shape: PumpingShape, start: number): readonly Country[] {
  const random = stream(hash32(key, 'targets'), start);
  const abroad = profile.market.map(({ country }) => country).filter((country) => country !== profile.home);
  const rare = abroad.slice(Math.floor(abroad.length / 2));
  const strange = countries.filter((country) => !profile.market.some((member) => member.country === country));
  // An account that sends everywhere has no strange country, one that sends only at home no rare one.
  const somewhere = strange.length > 0 ? strange : countries.filter((country) => country !== profile.home);
  switch (shape) {
    case 'new-country':
      return draw(somewhere, 1, random);
    case 'busy-country':
      return draw(abroad.length > 0 ? abroad.slice(0, 5) : [profile.home], 1, random);
    case 'many-countries':
      return draw([...rare, ...somewhere], 6 + below(random, 5), random);
    case 'burst':
    case 'drip':
      return draw(rare.length > 0 ? rare : somewhere, 1, random);
  }
}

function draw(from: readonly Country[], count: number, random: Random): readonly Country[] {
  const rest = [...from];
  const drawn: Country[] = [];
  while (drawn.length < count && rest.length > 0) drawn.push(...rest.splice(below(random, rest.length), 1));
  return drawn;
}
