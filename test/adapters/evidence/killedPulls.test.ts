import { expect, test } from 'vitest';
import { freshFolder } from './journals.ts';
import { killPulls } from './killedPulls.ts';

const folder = freshFolder();

test('collections killed three times at random and resumed: all that Twilio holds is there, once, and nothing was called complete before', async () => {
  expect(await killPulls(folder.path, 3)).toMatchObject({ kills: 3, lost: 0, doubled: 0, untrue: 0 });
});
