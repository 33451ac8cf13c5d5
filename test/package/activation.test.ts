import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../scripts/setup/toolchain.mjs';

const src = path.join(root, 'src');
// Imports and exports of values: types are gone when the code runs, and `import('…')` loads later.
const loaded = /^(?:import|export) (?!type\b)(?:[^;']*? from )?'(\.[^']+)'/gm;

/** What is loaded before the first row shows: the files that `file` imports, each with what it imports. */
function loadedBy(file: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(file)) return found;
  found.add(file);
  for (const [, to = ''] of readFileSync(file, 'utf8').matchAll(loaded))
    loadedBy(path.resolve(path.dirname(file), to), found);
  return found;
}

/** Work that comes later, if at all: each has a door of its own that imports it then. */
const heavy =
  /^(adapters|simulator|webview)\/|^core\/(traffic\/detect|bulkExport|smishing|signals|consoleSteps)\/|^core\/(signalRegistry|consoleStepRegistry|validate\/validate|contain\/apply|contain\/excess|rca\/createRca)\.ts$|^ui\/(containment|pickSteps|pickTargets|bulkExport|exportEvidence|trafficPanel)\.ts$/;

test('activation loads nothing that only later work needs, and few files', () => {
  const files = [...loadedBy(path.join(src, 'extension.ts'))].map((file) =>
    path.relative(src, file).replaceAll('\\', '/'),
  );
  expect(files.filter((file) => heavy.test(file))).toEqual([]);
  expect(files.length).toBeGreaterThan(100);
  expect(files.length).toBeLessThanOrEqual(200);
});
