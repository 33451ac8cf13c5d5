/**
 * Writes src/core/traffic/dialPrefixes.ts: which country each dial prefix belongs to, as the fewest prefixes that decide
 * every valid number by longest match. Source: the numbering plans in libphonenumber-js's metadata.
 * `--check` fails when the file is not what this script would write.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import metadata from 'libphonenumber-js/max/metadata';
import { after, concat, type DigitSet, digitSet, isEmpty, nothing, ofLength, union } from './digitLanguage.ts';

const target = new URL('../src/core/traffic/dialPrefixes.ts', import.meta.url);

/** Positions in a country's metadata record. https://gitlab.com/catamphetamine/libphonenumber-js/-/blob/master/METADATA.md */
const field = { national: 2, lengths: 3, leadingDigits: 10, types: 11 } as const;

type PhoneType = readonly [pattern: string, lengths?: readonly number[]] | 0;

/** The countries sharing one calling code, in the order the library asks them, each with what is left of its numbers. */
type Claims = readonly { readonly country: string; readonly numbers: DigitSet }[];

/** The numbers a country claims within its calling code, the way libphonenumber-js decides it. */
function numbersOf(record: readonly unknown[]): DigitSet {
  const leading = record[field.leadingDigits];
  // Numbers with these leading digits are the country's without a look at the rest.
  if (typeof leading === 'string') return concat(digitSet(leading), digitSet('\\d{0,12}'));
  const national = digitSet(String(record[field.national]));
  const types = (record[field.types] ?? []) as readonly PhoneType[];
  const general = record[field.lengths] as readonly number[];
  return types
    .filter((type) => type !== 0 && type[0] !== '')
    .map((type) => (type === 0 ? nothing : ofLength(digitSet(type[0]), type[1] ?? general)))
    .reduce(union, types.length > 0 ? nothing : national);
}

/** What is known of a prefix before looking at where it stands in the tree. */
interface Verdict {
  /**
   * The countries that are best as its default: those most of the next digits would choose
   * (Draves et al., "Constructing Optimal IP Routing Tables", INFOCOM 1999). Empty when no number starts this way.
   */
  readonly best: readonly string[];
  /** Every country that some number below belongs to. */
  readonly all: ReadonlySet<string>;
}

function judge(claims: Claims, memo: Map<string, Verdict>): Verdict {
  if (claims.length === 0) return { best: [], all: new Set() };
  const key = claims.map(({ country, numbers }) => country + numbers.id).join();
  const known = memo.get(key);
  if (known) return known;
  const below = branches(claims).map((next) => judge(next, memo));
  const votes = new Map<string, number>();
  for (const country of below.flatMap(({ best }) => best)) votes.set(country, (votes.get(country) ?? 0) + 1);
  const most = Math.max(...votes.values());
  // A number that is also the beginning of longer ones (+1 310 xxxx in Canada) is decided by the longer ones.
  const ends = claims.filter(({ numbers }) => numbers.accepts).slice(0, 1);
  const best = votes.size > 0 ? [...votes].filter(([, n]) => n === most).map(([c]) => c) : ends.map((c) => c.country);
  const verdict = { best, all: new Set([...best, ...below.flatMap(({ all }) => [...all])]) };
  memo.set(key, verdict);
  return verdict;
}

/** The claims after each of the ten digits. */
function branches(claims: Claims): readonly Claims[] {
  return Array.from({ length: 10 }, (_, digit) =>
    claims
      .map(({ country, numbers }) => ({ country, numbers: after(numbers, digit) }))
      .filter(({ numbers }) => !isEmpty(numbers)),
  );
}

function decide(prefix: string, claims: Claims): ReadonlyMap<string, string> {
  const memo = new Map<string, Verdict>();
  const chosen = new Map<string, string>();
  const walk = (at: string, here: Claims, inherited: string): void => {
    const { best, all } = judge(here, memo);
    const country = best.includes(inherited) ? inherited : best[0];
    if (country === undefined) return;
    if (country !== inherited) chosen.set(at, country);
    if (all.size > 1)
      branches(here).forEach((next, digit) => {
        walk(`${at}${digit}`, next, country);
      });
  };
  walk(prefix, claims, '');
  return chosen;
}

function allPrefixes(): ReadonlyMap<string, string> {
  const chosen = new Map<string, string>();
  for (const [code, countries] of Object.entries(metadata.country_calling_codes)) {
    const claims = countries.map((country) => ({
      country: String(country),
      numbers: countries.length > 1 ? numbersOf(metadata.countries[country] as readonly unknown[]) : digitSet(''),
    }));
    for (const [prefix, country] of decide(code, claims)) chosen.set(prefix, country);
  }
  for (const code of Object.keys(metadata.nonGeographic)) chosen.set(code, '001');
  return chosen;
}

function source(): string {
  const byCountry = new Map<string, string[]>();
  for (const [prefix, country] of allPrefixes()) byCountry.set(country, [...(byCountry.get(country) ?? []), prefix]);
  const lines = [...byCountry].map(([country, prefixes]) => `${country} ${prefixes.sort().join(' ')}`).sort();
  return `// GENERATED by scripts/dialPrefixes.ts from the numbering plans of libphonenumber-js (MIT). Do not edit.

/** One country a line: ISO 3166-1 alpha-2 (001: international networks), then its dial prefixes. The longest match decides. */
export const dialPrefixes = \`
${lines.join('\n')}
\`;
`;
}

const written = source();
if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== written) {
    console.error('src/core/traffic/dialPrefixes.ts is stale: run node scripts/dialPrefixes.ts');
    process.exitCode = 1;
  }
} else writeFileSync(target, written);
