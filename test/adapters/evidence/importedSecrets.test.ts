import fc from 'fast-check';
import { expect, test } from 'vitest';
import { keptText } from '../../../src/adapters/evidence/importedSecrets.ts';
import { cpuTime } from '../../core/cpuTime.ts';

const lines = { kind: 'lines' } as const;

test('wherever JSON is cut, and however often it is a text in a text, no secret in it is kept', () => {
  const secret = fc.string({ minLength: 24, maxLength: 40, unit: fc.constantFrom('f', '0', '"', '\\', ' ', ':') });
  const inText = (value: object, times: number): object =>
    times === 0 ? value : { reply: JSON.stringify(inText(value, times - 1)) };
  fc.assert(
    fc.property(secret, fc.nat(2), fc.nat(400), (own, times, cut) => {
      const marked = `feed${own}cafe`;
      const json = JSON.stringify(inText({ sid: 'AC', auth_token: marked, name: 'Acme' }, times));
      const kept = keptText(json.slice(0, cut), lines);
      expect(kept).not.toContain('feed');
      expect(kept).not.toContain('cafe');
      if (cut >= json.length) expect(kept).toContain('Acme');
    }),
    { numRuns: 2000 },
  );
});

test('a row without secrets is kept as it is, up to what is kept of any', () => {
  const row = '{"sid":"x","body":"the \\"secret\\": none","tokens":"3"}';
  expect(keptText(row, lines)).toBe(row);
  expect(keptText(`${row}${'é'.repeat(1e6)}`, lines)).toHaveLength(8192);
});

test.each(['\\', '"', '"a":', '"secret":"', '"secret":"\\"', '\\"a\\":'])(
  'a row of nothing but %j takes no time',
  (piece) => {
    expect(cpuTime(() => keptText(piece.repeat(100_000), lines))).toBeLessThan(8);
  },
);
