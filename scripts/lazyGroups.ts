import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'esbuild';

// What is loaded together: code a person reaches by the same door. Everything else loaded late is `features`.
const groups: readonly (readonly [name: string, under: RegExp])[] = [
  ['demo', /\/simulator\//],
  ['traffic', /\/(webview|trafficPanel|adapters\/evidence\/ingest)/],
  ['export', /\/evidence\/export\//],
  ['rca', /\/(rca|markdown)/],
];
const namespace = 'lazy-group';
// A type's `import('…').Name` is no import.
const dynamicImport = /import\('(\.[^']+)'\)(?!\.[A-Z])/g;

/**
 * Bundles what is imported late in a few groups. The bundler makes a file of every set of such imports that share code, and loading
 * 60 small files costs a start more than the code in them: with five sets there are a dozen files. An `import('./x.ts')` under `src`
 * becomes the import of its group, taking the module's namespace from it.
 */
export function lazyGroups(root: string): Plugin {
  const src = path.join(root, 'src');
  let members = new Map<string, number>();
  return {
    name: 'lazy-groups',
    setup(build) {
      build.onStart(() => {
        members = new Map(findImports(src).map((file, index) => [file, index]));
      });
      build.onLoad({ filter: /\.ts$/ }, ({ path: file }) => {
        if (!file.startsWith(src)) return;
        const contents = readFileSync(file, 'utf8').replaceAll(dynamicImport, (_, to: string) => {
          const target = path.resolve(path.dirname(file), to);
          return `import('${namespace}:${groupOf(target)}').then((group) => group.m${members.get(target)})`;
        });
        return { contents, loader: 'ts' };
      });
      build.onResolve({ filter: new RegExp(`^${namespace}:`) }, (found) => ({
        path: found.path.slice(namespace.length + 1),
        namespace,
      }));
      build.onLoad({ filter: /./, namespace }, (group) => ({
        contents: [...members]
          .filter(([file]) => groupOf(file) === group.path)
          .map(([file, index]) => `export * as m${index} from ${JSON.stringify(file)};`)
          .join('\n'),
        resolveDir: root,
        loader: 'ts',
      }));
    },
  };
}

function groupOf(file: string): string {
  return groups.find(([, under]) => under.test(file))?.[0] ?? 'features';
}

/** The files under `folder` which some file there imports late, each once, in a fixed order. */
function findImports(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const targets = files.flatMap((name) => {
    const file = path.join(folder, name);
    const found = readFileSync(file, 'utf8').matchAll(dynamicImport);
    return [...found].map(([, to = '']) => path.resolve(path.dirname(file), to));
  });
  return [...new Set(targets)].toSorted();
}
