import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { copyOfTheTree, sabotaged, sabotages, tried } from '../soak/sabotages.ts';

const root = path.resolve(import.meta.dirname, '../..');
const sourceOf = (file: string) => readFileSync(path.join(root, file), 'utf8');

test.each(sabotages.map((one) => [one.name, one] as const))(
  'it can still be tried what happens when %s, and the test that finds it is there',
  (_, sabotage) => {
    expect(sabotaged(sabotage, sourceOf(sabotage.file))).not.toBe(sourceOf(sabotage.file));
    // Names of tests in tables are put together when they run.
    const words = sabotage.test.name.replace(/^refuses /, '');
    expect(sourceOf(sabotage.test.file)).toContain(words);
  },
);

test('a sabotage whose place in the code has changed says so', () => {
  const [first] = sabotages;
  if (!first) throw new Error('there are no sabotages');
  expect(() => sabotaged(first, 'something else')).toThrow('no longer applies');
});

test('without reading back, the test of what cannot be read back fails, and passes with it', () => {
  const sabotage = sabotages.find(({ name }) => name === 'nothing is read back');
  if (!sabotage) throw new Error('there is no such sabotage');
  const copy = copyOfTheTree();
  try {
    expect(tried(sabotage, copy)).toEqual({ whole: 'passed', spoilt: 'failed' });
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
});
