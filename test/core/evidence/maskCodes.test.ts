import fc from 'fast-check';
import { expect, test } from 'vitest';
import { maskCodes } from '../../../src/core/evidence/maskCodes.ts';
import { withCode, withoutCode } from './codeCorpus.ts';

/** What a code becomes: every digit and letter an X. */
const hidden = (code: string) => code.replace(/[\p{Nd}\p{No}\p{L}]/gu, 'X');

test('the corpus is broad', () => {
  expect(withCode.length).toBeGreaterThanOrEqual(60);
  expect(new Set(withCode.map(([language]) => language)).size).toBeGreaterThanOrEqual(12);
  expect(withoutCode.length).toBeGreaterThanOrEqual(40);
});

const cases = withCode.map(([language, text, code, ...more]) => ({ language, text, codes: [code, ...more] }));

test.each(cases)('$language: the code is masked, all else stays: $text', ({ text, codes }) => {
  const expected = codes.reduce((clean, code) => clean.replaceAll(code, hidden(code)), text);
  const { text: clean, masked } = maskCodes(text);
  expect(clean).toBe(expected);
  expect(masked).toBeGreaterThan(0);
});

test.each(withoutCode)('no code, so nothing changes: %s', (text) => {
  expect(maskCodes(text)).toEqual({ text, masked: 0 });
});

const digits = fc.stringMatching(/^[0-9]{4,8}$/);
const words = fc.constantFrom('Your code is ', 'OTP: ', 'PIN ', 'Ваш код ', 'رمز ', '验证码：', 'Use ', '');
const ends = fc.constantFrom('', '.', ' is your code', ' (10 min)', '\nCall +14155550100', '。', ' Bye');

test('whatever the code and the words around it, no digit of the code is left', () => {
  fc.assert(
    fc.property(words, digits, ends, (before, code, after) => {
      const year = /^(?:19|20)\d\d$/.test(code) && (before === '' || before === 'Use ') && !after.includes('code');
      const { text } = maskCodes(`${before}${code}${after}`);
      // The phone number stays, and may have the digits of the code in it.
      const rest = after.includes('+1') ? text.replace('+14155550100', '') : text;
      expect(rest.includes(code)).toBe(year);
      if (after.includes('+1')) expect(text).toContain('+14155550100');
    }),
    { numRuns: 3000 },
  );
});

test('any text can be masked, and nothing happens to it but letters and digits that become X', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc
      .array(
        fc.constantFrom(
          ...withCode.map(([, text]) => text),
          ...withoutCode,
          '1 ',
          '123456789 ',
          '+1 ',
          '+',
          '-',
          '.',
          'code',
        ),
        {
          maxLength: 6,
        },
      )
      .map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const { text: clean, masked } = maskCodes(text);
      const [before, after] = [[...text], [...clean]];
      expect(after).toHaveLength(before.length);
      const changed = after.filter((one, i) => one !== before[i]);
      expect(changed.every((one) => one === 'X')).toBe(true);
      expect(before.every((one, i) => one === after[i] || /[\p{Nd}\p{No}A-Za-z]/u.test(one))).toBe(true);
      expect(masked > 0).toBe(changed.length > 0);
    }),
    { numRuns: 3000 },
  );
});

test('time grows with the length of the text, whatever the text', () => {
  const parts = [
    '1',
    '1 ',
    '123456789 ',
    '+1 ',
    '1-',
    'a',
    'A1',
    'code ',
    'code:',
    'a.',
    'a-',
    'www.',
    'http://a/',
    '=code',
    '/otp',
    '$1 ',
    '12:',
    '１',
    '（',
  ];
  // Milliseconds of this thread's CPU: others that use the machine must not count.
  const cpu = (): number => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  };
  const takes = (text: string): number => {
    const runs = Array.from({ length: 5 }, () => {
      const begin = cpu();
      maskCodes(text);
      return cpu() - begin;
    });
    return Math.min(...runs);
  };
  // Named a code, so that words are looked at as well.
  const named = ['1-', 'a-', 'A1-', 'ABCD-'].map(
    (part) => (length: number) => `code: ${part.repeat(length / part.length)}`,
  );
  const alike = parts.map((part) => (length: number) => part.repeat(length / part.length));
  for (const textOf of [...alike, ...named]) {
    const part = textOf(20);
    const [small, large] = [20_000, 160_000].map((length) => takes(textOf(length)));
    // Eight times the text; quadratic time would be 64 times. Two milliseconds are noise.
    expect((large ?? 0) / Math.max(small ?? 0, 2), part).toBeLessThan(40);
  }
});
