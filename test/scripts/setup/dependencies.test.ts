import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isInstalled } from '../../../scripts/setup/dependencies.mjs';
import { projectNode } from '../../../scripts/setup/toolchain.mjs';

const wanted = {
  '': { name: 'checkout' },
  'node_modules/a': { version: '1.0.0' },
  'node_modules/other-platform': { version: '3.0.0', optional: true },
};
let checkout = '';

const write = (file: string, content: unknown) => writeFileSync(path.join(checkout, file), JSON.stringify(content));

beforeEach(() => {
  checkout = mkdtempSync(path.join(tmpdir(), 'checkout-'));
  mkdirSync(path.dirname(projectNode(checkout)), { recursive: true });
  writeFileSync(projectNode(checkout), '');
  write('package-lock.json', { packages: wanted });
  write('node_modules/.package-lock.json', { packages: { 'node_modules/a': { version: '1.0.0' } } });
});
afterEach(() => rmSync(checkout, { recursive: true, force: true }));

test('a tree that holds what the lockfile asks for counts as installed, packages for other platforms aside', () => {
  expect(isInstalled(checkout)).toBe(true);
});

test('another version of a package than the lockfile asks for is not installed', () => {
  write('package-lock.json', { packages: { ...wanted, 'node_modules/a': { version: '1.0.1' } } });
  expect(isInstalled(checkout)).toBe(false);
});

test('a package the lockfile gained is not installed', () => {
  write('package-lock.json', { packages: { ...wanted, 'node_modules/b': { version: '1.0.0' } } });
  expect(isInstalled(checkout)).toBe(false);
});

test('an installation that was interrupted is not installed', () => {
  rmSync(path.join(checkout, 'node_modules/.package-lock.json'));
  expect(isInstalled(checkout)).toBe(false);
});

test('a tree whose install scripts did not run is not installed', () => {
  rmSync(projectNode(checkout));
  expect(isInstalled(checkout)).toBe(false);
});
