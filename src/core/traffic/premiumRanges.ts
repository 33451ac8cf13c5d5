/** What makes a number cost more than a call to a person, or pay its owner for being called. */
export type PremiumKind = 'satellite' | 'international network' | 'premium rate' | 'personal number';

/**
 * Dial prefixes that revenue-share fraud earns from. Codes above countries: ITU-T E.164 list of assigned codes (870 Inmarsat, 881 global
 * satellite, 882 and 883 international networks, 979 premium rate). National ones: the countries' published numbering plans.
 * https://www.itu.int/pub/T-SP-E.164D
 */
const ranges: readonly (readonly [PremiumKind, string])[] = [
  ['satellite', '870 881 88213 88216'],
  ['international network', '882 883'],
  [
    'premium rate',
    [
      '979 1900 1976 44909 44908 44907 44906 449 371900 370900 49900 43900 43901 43930 43931 41900 41901 41906 3389 39892 39899',
      '34803 34806 34807 34905 35315 35156 351760 31900 31906 31909 32900 32902 32903 32904 32905 32906 32907 32909 4590 46900 46939',
      '46944 47829 48700 48701 48703 48704 420900 420906 420908 420909 421900 40900 35990 38690 38560 61190 64900',
    ].join(' '),
  ],
  ['personal number', '4470'],
];

const byPrefix = new Map(ranges.flatMap(([kind, list]) => list.split(' ').map((prefix) => [prefix, kind] as const)));
const longest = Math.max(...[...byPrefix.keys()].map(({ length }) => length));

/** What kind of premium number this E.164 address is, by its longest prefix; `undefined` for all others. */
export function premiumKind(address: string): PremiumKind | undefined {
  if (!address.startsWith('+')) return undefined;
  for (let length = longest; length > 1; length--) {
    const kind = byPrefix.get(address.slice(1, length + 1));
    if (kind) return kind;
  }
  return undefined;
}

/** Where toll fraud usually goes, as the guide names it. */
export const usualTollDestinations: ReadonlySet<string> = new Set(['LV', 'LT', 'MV', 'SO', 'SL']);

/**
 * Countries Twilio calls high-risk for SMS: their permission is changed in the Console only.
 * https://www.twilio.com/docs/iam/api/messaging-geopermissions
 */
export const highRiskSmsCountries: ReadonlySet<string> = new Set([
  'BD',
  'IL',
  'NG',
  'PK',
  'PS',
  'LK',
  'AZ',
  'TJ',
  'OM',
  'TN',
  'DZ',
]);
