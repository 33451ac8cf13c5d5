import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBlockDictionary } from '../../../../src/adapters/evidence/ingest/blockDictionary.ts';
import { fourDigits } from '../../../../src/adapters/evidence/ingest/digits.ts';
import { createMinutes } from '../../../../src/adapters/evidence/ingest/minutes.ts';
import { isAt, patternOf } from '../../../../src/adapters/evidence/ingest/pattern.ts';
import { createRecipients } from '../../../../src/adapters/evidence/ingest/recipients.ts';
import { countryCodes } from '../../../../src/adapters/evidence/ingest/rowBuilder.ts';
import { readSid } from '../../../../src/adapters/evidence/ingest/sidWords.ts';
import { isPlainAscii, skipAscii, skipText, skipToDelimiter } from '../../../../src/adapters/evidence/ingest/text.ts';
import { countryOf } from '../../../../src/core/traffic/country.ts';
import { secondsOf } from '../../../../src/core/traffic/logRow.ts';
import { blockKey } from '../../../../src/core/traffic/numberBlock.ts';

/** Bytes in the middle of others, as they lie in the buffer of a file. */
function placed(content: Uint8Array) {
  const bytes = Buffer.concat([Buffer.from('zzz'), content, Buffer.from('\n0"1"2"3"4"5"67"')]);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { bytes, view, start: 3, end: 3 + content.length };
}

/** The first quote that makes a JSON text of what is before it; -1 for none. */
function textEnd(line: string): number {
  for (let quote = line.indexOf('"'); quote >= 0; quote = line.indexOf('"', quote + 1))
    try {
      JSON.parse(`"${line.slice(0, quote)}"`);
      return quote;
    } catch {
      // The next one may be it.
    }
  return -1;
}

const awkward = fc.uint8Array({ maxLength: 24 }).map((all) => Buffer.from(all.filter((byte) => byte !== 0x0a)));
const nearQuotes = fc
  .array(fc.constantFrom(0x20, 0x1f, 0x21, 0x22, 0x23, 0x5b, 0x5c, 0x5d, 0x61, 0x7f, 0x80, 0xa2, 0xdc, 0xff, 0x00), {
    maxLength: 24,
  })
  .map((all) => Buffer.from(all));
const anyBytes = fc.oneof(awkward, nearQuotes);

describe('four bytes at a time is what byte by byte is', () => {
  it('for the end of a JSON text', () => {
    fc.assert(
      fc.property(anyBytes, (content) => {
        const { bytes, view, start } = placed(Buffer.concat([content, Buffer.from('"')]));
        const line = bytes.toString('latin1', start, bytes.indexOf(0x0a));
        const end = textEnd(line);
        expect(skipText(bytes, view, start)).toBe(end < 0 ? -1 : start + end);
        const quote = line.indexOf('"');
        const plain = bytes
          .subarray(start, start + quote)
          .every((byte) => byte >= 0x20 && byte < 0x80 && byte !== 0x5c);
        expect(skipAscii(bytes, view, start)).toBe(plain ? start + quote : -1);
      }),
      { numRuns: 2000 },
    );
  });

  it('for delimiters and plain text of CSV', () => {
    fc.assert(
      fc.property(anyBytes, fc.constantFrom(0x2c, 0x3b, 0x09), (content, delimiter) => {
        const { bytes, view, start, end } = placed(content);
        const ends = [bytes.indexOf(delimiter, start), bytes.indexOf(0x0a, start)].filter((at) => at >= 0);
        expect(skipToDelimiter(view, start, delimiter)).toBe(Math.min(...ends));
        expect(isPlainAscii(view, start, end)).toBe(content.every((byte) => byte >= 0x20 && byte < 0x80));
      }),
      { numRuns: 2000 },
    );
  });

  it('for comparing', () => {
    fc.assert(
      fc.property(awkward, fc.nat(23), fc.nat(255), (content, at, byte) => {
        const pattern = patternOf(content);
        const same = placed(content);
        expect(isAt(pattern, same.view, same.start)).toBe(true);
        if (at >= content.length) return;
        const other = Buffer.from(content);
        other[at] = byte;
        const { view, start } = placed(other);
        expect(isAt(pattern, view, start)).toBe(other.equals(content));
      }),
    );
  });

  it('for four digits, whatever stands there instead', () => {
    const near = [0x2f, 0x30, 0x31, 0x39, 0x3a, 0x35, 0x20, 0x70, 0xb0, 0xb5];
    for (const a of near)
      for (const b of near)
        for (const c of near)
          for (const d of near) {
            const bytes = Buffer.from([a, b, c, d]);
            const text = bytes.toString('latin1');
            expect(fourDigits(bytes.readInt32LE(0))).toBe(/^[0-9]{4}$/.test(text) ? Number(text) : -1);
          }
  });

  it('for a SID', () => {
    const digit = fc.constantFrom(...'0123456789abcdefABCDEF', 'g', '/', ':', '@', '`');
    fc.assert(
      fc.property(
        fc.string({ unit: digit, minLength: 32, maxLength: 32 }),
        fc.constantFrom('SM', 'MM', 'CA'),
        (id, kind) => {
          const words = new Uint32Array(8);
          const { view, start, end } = placed(Buffer.from(kind + id));
          const valid = kind !== 'CA' && /^[0-9a-fA-F]{32}$/.test(id);
          expect(readSid(view, start, end, words, 4)).toBe(valid);
          if (valid)
            expect([...words.subarray(4)].map((word) => word.toString(16).padStart(8, '0')).join('')).toBe(
              id.toLowerCase(),
            );
        },
      ),
    );
  });
});

