import { sidOf } from './logFiles.ts';
import type { RandomStream } from './randomRows.ts';

const hostileBodies = [
  'plain',
  '{"sid":"SM00000000000000000000000000000000"}',
  '","status":"failed","x":"',
  '\\',
  '"\\"',
  '</script><img src=x onerror=alert(1)>',
  '=HYPERLINK("http://evil.example")',
  '\u202Egpj.exe\u0000\u001b[31m',
  'Ünïcödé 🔥 \u2028 line',
  `${'é'.repeat(700)}`,
];
const ends = [
  '+79581112233',
  '+14155550100',
  '+4479111234',
  '+61891621234',
  'whatsapp:+4915112345678',
  'WhatsApp:+393331234567',
];
const oddEnds = [
  '+7958111XXXX',
  '7958111xxxx',
  '+1',
  '+',
  '',
  '12345',
  '123456789',
  'NORTHWIND',
  'Nörthwind',
  '+0012345678',
  '+999999999999999',
  '+1234567890123456',
  ' +14155550100',
  '+1415555010a',
  'client:bob',
  'sip:+1@x',
];
const dates = [
  '2026-11-20T10:00:01Z',
  '2026-11-20T23:59:59Z',
  '2025-01-01T00:00:00.500Z',
  'Fri, 20 Nov 2026 10:00:01 +0000',
];
const oddDates = [
  '2026-11-20',
  '2026-11-20T10:00:01',
  '2026-11-20 10:00:01',
  '2026-11-20T10:00:01+02:00',
  '2026-02-30T00:00:00Z',
  '2026-13-01T00:00:00Z',
  '2026-11-20T24:00:00Z',
  '2026-11-20T10:00:60Z',
  '1969-12-31T23:59:59Z',
  '2106-02-07T06:28:16Z',
  '2150-01-01T00:00:00Z',
  '0026-01-01T00:00:00Z',
  '2026-1-1T00:00:00Z',
  '2026-11-20T10:00:0xZ',
  '2026-11-20T10:00:01.0x0Z',
  '11/20/2026',
  'yesterday',
  '',
  'Fri, 20 Nov 2026 10:00:01 GMT',
  'Fri, 20 Nov 2026 02:00:01 PST',
];
const prices = [
  null,
  '-0.00790',
  '0',
  '-0',
  '-1.5',
  '-12',
  '-0.1234567',
  '1e-3',
  '-.5',
  '5.',
  '4294.967294',
  '4294.967295',
  '4295',
  '12345',
  '',
  ' 1 ',
  'abc',
  '--1',
  '-',
  'Infinity',
  '0x10',
  '00.5',
];

