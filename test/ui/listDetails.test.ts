import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const folder = path.resolve('src/ui');
/** What fits into the one line that VS Code gives the detail of a list's entry. */
const oneLine = 82;

/** Details that are written out, with what is put into them counted as so many characters as stand for it. */
function details(text: string): readonly string[] {
  return [...text.matchAll(/\bdetail\s*:\s*(['`])([^'`]*)\1/g)].map(([, , written = '']) => written);
}

test('the last sentence of a list’s entry is not cut off', () => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const found = files.flatMap((name) => details(readFileSync(path.join(folder, name), 'utf8')));
  expect(found.length).toBeGreaterThan(40);
  expect(found.filter((detail) => detail.length > oneLine)).toEqual([]);
});
