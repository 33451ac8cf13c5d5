import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { commands } from '../../src/core/manifest/commands.ts';
import { actions, nodes } from '../../src/core/registry.ts';

const sources = globSync('src/**/*.ts').map((file) => ({
  file: file.replaceAll('\\', '/'),
  text: readFileSync(file, 'utf8'),
}));

/** Files that contain something only one file may contain. */
const filesWith = (pattern: RegExp, folder = 'src/') =>
  sources.filter(({ file, text }) => file.startsWith(folder) && pattern.test(text)).map(({ file }) => file);

test('core has neither clock nor randomness', () => {
  expect(filesWith(/\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bperformance\./, 'src/core/')).toEqual([]);
});

test('one file shows toasts', () => {
  expect(filesWith(/window\.show(Information|Warning|Error)Message/)).toEqual(['src/ui/say.ts']);
});

test('one file sets context keys and one registers commands', () => {
  expect(filesWith(/'setContext'/)).toEqual(['src/ui/contextKey.ts']);
  expect(filesWith(/commands\.registerCommand\(/)).toEqual(['src/ui/commands.ts']);
});

test('one file opens sockets to Twilio, one knows its SDK', () => {
  expect(filesWith(/from 'node:(https|tls|http2|dgram|undici)'|globalThis\.fetch|await fetch\(/)).toEqual([
    'src/adapters/twilio/socket.ts',
  ]);
  expect(filesWith(/(from |import\()['"]twilio/, 'src/')).toEqual(['src/adapters/twilio/sdk.ts']);
});

test('hostile text meets no dangerous sink', () => {
  expect(
    filesWith(
      /innerHTML|insertAdjacentHTML|document\.write|isTrusted = true|supportHtml = true|enableCommandUris|\beval\(|new Function\(/,
    ),
  ).toEqual([]);
});

test('files stay small', () => {
  const generated = new Set(['src/core/traffic/dialPrefixes.ts']);
  const lengths = sources
    .filter(({ file }) => !generated.has(file))
    .map(({ file, text }) => ({ file, lines: text.split('\n').length - 1 }));
  expect(lengths.filter(({ lines }) => lines > 250)).toEqual([]);
  const sorted = lengths.map(({ lines }) => lines).toSorted((a, b) => a - b);
  expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(80);
});

test('ids of nodes, actions and commands are unique, and equal their file names', () => {
  const ids = [...Object.keys(commands), ...actions.map(({ id }) => id), ...nodes.map(({ id }) => id)];
  expect(new Set(ids).size).toBe(ids.length);
  const names = (folder: string) =>
    globSync(`src/core/${folder}/*.ts`)
      .map((file) => file.replace(/^.*[\\/]|\.ts$/g, ''))
      .toSorted();
  expect(nodes.map(({ id }) => id).toSorted()).toEqual(names('nodes'));
  expect(actions.map(({ id }) => id).toSorted()).toEqual(names('actions'));
});

test('every action that promises a way back names an action that exists', () => {
  for (const { undo, reversibility } of actions) {
    if (reversibility === 'irreversible') expect(undo).toBeUndefined();
    else expect(actions.map(({ id }) => id)).toContain(undo?.actionId);
  }
});
