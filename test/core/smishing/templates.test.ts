import { describe, expect, it } from 'vitest';
import { createTemplates } from '../../../src/core/smishing/templates.ts';

const numbersOf = (bodies: readonly string[]) => {
  const made = createTemplates();
  return { numbers: bodies.map((body) => made.add(body)), templates: made.templates };
};

describe('templates of message bodies', () => {
  it('are one for bodies that differ in codes, names and ends of addresses', () => {
    const { numbers, templates } = numbersOf([
      'Hello Maria, your parcel 8812 is on hold. Pay now: https://pay.example/a7Qz',
      'Hello Tom, your parcel 1197 is on hold. Pay now: https://pay.example/Zk3',
      'Hello Priya, your parcel 4 is on hold. Pay now: https://pay.example/',
    ]);
    expect(new Set(numbers).size).toBe(1);
    expect(templates[numbers[0] ?? 0]).toMatchObject({ messages: 3 });
    expect(templates[numbers[0] ?? 0]?.words.join(' ')).toBe(
      'hello # your parcel # is on hold. pay now: https://pay.example/#',
    );
  });

  it('are another when the host is another, however alike the words', () => {
    const { numbers } = numbersOf([
      'Your order has left, see https://contoso.example/a1',
      'Your order has left, see https://c0ntoso.example/a1',
    ]);
    expect(numbers[0]).not.toBe(numbers[1]);
  });

  it('are one whether a one-time code was masked or not', () => {
    const { numbers } = numbersOf(['Code XXXXXX.', 'Code 123456.', 'Code XXX-XXX.']);
    expect(new Set(numbers).size).toBe(1);
  });

  it('are another when the wording is another', () => {
    const { numbers } = numbersOf(['Your order has left our warehouse today', 'Come and see the new autumn jackets']);
    expect(numbers[0]).not.toBe(numbers[1]);
  });

  it('keep a word with an x in it as a word', () => {
    const { numbers } = numbersOf(['Taxes due', 'Boxes due']);
    expect(numbers[0]).not.toBe(numbers[1]);
  });

  it('stay within bounds when no two bodies are alike', () => {
    const word = (i: number, j: number) =>
      String.fromCharCode(
        97 + ((i * 7 + j * 11) % 26),
        97 + ((i * 3 + j * 5) % 26),
        97 + (Math.floor(i / 26 + j) % 26),
      );
    const made = createTemplates();
    for (let i = 0; i < 5000; i++) made.add(Array.from({ length: 8 }, (_, j) => word(i, j)).join(' '));
    expect(made.templates.length).toBeLessThan(100);
    expect(made.templates.reduce((sum, { messages }) => sum + messages, 0)).toBe(5000);
  });

  it('are found for empty, endless and broken bodies too', () => {
    const { numbers } = numbersOf(['', ' \n\t', 'x'.repeat(100_000), '\ud800 \udc00']);
    expect(numbers.slice(0, 2)).toEqual([0, 0]);
  });
});
