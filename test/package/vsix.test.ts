import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { listFiles, PackageManager } from '@vscode/vsce';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packageExtension } from '../../scripts/package.ts';
import { root } from '../../scripts/setup/toolchain.mjs';

const budgetKb = 1536;
const mayShip =
  /^(package\.json|README\.md|CHANGELOG\.md|LICENSE|dist\/[\w./-]+\.(js|css)|media\/[\w./-]+\.(svg|png|css|json|md|ttf))$/;

describe('the package that people install', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'twilio-incident-vsix-'));
  const vsix = path.join(folder, 'extension.vsix');
  let files: string[] = [];

  beforeAll(async () => {
    await packageExtension(vsix);
    files = await listFiles({ cwd: root, packageManager: PackageManager.None });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('holds nothing but what runs and what people read', () => {
    expect(files.filter((file) => !mayShip.test(file))).toEqual([]);
  });

  test('holds the extension, its manifest, its licence and its read-me', () => {
    expect(files).toEqual(expect.arrayContaining(['package.json', 'README.md', 'LICENSE', 'dist/extension.js']));
  });

  test('holds few script files, because each costs a start time', () => {
    expect(files.filter((file) => file.endsWith('.js')).length).toBeLessThanOrEqual(60);
  });

  test(`is not larger than ${budgetKb} KB`, () => {
    expect(statSync(vsix).size / 1024).toBeLessThanOrEqual(budgetKb);
  });
});
