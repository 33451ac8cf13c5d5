import metadata from 'libphonenumber-js/max/metadata';
import examples from 'libphonenumber-js/mobile/examples';

/** Where a country's record keeps its types, and mobile and fixed-line among them. */
const types = 11;
const fixedLine = 0;
const mobile = 1;

/**
 * Numbers that fit the mobile pattern of every region (or the shared fixed-or-mobile one), half of them from the calling
 * codes several countries share. Deterministic. A few do not pass libphonenumber's full check; the caller filters.
 */
export function mobileNumbers(count: number): readonly string[] {
  const codes = Object.entries(metadata.country_calling_codes);
  const regions = codes.flatMap(([code, countries]) =>
    countries.map((country) => ({ code, country: String(country), shared: countries.length > 1 })),
  );
  const shared = regions.filter((region) => region.shared);
  let state = 20_261_122;
  const random = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  return Array.from({ length: count }, (_, i) => {
    const from = i % 2 === 0 ? regions : shared;
    const region = from[(i >> 1) % from.length];
    return region ? `+${region.code}${sample(patternOf(region.country), random)}` : '';
  });
}

function patternOf(country: string): string {
  const record = (metadata.countries as Record<string, readonly unknown[]>)[country]?.[types] as
    | readonly ([string] | 0)[]
    | undefined;
  const own = record?.[mobile];
  const either = record?.[fixedLine];
  const pattern = (own ? own[0] : '') || (either ? either[0] : '');
  return pattern || String((examples as Record<string, string>)[country] ?? '');
}

/** A random string matching a pattern made of digits, `\d`, classes, groups, alternatives and counts. */
function sample(pattern: string, random: (below: number) => number): string {
  const options = split(pattern);
  if (options.length > 1) return sample(options[random(options.length)] ?? '', random);
  const part = /^(\((?:\?:)?|\\d|\[[\d-]+\]|\d)/.exec(pattern)?.[0];
  if (part === undefined) return '';
  const end = part.startsWith('(') ? closing(pattern) : part.length;
  const count = /^(?:\?|\{(\d+)(?:,(\d+))?\})/.exec(pattern.slice(end));
  const least = count ? Number(count[1] ?? 0) : 1;
  const most = count ? Number(count[2] ?? count[1] ?? 1) : 1;
  const times = least + random(most - least + 1);
  const one = (): string => {
    if (part.startsWith('(')) return sample(pattern.slice(part.length, end - 1), random);
    const digits = [...'0123456789'].filter((digit) => new RegExp(`^${part}$`).test(digit));
    return digits[random(digits.length)] ?? '';
  };
  return Array.from({ length: times }, one).join('') + sample(pattern.slice(end + (count?.[0].length ?? 0)), random);
}

/** The alternatives at the outermost level. */
function split(pattern: string): readonly string[] {
  const options = [''];
  let depth = 0;
  for (const char of pattern) {
    if (char === '(') depth++;
    if (char === ')') depth--;
    if (char === '|' && depth === 0) options.push('');
    else options[options.length - 1] += char;
  }
  return options;
}

function closing(pattern: string): number {
  let depth = 0;
  for (let i = 0; i < pattern.length; i++) {
    if (pattern[i] === '(') depth++;
    if (pattern[i] === ')' && --depth === 0) return i + 1;
  }
  return pattern.length;
}