/** A line that is mostly a record of BulkExport, with everything that can be odd about one now and then. */
export function hostileLine(random: RandomStream, number: number): Buffer {
  const rarely = random.below(4) === 0;
  const odd = <T>(usual: T, strange: readonly T[], chance = 25): T =>
    random.below(chance) === 0 ? random.pick(strange) : usual;
  const fields: (readonly [string, string])[] = [
    [
      'sid',
      json(
        odd<unknown>(sidOf(number), [
          sidOf(number).toUpperCase(),
          `MM${sidOf(number).slice(2)}`,
          'SM12',
          '',
          null,
          7,
          `CA${'1'.repeat(32)}`,
          `SM${'g'.repeat(32)}`,
          `${sidOf(number)}0`,
        ]),
      ),
    ],
    ['to', json(odd<unknown>(random.pick(ends), [...oddEnds, null, 79_581_112_233, true, {}], 4))],
    ['from', json('+14155550100')],
    ['body', bodyOf(random)],
    [
      'status',
      json(
        odd<unknown>(random.pick(['delivered', 'failed', 'sent', 'undelivered', 'read']), [
          'Delivered',
          ' sent ',
          '',
          null,
          'x'.repeat(60),
          'später',
          3,
        ]),
      ),
    ],
    [
      'direction',
      json(
        odd<unknown>(
          random.pick(['outbound-api', 'inbound', 'outbound-reply']),
          ['Outbound-API', ' inbound ', 'out', '', null, 'x'.repeat(41), 4],
          50,
        ),
      ),
    ],
    [
      'error_code',
      odd(random.pick(['null', '30450', '30003', '"60410"']), [
        '0',
        '-1',
        '1.5',
        '1e3',
        '1000000',
        '9999999',
        '"007"',
        '""',
        'true',
        '"x"',
        '-0',
      ]),
    ],
    [
      'price',
      odd(json(random.pick(prices.slice(0, 6))), [...prices.map(json), '-0.0079', '0.10', '-0', '1E2', '[1]'], 6),
    ],
    ['num_segments', odd(random.pick(['1', '"2"']), ['0', '300', '"1000000"', '1.0', '-3', 'null', '""', '"1 "'])],
    ['date_sent', json(odd<unknown>(random.pick(dates), [...oddDates, null, 5, false], 10))],
    ['date_updated', json(odd<unknown>(random.pick(dates), [...oddDates, null]))],
    [
      'account_sid',
      json(odd<unknown>(`AC${(number % 7).toString().repeat(32)}`, ['AC1', '', null, `AC${'A'.repeat(32)}`, 'ÄC'])),
    ],
  ];
  if (random.below(3) > 0) fields.push(['date_created', json(odd<unknown>(random.pick(dates), oddDates))]);
  if (rarely) fields.push(['price_unit', json(random.pick(['USD', 'eur', '', 'EURO', null, 'ÄÖÜ', 1]))]);
  if (random.below(40) === 0) fields.push(['subresource_uris', '{"media":"/x","deep":[{"sid":"no"}]}']);
  if (random.below(40) === 0) fields.push(['dateSent', json(random.pick(dates))], ['accountSid', '"x"']);
  if (random.below(40) === 0) fields.push(random.pick(fields));
  if (random.below(60) === 0) fields.splice(random.below(fields.length), 1);
  if (random.below(60) === 0) fields.push(['\\u0073id', '"escaped name"'], ['__proto__', '1'], ['constructor', 'null']);
  if (random.below(2) === 0) shuffle(random, fields);
  const blank = random.pick(['', '', '', ' ', '\t', ' \r ']);
  const text = `${blank}{${fields.map(([name, value]) => `"${name}"${blank}:${blank}${value}`).join(`${blank},`)}}${random.pick(['', '', '\r', ' '])}`;
  return random.below(12) === 0 ? broken(random, text) : Buffer.from(text);
}

function json(value: unknown): string {
  return JSON.stringify(value);
}

function bodyOf(random: RandomStream): string {
  const text = json(random.pick(hostileBodies));
  return random.below(20) === 0
    ? random.pick(['"\\x"', '"\\u12g4"', '"a\tb"', '"\\/ok\\u0041"', '"\\ud83d"', '"\\'])
    : text;
}

function shuffle<T>(random: RandomStream, list: T[]): void {
  for (let i = list.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    const [a, b] = [list[i], list[j]];
    if (a === undefined || b === undefined) continue;
    list[i] = b;
    list[j] = a;
  }
}

/** Cut, or with one byte changed, added or not UTF-8; never with a line feed. */
function broken(random: RandomStream, text: string): Buffer {
  const bytes = Buffer.from(text);
  const at = random.below(bytes.length);
  if (random.below(4) === 0) return bytes.subarray(0, at);
  const byte = random.pick([0, 9, 0x22, 0x5c, 0x2c, 0x7b, 0x7d, 0x5b, 0x3a, 0x30, 0x80, 0xff, 0x20, 0x0d]);
  if (random.below(2) === 0) bytes[at] = byte;
  else return Buffer.concat([bytes.subarray(0, at), Buffer.from([byte]), bytes.subarray(at)]);
  return bytes;
}
