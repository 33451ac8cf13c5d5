import type { CountryOrBucket } from './country.ts';

const buckets: Readonly<Record<string, string>> = {
  '001': 'International networks',
  'short-code': 'Short codes',
  alphanumeric: 'Not a number',
  unknown: 'Unknown',
};

let names: Intl.DisplayNames | undefined;

/** The English name of a country or bucket. Code that no region has is its own name. */
export function countryName(country: CountryOrBucket): string {
  const bucket = Object.hasOwn(buckets, country) ? buckets[country] : undefined;
  if (bucket !== undefined || !/^[A-Z]{2}$/.test(country)) return bucket ?? country;
  names ??= new Intl.DisplayNames(['en'], { type: 'region', fallback: 'code' });
  return names.of(country) ?? country;
}
