import { expect, test } from 'vitest';
import { refreshedToast } from '../../../src/core/rca/refreshed.ts';

test('a toast counts what was taken new, what was kept and what is undecided', () => {
  const mine = 'What you wrote is as it was.';
  expect(refreshedToast(2, [])).toBe(`RCA.md: 2 parts brought up to date. ${mine}`);
  expect(refreshedToast(0, ['taken'])).toBe(
    'RCA.md: 1 part brought up to date. Of these, 1 part replaced what you wrote there, as you chose; Undo brings it back. All else you wrote is as it was.',
  );
  expect(refreshedToast(1, ['kept', 'open', 'open'])).toBe(
    `RCA.md: 1 part brought up to date. 1 part kept as you wrote it. 2 parts you changed are undecided and as before. ${mine}`,
  );
  expect(refreshedToast(0, [], ['impact', 'evidence'])).toBe(
    'RCA.md: 0 parts brought up to date. Not in it any more, or new: impact, evidence.',
  );
});
