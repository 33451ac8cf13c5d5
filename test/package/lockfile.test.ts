import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../scripts/setup/toolchain.mjs';

interface Locked {
  readonly version?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const lock: { packages: Record<string, Locked> } = JSON.parse(
  readFileSync(path.join(root, 'package-lock.json'), 'utf8'),
);

/** Whether node's lookup from the package at `where` finds `name`: in its own node_modules, or in one further out. */
function isLocked(name: string, where: string): boolean {
  const folders = where
    .split('/node_modules/')
    .map((_, depth, all) => `${all.slice(0, depth + 1).join('/node_modules/')}/`);
  return ['', ...folders].some((folder) => lock.packages[`${folder}node_modules/${name}`]?.version !== undefined);
}

// A registry that lacks a package for some other platform leaves it out of the lockfile, and then npm ci refuses everywhere.
test('the lockfile names every optional package, also those for other platforms', () => {
  const missing = Object.entries(lock.packages).flatMap(([where, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter((name) => !isLocked(name, where)),
  );
  expect(missing).toEqual([]);
});
