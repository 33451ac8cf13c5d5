export type Language = 'en' | 'de' | 'es' | 'fr' | 'pt';

/** What the generator knows of a country. Prices are plausible list prices in USD, not Twilio's of any day. */
export interface Country {
  /** ISO 3166-1 alpha-2. */
  readonly iso: string;
  /** Country calling code, without `+`. */
  readonly dial: string;
  /** Digits of a national mobile number. */
  readonly digits: number;
  /** What its mobile numbers start with; any digits may follow. */
  readonly mobile: readonly string[];
  /** Hours from UTC in winter. */
  readonly offset: number;
  /** Share of an international consumer service's traffic outside its home country, relative. */
  readonly weight: number;
  /** Share of messages that are delivered. */
  readonly delivery: number;
  /** Share of one-time passwords that are typed in. */
  readonly conversion: number;
  /** Per message segment. */
  readonly sms: number;
  /** Per minute to a mobile. */
  readonly voice: number;
  readonly language: Language;
}

const table = `
US 1   10 2015,2154,2188,2402,2605 -6   60  .985 .80 .0083 .014 en
CA 1   10 5062,5063,5193,5196,5489 -5   22  .982 .79 .0083 .014 en
GB 44  10 740,749,755,71,73        0    20  .978 .78 .0463 .031 en
DE 49  11 151,160,170,175,176      1    13  .974 .76 .1095 .038 de
FR 33  9  61,62,64,66,67           1    11  .972 .75 .0798 .055 fr
ES 34  9  61,62,63,65,66           1    8   .970 .74 .0863 .052 es
IT 39  10 32,33,34,36,38           1    8   .968 .73 .0927 .053 en
NL 31  9  61,62,63,64,65           1    5   .980 .77 .1152 .060 en
BE 32  9  46,47,48,49              1    3   .976 .75 .1125 .070 fr
CH 41  9  76,77,78,79              1    3   .979 .77 .0760 .090 de
AT 43  9  664,67,68,69             1    3   .976 .76 .1020 .072 de
SE 46  9  70,72,73,76              1    3   .981 .78 .0598 .042 en
NO 47  8  40,41,46,47,9            1    2   .981 .78 .0836 .049 en
DK 45  8  26,27,28                 1    2   .980 .78 .0682 .041 en
FI 358 9  40,41,44,45              2    2   .979 .77 .0968 .066 en
IE 353 9  83,85,86,87              0    4   .979 .78 .1046 .058 en
PT 351 9  91,92,93,96              0    3   .970 .74 .0489 .049 pt
PL 48  9  50,51,53,60,79           1    5   .966 .73 .0440 .044 en
CZ 420 9  601,603,72,73,77         1    2   .968 .73 .0618 .062 en
HU 36  9  20,30,31,50              1    1.6 .962 .71 .0937 .055 en
RO 40  9  72,73,74,75,76           2    2.4 .955 .70 .0730 .057 en
BG 359 8  430,437,438,439          2    .9  .948 .68 .1200 .180 en
GR 30  10 69,685,687,689           2    1.6 .960 .71 .0833 .061 en
TR 90  10 53,54,55,50              3    4   .942 .68 .0350 .115 en
RU 7   10 903,905,910,916,921,926  3    2.2 .905 .62 .6410 .099 en
UA 380 9  50,66,67,93,95           2    1.6 .925 .66 .1210 .180 en
IL 972 9  502,525,53,544           2    2.4 .966 .74 .2575 .052 en
AE 971 9  50,54,55,56,58           4    3   .955 .70 .1140 .260 en
SA 966 9  53,54,55,58,59           3    2.6 .945 .68 .1420 .170 en
EG 20  10 10,11,12,15              2    2   .915 .60 .2600 .140 en
MA 212 9  61,62,65,66,67           1    1.2 .918 .61 .1370 .430 fr
NG 234 10 802,806,808,71           1    3   .885 .56 .3260 .150 en
KE 254 9  7                        3    1.4 .915 .62 .2190 .180 en
GH 233 9  23,24,26,27              0    1   .900 .58 .2660 .290 en
ZA 27  9  71,72,76,81,82           2    2.6 .950 .69 .1089 .140 en
IN 91  10 70,84,85,98,99           5.5  16  .930 .66 .0832 .032 en
PK 92  10 30,31,32,34              5    2.2 .880 .52 .3730 .150 en
BD 880 10 15,16,17,18,19           6    1.6 .875 .52 .3330 .060 en
LK 94  9  71,72,75,76,77           5.5  .7  .905 .57 .2970 .250 en
NP 977 10 984,985,980              5.75 .6  .895 .55 .1860 .220 en
ID 62  11 812,813,852,857          7    4   .912 .60 .4414 .110 en
MY 60  9  12,16,174,19             8    2.4 .945 .68 .1900 .070 en
SG 65  8  81,83,85,86,87           8    2.6 .975 .76 .0505 .055 en
TH 66  9  62,63,65,8,9             7    2   .940 .66 .0254 .090 en
VN 84  9  3,90,91,96,97            7    2   .920 .60 .1521 .110 en
PH 63  10 905,92,93,95,97          8    4   .915 .62 .2050 .200 en
JP 81  10 901,902,906,908          9    5   .968 .74 .0833 .190 en
KR 82  10 102,103,104,106          9    2.4 .970 .74 .0494 .046 en
TW 886 9  90,91,92,93,97           8    1.4 .962 .71 .0593 .230 en
HK 852 8  61,65,69,94,97           8    2   .965 .72 .0804 .060 en
CN 86  11 13,153,18                8    1.6 .890 .55 .0560 .040 en
AU 61  9  40,41,42,43              10   9   .979 .78 .0515 .075 en
NZ 64  9  21,22,27,28              12   2   .977 .77 .1050 .110 en
BR 55  11 119,219,319,419          -3   9   .940 .68 .0679 .180 pt
MX 52  10 33,44,55,81              -6   10  .945 .69 .0798 .060 es
AR 54  11 9112,9113,9115           -3   3   .930 .66 .0726 .260 es
CL 56  9  92,94,95,84              -4   1.8 .945 .69 .0592 .080 es
CO 57  10 300,301,304,31           -5   3   .938 .67 .0607 .050 es
PE 51  9  9                        -5   1.6 .930 .66 .0937 .070 es
EC 593 9  967,978,98,99            -5   .9  .920 .63 .1750 .260 es
UY 598 8  91,92,94,98              -3   .5  .945 .69 .0838 .280 es
CR 506 8  83,85,86,87              -6   .6  .945 .69 .0445 .110 es
DO 1   10 8092,8295,8492           -4   1.2 .938 .67 .0756 .190 es
GT 502 8  3,4,5                    -6   .8  .925 .64 .1360 .190 es
JM 1   10 8763,8764,87652          -5   .6  .930 .65 .1770 .290 en
UZ 998 9  90,91,93,97              5    .3  .890 .52 .3540 .170 en
KZ 7   10 701,702,705,777          5    .7  .905 .58 .2590 .210 en
AZ 994 9  40,50,55,70,77           4    .4  .885 .52 .4040 .390 en
GE 995 9  555,596,597              4    .5  .925 .62 .1600 .280 en
AM 374 8  43,49,77,94              4    .4  .925 .62 .1780 .290 en
LV 371 8  20,22,24,26              2    .5  .955 .70 .0695 .650 en
LT 370 8  6                        2    .6  .955 .70 .0535 .480 en
EE 372 8  5,813,843                2    .5  .962 .72 .0798 .390 en
RS 381 9  60,63,64                 1    .8  .945 .68 .1770 .330 en
HR 385 9  91,92,95,98              1    .8  .955 .70 .0850 .240 en
SI 386 8  30,31,41,51              1    .5  .960 .71 .2340 .430 en
SK 421 9  905,907,911,912          1    .9  .960 .72 .0919 .140 en
LU 352 9  621,628,691              1    .4  .972 .74 .0890 .130 fr
MT 356 8  79,92,99                 1    .3  .965 .73 .0692 .210 en
IS 354 7  69,78,84,85              0    .3  .972 .75 .0660 .100 en
CY 357 8  96,97,99                 2    .4  .962 .71 .0710 .080 en
TJ 992 9  90,91,92,93              5    .1  .870 .45 .4240 .260 en
KG 996 9  55,70,77                 6    .1  .880 .47 .2200 .230 en
MV 960 7  7,9                      5    .2  .915 .58 .0331 .850 en
SO 252 8  6,7                      3    .1  .800 .30 .0991 .860 en
SL 232 8  30,33,76,77              0    .1  .820 .35 .2810 .690 en
JO 962 9  772,775,776,79           3    .7  .925 .63 .2180 .260 en
KW 965 8  50,55,90,99              3    .6  .945 .67 .1830 .190 en
QA 974 8  3,5,6,7                  3    .6  .948 .68 .1500 .320 en
OM 968 8  91,92,95,99              4    .4  .925 .62 .1490 .330 en
BH 973 8  33,36,39                 3    .4  .945 .67 .0590 .190 en
LB 961 8  70,71                    2    .4  .905 .58 .0980 .250 fr
TN 216 8  2,5,9                    1    .5  .905 .57 .2250 .680 fr
DZ 213 9  55,66,77                 1    .4  .890 .52 .2880 .590 fr
SN 221 9  70,76,77,78              0    .4  .895 .55 .1380 .480 fr
CI 225 10 01,05,07                 0    .4  .890 .54 .2780 .520 fr
UG 256 9  70,75,77,78              3    .5  .895 .56 .2390 .390 en
TZ 255 9  62,68,7                  3    .5  .895 .56 .2150 .470 en
ET 251 9  9                        3    .5  .870 .50 .2200 .290 en
KH 855 8  1,93                     7    .4  .890 .53 .1770 .130 en
MM 95  8  921,950                  6.5  .2  .850 .42 .2900 .290 en
`;

const languages: readonly Language[] = ['en', 'de', 'es', 'fr', 'pt'];

function parse(line: string): Country {
  const [iso = '', dial = '', digits, mobile = '', ...rest] = line.split(/\s+/);
  const [offset = 0, weight = 0, delivery = 0, conversion = 0, sms = 0, voice = 0] = rest.map(Number);
  const language = languages.find((code) => code === rest.at(-1)) ?? 'en';
  const prefixes = mobile.split(',');
  return {
    iso,
    dial,
    digits: Number(digits),
    mobile: prefixes,
    offset,
    weight,
    delivery,
    conversion,
    sms,
    voice,
    language,
  };
}

/** Every country the generator can send to, by no particular order. */
export const countries: readonly Country[] = table.trim().split('\n').map(parse);

const byIso = new Map(countries.map((country) => [country.iso, country]));

/** The country with this ISO code. Throws for one that is not in the table: a mistake in the options, not in data. */
export function countryByIso(iso: string): Country {
  const country = byIso.get(iso);
  if (country === undefined) throw new RangeError(`The simulator has no country "${iso}".`);
  return country;
}
