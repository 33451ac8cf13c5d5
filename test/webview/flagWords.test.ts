import { expect, it } from 'vitest';
import { flagWords, stretchWords } from '../../src/webview/flagWords.ts';
import { row } from './states.ts';

const at = (day: number, hour: number): number => Date.UTC(2026, 10, day, hour);

it('a flag whose surge is over says when it was, in the past', () => {
  const surging = row({ flag: 'surging', since: at(20, 14) });
  expect(flagWords(surging)).toBe('Surging');
  expect(flagWords({ ...surging, until: at(20, 18) })).toBe('Surged 20 Nov 14:00–18:00 UTC');
  const fresh = row({ flag: 'never-seen', since: at(20, 14) });
  expect(flagWords(fresh)).toBe('Never seen before');
  expect(flagWords({ ...fresh, until: at(20, 18) })).toBe('New, surged 20 Nov 14:00–18:00 UTC');
  expect(flagWords(row())).toBe('');
});

it('hours name the second day where there is one, and the end alone where the beginning is not known', () => {
  expect(stretchWords(at(20, 22), at(21, 3))).toBe('20 Nov 22:00–21 Nov 03:00 UTC');
  expect(stretchWords(null, at(21, 3))).toBe('until 21 Nov 03:00 UTC');
});
