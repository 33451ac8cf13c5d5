import { globSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { root } from '../../scripts/setup/toolchain.mjs';

/** Bundles test/host/**\/*.test.ts into one CommonJS module with `run()`, as VS Code wants it; returns its path. */
export async function buildSuite(): Promise<string> {
  const files = globSync('test/host/**/*.test.ts', { cwd: root }).toSorted();
  const list = files.map(
    (file) => `{ path: ${JSON.stringify(file)}, load: () => import(${JSON.stringify(`./${file}`)}) }`,
  );
  const entry = `import { runSuite } from './test/host/suite.ts';\nexport const run = () => runSuite([${list.join(', ')}]);\n`;
  return bundleForHost(entry, 'suite');
}

/** Bundles a module, given as source, for the extension host; returns the path of the result. */
export async function bundleForHost(source: string, name: string): Promise<string> {
  const outfile = path.join(root, 'out/host', `${name}.cjs`);
  await build({
    stdin: { contents: source, resolveDir: root, loader: 'ts' },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    logLevel: 'warning',
  });
  return outfile;
}
