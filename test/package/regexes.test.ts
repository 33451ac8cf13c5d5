import { check } from 'recheck';
import { expect, it, vi } from 'vitest';
import { composedRegexes, type FoundRegex, writtenRegexes } from './regexes.ts';

const limits = { timeout: 60_000 };
/** The checker looks at the clock as well, and on a busy machine anything takes long; what is slow by itself is so each time, as the same texts are tried. */
const mostTries = 4;
/**
 * What the checker takes for slow although each place of a text is looked at a bounded number of times: its repeats end after 24, 52 and 64 characters.
 * `maskCodes.test.ts` and `untrusted/speed.test.ts` measure that what they are for is linear.
 */
const bounded = [
  'src/core/evidence/urlCodes.ts',
  'src/core/evidence/wordCodes.ts',
  'src/core/untrusted/phoneNumbers.ts',
];

/** Names of those that a text of their own making could keep busy for longer than in proportion to its length. */
async function slow(regexes: readonly FoundRegex[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { source, flags, file } of regexes) {
    const look = async () => (await check(source, flags, limits)).status;
    let status = await look();
    for (let tries = 1; status !== 'safe' && tries < mostTries; tries += 1) status = await look();
    if (status !== 'safe') found.push(`${file} /${source}/${flags}: ${status}`);
  }
  return found;
}

it('no regular expression takes longer than in proportion to a text, whoever wrote it', async () => {
  // Those of modules that are loaded already are made.
  vi.resetModules();
  const written = await writtenRegexes();
  const composed = await composedRegexes();
  expect(written.length).toBeGreaterThan(200);
  expect(composed.length).toBeGreaterThan(10);
  const found = await slow([...written, ...composed]);
  expect(found.filter((one) => !bounded.some((file) => one.startsWith(`${file} `)))).toEqual([]);
  expect(found).toHaveLength(bounded.length);
});