it('a recipient has the country and the block its text has', () => {
  const recipients = createRecipients();
  const codes = countryCodes();
  const number = fc
    .tuple(
      fc.constantFrom('', '1', '7', '44', '39', '61', '599', '882', '1242', '7958', '447781', '447624', '76'),
      fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 14 }),
    )
    .map((parts) => `+${parts.join('')}`);
  const odd = fc.constantFrom(
    '',
    '+',
    '+1415555010a',
    '12345',
    'NORTHWIND',
    'whatsapp:+4915112345678',
    '+7958111XXXX',
    '+1234a67890',
    '+7958 11223',
    '+44778112',
    '+447781123',
    '+76123456',
  );
  fc.assert(
    fc.property(fc.oneof(number, number, number, odd), (text) => {
      const { bytes, view, start, end } = placed(Buffer.from(text));
      recipients.read(bytes, view, start, end);
      expect({ country: codes[recipients.country], block: recipients.block }).toEqual({
        country: countryOf(text),
        block: blockKey(text),
      });
    }),
    { numRuns: 3000 },
  );
});

it('an instant in the minute of the one before is what it is alone', () => {
  const secondsAt = createMinutes();
  const at = fc.constantFrom(
    '2026-11-20T10:00:01Z',
    '2026-11-20T10:00:59Z',
    '2026-11-20T10:00:60Z',
    '2026-11-20T10:00:0xZ',
    '2026-11-20T10:00:7:Z',
    '2026-11-20T10:00:07z',
    '2026-11-20T10:01:07Z',
    '2026-11-20T10:00.07Z',
    '2026-11-20T10:00:07.500Z',
    '2026-11-20T10:00:1',
    '2026-12-20T10:00:01Z',
  );
  fc.assert(
    fc.property(fc.array(at, { minLength: 2, maxLength: 6 }), (texts) => {
      for (const text of texts) {
        const { bytes, view, start, end } = placed(Buffer.from(text));
        const seconds = /^\d{4}-\d\d-\d\dT\d\d:\d\d:[0-5]\d(\.\d{3})?Z$/.test(text) ? secondsOf(text) : -1;
        expect(secondsAt(bytes, view, start, end)).toBe(seconds);
      }
    }),
  );
});

it('many blocks get the codes they get one by one', () => {
  const [many, single] = [createBlockDictionary(), createBlockDictionary()];
  const keys = Float64Array.from({ length: 9000 }, (_, n) => 10 ** (5 + (n % 8)) + (n % 3000));
  const codes = new Uint32Array(9010);
  many.codesOf(keys, 9000, codes, 10);
  expect([...codes.subarray(10)]).toEqual([...keys].map((key) => single.codeOf(key)));
  expect([...codes.subarray(10)].map((code) => many.keys()[code])).toEqual([...keys]);
});
