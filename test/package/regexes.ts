import { globSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Node, parse } from 'acorn';
import { build } from 'esbuild';
import { root } from '../../scripts/setup/toolchain.mjs';

/** A regular expression and the first file it was found in. */
export interface FoundRegex {
  readonly source: string;
  readonly flags: string;
  readonly file: string;
}

/** Every regular expression that is written as one in `src`. */
export async function writtenRegexes(): Promise<readonly FoundRegex[]> {
  const entryPoints = globSync('src/**/*.ts', { cwd: root })
    .filter((file) => !file.endsWith('.d.ts'))
    .toSorted();
  const { outputFiles } = await build({
    ...{ absWorkingDir: root, entryPoints, outdir: root, outbase: root, write: false, format: 'esm' },
    ...{ target: 'es2024', logLevel: 'error' },
  });
  const found = new Map<string, FoundRegex>();
  for (const { path: output, text } of outputFiles) {
    const file = path.relative(root, output).replace(/\.js$/, '.ts');
    walk(parse(text, { ecmaVersion: 'latest', sourceType: 'module' }), (node) => {
      if (!('regex' in node)) return;
      const { pattern, flags } = node.regex as { readonly pattern: string; readonly flags: string };
      const key = `/${pattern}/${flags}`;
      if (!found.has(key)) found.set(key, { source: pattern, flags, file });
    });
  }
  return [...found.values()];
}

/** Every regular expression that the core makes of parts when it is loaded. */
export async function composedRegexes(): Promise<readonly FoundRegex[]> {
  const found = new Map<string, FoundRegex>();
  const Plain = globalThis.RegExp;
  globalThis.RegExp = new Proxy(Plain, {
    construct(target, [pattern, flags]) {
      const made = new target(pattern, flags);
      // Modules load one another in whatever order: only the stack tells which of them makes it.
      const file = /src\/core\/[^:?)]+/.exec(new Error('made here').stack ?? '')?.[0];
      if (file !== undefined) found.set(String(made), { source: made.source, flags: made.flags, file });
      return made;
    },
  });
  try {
    for (const one of globSync('src/core/**/*.ts', { cwd: root }))
      await import(/* @vite-ignore */ pathToFileURL(path.join(root, one)).href);
  } finally {
    globalThis.RegExp = Plain;
  }
  return [...found.values()];
}

function walk(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) for (const one of value) walk(one, visit);
  else if (typeof value === 'object' && value !== null) {
    if ('type' in value) visit(value as Node);
    for (const one of Object.values(value)) walk(one, visit);
  }
}
