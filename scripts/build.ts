/** Bundles the extension: `dist/extension.js` and lazy chunks for the host, one script per webview. */
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, context } from 'esbuild';
import { lazyGroups } from './lazyGroups.ts';
import { toolkitCsp } from './toolkitCsp.ts';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const shared: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
  target: 'es2024',
};

const inNode: BuildOptions = {
  ...shared,
  outdir: 'dist',
  platform: 'node',
  format: 'esm',
  splitting: true,
  external: ['vscode'],
  plugins: [lazyGroups(root)],
  // The SDK would load axios on start; requests leave through our own socket file alone.
  alias: { axios: './src/adapters/twilio/noAxios.ts' },
  // CommonJS packages inside an ES module need a `require`.
  banner: {
    js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
  },
};

const host: BuildOptions = {
  ...inNode,
  entryPoints: { extension: 'src/extension.ts' },
  chunkNames: 'chunks/[name]-[hash]',
};

// What threads run: one reads imported logs, one judges evidence, one detects in it, one reads pages of Twilio's. Built by themselves:
// code shared with the extension would lie in files of its own, and a start would load twice as many.
const threads: BuildOptions = {
  ...inNode,
  entryPoints: {
    logWorker: 'src/adapters/evidence/ingest/worker.ts',
    validateWorker: 'src/adapters/evidence/validate/worker.ts',
    detectWorker: 'src/adapters/evidence/detect/worker.ts',
    pageWorker: 'src/adapters/twilio/pages/worker.ts',
  },
  chunkNames: 'chunks/thread-[hash]',
};

const webview: BuildOptions = {
  ...shared,
  entryPoints: { traffic: 'src/webview/main.ts' },
  outdir: 'dist/webview',
  platform: 'browser',
  format: 'iife',
  plugins: [toolkitCsp],
};

if (process.argv.includes('--watch')) {
  for (const options of [host, threads, webview])
    await (await context({ ...options, minify: false, sourcemap: true })).watch();
} else {
  if (existsSync(path.join(root, 'dist'))) rmSync(path.join(root, 'dist'), { recursive: true });
  await Promise.all([build(host), build(threads), build(webview)]);
}
