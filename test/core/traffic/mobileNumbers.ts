import metadata from 'libphonenumber-js/max/metadata';
import examples from 'libphonenumber-js/mobile/examples';

/** Where a country's record keeps its types, and mobile and fixed-line among them. */
const types = 11;
const fixedLine = 0;
const mobile = 1;
const general = 2;

type Records = Readonly<Record<string, readonly unknown[]>>;

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
  const random = seeded();
  return Array.from({ length: count }, (_, i) => {
    const from = i % 2 === 0 ? regions : shared;
    const region = from[(i >> 1) % from.length];
    return region ? `+${region.code}${sample(patternOf(region.country), random)}` : '';
  });
}

/**
 * Numbers of every kind (fixed, mobile, toll-free, premium, personal, voice mail, UAN, pager, VoIP, shared cost) of every region and of the networks
 * above countries, one kind after the other. Deterministic. A few do not pass libphonenumber's full check; the caller filters.
 */
export function numbersOfAllKinds(count: number): readonly string[] {
  const regions = Object.entries(metadata.country_calling_codes).flatMap(([code, countries]) =>
    countries.map((country) => ({ code, record: (metadata.countries as Records)[String(country)] })),
  );
  const above = Object.entries(metadata.nonGeographic as Records).map(([code, record]) => ({ code, record }));
  const patterns = [...regions, ...above].flatMap(({ code, record }) => {
    const kinds = (record?.[types] ?? []) as readonly ([string] | 0)[];
    const own = kinds.flatMap((kind) => (kind !== 0 && kind[0] !== '' ? [kind[0]] : []));
    return (own.length > 0 ? own : [String(record?.[general] ?? '')]).map((pattern) => ({ code, pattern }));
  });
  const random = seeded();
  return Array.from({ length: count }, (_, i) => {
    const one = patterns[i % patterns.length];
    return one ? `+${one.code}${sample(one.pattern, random)}` : '';
  });
}

function patternOf(country: string): string {
  const record = (metadata.countries as Records)[country]?.[types] as readonly ([string] | 0)[] | undefined;
  const own = record?.[mobile];
  const either = record?.[fixedLine];
  const pattern = (own ? own[0] : '') || (either ? either[0] : '');
  return pattern || String((examples as Record<string, string>)[country] ?? '');
}

/** Whole numbers from 0 to below the given one. */
function seeded(): (below: number) => number {
  let state = 20_261_122;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
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
