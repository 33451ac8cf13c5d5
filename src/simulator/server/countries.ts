/** ISO 3166 alpha-2 codes with their ITU calling codes. Where several countries share a code, its main country comes first. */
const table: Readonly<Record<string, string>> = {
  EUROPE:
    'AL355 AD376 AT43 BY375 BE32 BA387 BG359 HR385 CY357 CZ420 DK45 EE372 FO298 FI358 FR33 DE49 GI350 GR30 HU36 ' +
    'IS354 IE353 IM44 IT39 XK383 LV371 LI423 LT370 LU352 MT356 MD373 MC377 ME382 NL31 MK389 NO47 PL48 PT351 RO40 ' +
    'RU7 SM378 RS381 SK421 SI386 ES34 SE46 CH41 UA380 GB44 VA39 GG44 JE44 AX358 SJ47',
  NORTH_AMERICA:
    'US1 CA1 AI1 AG1 AW297 BS1 BB1 BZ501 BM1 BQ599 VG1 KY1 CR506 CU53 CW599 DM1 DO1 SV503 GL299 GD1 GP590 GT502 ' +
    'HT509 HN504 JM1 MQ596 MX52 MS1 NI505 PA507 PR1 KN1 LC1 VC1 PM508 SX1 TT1 TC1 VI1 BL590 MF590',
  OCEANIA:
    'AS1 AU61 CK682 FJ679 PF689 GU1 KI686 MH692 FM691 NR674 NC687 NZ64 NU683 NF672 MP1 PW680 PG675 WS685 SB677 ' +
    'TK690 TO676 TV688 VU678 WF681',
  SOUTH_AMERICA: 'AR54 BO591 BR55 CL56 CO57 EC593 FK500 GF594 GY592 PY595 PE51 SR597 UY598 VE58',
  AFRICA:
    'DZ213 AO244 BJ229 BW267 BF226 BI257 CM237 CV238 CF236 TD235 KM269 CG242 CD243 CI225 DJ253 EG20 GQ240 ER291 ' +
    'SZ268 ET251 GA241 GM220 GH233 GN224 GW245 KE254 LS266 LR231 LY218 MG261 MW265 ML223 MR222 MU230 MA212 MZ258 ' +
    'NA264 NE227 NG234 RW250 ST239 SN221 SC248 SL232 SO252 ZA27 SS211 SD249 TZ255 TG228 TN216 UG256 ZM260 ZW263 ' +
    'RE262 YT262 SH290 EH212 AC247 TA290',
  ASIA:
    'AF93 AM374 AZ994 BH973 BD880 BT975 BN673 KH855 CN86 GE995 HK852 IN91 ID62 IR98 IQ964 IL972 JP81 JO962 KZ7 ' +
    'KW965 KG996 LA856 LB961 MO853 MY60 MV960 MN976 MM95 NP977 KP850 OM968 PK92 PS970 PH63 QA974 SA966 SG65 KR82 ' +
    'LK94 SY963 TW886 TJ992 TH66 TL670 TR90 TM993 AE971 UZ998 VN84 YE967 IO246 CC61 CX61',
};

export interface Country {
  readonly iso: string;
  readonly name: string;
  /** `+44`. */
  readonly callingCode: string;
  /** In Twilio's spelling, such as `NORTH_AMERICA`. */
  readonly continent: string;
}

const names = new Intl.DisplayNames(['en'], { type: 'region' });

/** Every country and territory with a calling code, by ISO code. */
export const countries: ReadonlyMap<string, Country> = new Map(
  Object.entries(table).flatMap(([continent, entries]) =>
    entries.split(' ').map((entry): [string, Country] => {
      const iso = entry.slice(0, 2);
      return [iso, { iso, name: names.of(iso) ?? iso, callingCode: `+${entry.slice(2)}`, continent }];
    }),
  ),
);

/** The main country of the number's calling code; a shared code such as +1 or +7 is not told apart further. */
export function countryOfNumber(e164: string): Country | undefined {
  let found: Country | undefined;
  for (const country of countries.values())
    if (e164.startsWith(country.callingCode) && country.callingCode.length > (found?.callingCode.length ?? 0))
      found = country;
  return found;
}
