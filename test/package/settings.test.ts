import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { liveWatchSetting, protectedSetting } from '../../src/core/manifest/contributes.ts';
import { readThresholds } from '../../src/core/validate/thresholdSettings.ts';

// A folder that somebody else made must not change where credentials go, nor what is protected or judged.
const { contributes } = JSON.parse(readFileSync('package.json', 'utf8'));
const properties: Readonly<Record<string, { readonly scope?: string }>> = contributes.configuration.properties;

test('every setting is the user’s alone: none can come from a workspace', () => {
  for (const [name, { scope }] of Object.entries(properties)) expect([name, scope]).toEqual([name, 'application']);
});

test('no setting says where requests go', () => {
  expect(Object.keys(properties).filter((name) => /host|url|address|proxy|edge|region|endpoint/i.test(name))).toEqual(
    [],
  );
});

test('what is declared is read, and nothing else is: a setting without a declaration has no scope', () => {
  const read = new Set<string>([protectedSetting, liveWatchSetting]);
  readThresholds((name) => void read.add(name));
  expect([...read].toSorted()).toEqual(Object.keys(properties).toSorted());
});

test('settings are read as the user set them, whatever a workspace says, and nowhere but here', () => {
  const readers = globSync('src/**/*.ts').flatMap((file) => {
    const reads = readFileSync(file, 'utf8').match(/getConfiguration\b[^;]*;(?:[^;]*configuration\b[^;]*;)?/g) ?? [];
    return reads.map((code) => [file.replaceAll('\\', '/'), /\.inspect\([^)]*\)\?\.globalValue/.test(code)]);
  });
  expect(readers.toSorted()).toEqual([
    // VS Code's own, whether it shows a welcome page.
    ['src/extension.ts', false],
    ['src/ui/liveWatch.ts', true],
    ['src/ui/protectedNames.ts', true],
    ['src/ui/validateOpen.ts', true],
  ]);
});
