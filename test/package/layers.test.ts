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

const shipped = sources.filter(({ file }) => !file.startsWith('src/simulator/'));

test('one file opens sockets to Twilio, one knows its SDK', () => {
  const network =
    /(?:\b(?:import|export)\s+([^;'"]*?)\s*from\s*|\b(?:import|require|getBuiltinModule)\s*\(?\s*)['"`](?:node:)?(net|http|https|tls|http2|dgram|undici|ws)['"`]/g;
  const importers = shipped.flatMap(({ file, text }) =>
    [...text.matchAll(network)].map(([, what = 'all', from]) => `${file}: ${what} of ${from}`),
  );
  expect(importers.toSorted()).toEqual([
    // A lock: listens under a name that only this machine's kernel knows, and hangs up on whoever calls.
    'src/adapters/evidence/writerLock.ts: { createServer } of net',
    'src/adapters/twilio/socket.ts: http of http',
    'src/adapters/twilio/socket.ts: https of https',
    // What `https` hands out; the word stands for no code.
    'src/adapters/twilio/socket.ts: type { Socket } of net',
  ]);
  const globals =
    /\b(?:fetch|WebSocket|XMLHttpRequest|EventSource|sendBeacon)\s*\(|\b(?:globalThis|window|self)\.fetch\b/;
  expect(shipped.filter(({ text }) => globals.test(text)).map(({ file }) => file)).toEqual([]);
  expect(filesWith(/(from |import |import\(|require\()['"]twilio/)).toEqual(['src/adapters/twilio/sdk.ts']);
});

test('hostile text meets no dangerous sink', () => {
  expect(
    filesWith(
      /innerHTML|outerHTML|insertAdjacentHTML|document\.write|enableCommandUris|enabledCommands|\beval\(|new Function\(/,
    ),
  ).toEqual([]);
  // Set to anything but the word false, as a property or in an object: `isTrusted: { … }` counts, `isTrusted === x` does not.
  expect(filesWith(/\b(isTrusted|supportHtml)['"\]]*\s*[:=](?!=|\s*false\b)/)).toEqual([]);
});

test('one file makes Markdown for VS Code to draw, so that trust is decided in one place', () => {
  const makers = filesWith(/\bMarkdownString\s*\(|\bextends\s[\w.]*MarkdownString\b/);
  expect(makers).toEqual([expect.stringMatching(/^src\/ui\//)]);
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
